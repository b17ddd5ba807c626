/** Starts the console. */
import { render } from 'preact'
import '../ui/ui.css'
import './frame/frame.css'
import './office/office.css'
import './office/forms.css'
import './office/lists.css'
import { tellUse } from './alive.ts'
import { App } from './app.tsx'
import { recallLanguage } from './frame/language.tsx'
import { begin } from './offline/begin.ts'
import './settings/preferences.ts'
import { tellNews } from './tell-news.ts'
import { run } from './work.ts'

const spoken = recallLanguage()
run()
tellNews()
tellUse()
void begin()
const root = document.getElementById('app')
void spoken.then(() => root && render(<App />, root))

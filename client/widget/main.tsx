/** Starts the chat inside its frame. */
import { render } from 'preact'
import '../ui/tokens.css'
import '../ui/base.css'
import './widget.css'
import { choose, speak } from '../i18n/locale.ts'
import { App } from './app.tsx'
import { restart } from './chat.ts'
import { listen, wishedLocale } from './host.ts'

speak(choose([wishedLocale, ...navigator.languages]))
listen({ identity: () => restart(false), forget: () => restart(true) })
const root = document.getElementById('app')
if (root) render(<App />, root)

/** Starts the chat inside its frame. */
import { effect, untracked } from '@preact/signals'
import { render } from 'preact'
import '../ui/ground.css'
import '../ui/files.css'
import './widget.css'
import { choose, speak } from '../i18n/locale.ts'
import { App } from './app.tsx'
import { changePerson, chat, forgetPerson } from './here.ts'
import { isPreview, listen, shown, wishedLocale } from './host.ts'
import { fetchParts } from './later-parts.ts'
import { dress } from './look.ts'

const spoken = speak(choose([wishedLocale, ...navigator.languages]))
// Nothing is asked of anybody before the window is opened.
effect(() => {
  if (shown.value) untracked(() => void chat.start())
})
effect(() => {
  if (chat.talk.value !== null) untracked(fetchParts)
})
listen({ identity: changePerson, forget: forgetPerson })
const root = document.getElementById('app')
const dressed = isPreview ? import('./sample.ts').then(({ perform }) => perform(chat)) : dress()
void Promise.all([spoken, dressed]).then(() => root && render(<App />, root))

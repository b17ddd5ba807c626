/** Starts the chat inside its frame. */
import { effect, untracked } from '@preact/signals'
import { render } from 'preact'
import '../ui/ground.css'
import '../ui/files.css'
import '../ui/formatted.css'
import './widget.css'
import { choose, speak } from '../i18n/locale.ts'
import { App } from './app.tsx'
import { changePerson, chat, forgetPerson } from './here.ts'
import { isLive, isPreview, listen, shown, wishedLocale, wishedTheme } from './host.ts'
import { fetchParts } from './later-parts.ts'
import { dress, setTheme } from './look.ts'
import { tellPage } from './tell-page.ts'
import { tellTalk } from './tell-talk.ts'

const readIn = (locale: string | null) => speak(choose([locale, ...navigator.languages]))
const dressFor = (locale: string | null) => dress(locale ?? navigator.language)
const changeLocale = (locale: string) => Promise.all([readIn(locale), dressFor(locale)])

setTheme(wishedTheme)
const spoken = readIn(wishedLocale)
// First of all: the page answers nothing before it knows that somebody listens, and a talk begins with a question to it.
listen({ identity: changePerson, forget: forgetPerson, locale: changeLocale, theme: setTheme })
// Nothing is asked of anybody before the window is opened.
effect(() => {
  if (shown.value || isLive) untracked(() => void chat.start())
})
effect(() => {
  if (chat.talk.value !== null) untracked(fetchParts)
})
tellPage(chat)
tellTalk(chat)
const root = document.getElementById('app')
const dressed = isPreview ? import('./sample.ts').then(({ perform }) => perform(chat)) : dressFor(wishedLocale)
void Promise.all([spoken, dressed]).then(() => root && render(<App />, root))

/** The browser around the chat. */
import { aroundBy } from '../net/browser.ts'
import { fetchLater } from './later-parts.ts'

export const around = aroundBy((use) => {
  fetchLater().then(
    ({ PollCarrier }) => use(PollCarrier),
    () => {},
  )
})

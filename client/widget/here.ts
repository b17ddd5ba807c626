/** The one chat of this frame, bound to the browser. */
import { keptHere, storage } from '../net/browser.ts'
import { dropHeld } from '../net/held-files.ts'
import { dropKept, dropKeys } from '../net/kept.ts'
import { draftKey } from '../ui/draft.ts'
import { filesHere } from '../ui/file-ports.ts'
import { around } from './around.ts'
import { Chat } from './chat.ts'
import { organisation } from './host.ts'
import { fetchLater } from './later-parts.ts'
import { askSession, forgetVisitor } from './session.ts'

export const chat = new Chat({
  around,
  ask: askSession,
  kept: (conversation) => keptHere(`c.${organisation}.${conversation}`),
  files: (conversation) => filesHere(`c.${organisation}.${conversation}`, fetchLater),
})

/** The user has changed. */
export function changePerson(): void {
  chat.restart(true)
}

/** The user has gone: nothing stays of them in this browser. */
export function forgetPerson(): void {
  chat.restart(false)
  forgetVisitor()
  dropKept(storage, `c.${organisation}.`)
  void dropHeld(`c.${organisation}.`)
  dropKeys(storage, draftKey('w.'))
}

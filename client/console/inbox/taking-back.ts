/** Replies that are held back for a moment: their words can return to the field from which they came. */
import { signal } from '@preact/signals'
import { recall, remember } from '../../net/browser.ts'
import type { Item } from '../../net/outbox.ts'
import { draftKey } from '../../ui/draft.ts'
import { holdsBack } from '../settings/preferences.ts'
import { type StaffTalk, staffId } from '../work.ts'

const HOLD = 5_000

/** How long a reply is held back, in ms. */
export const holdFor = (): number => (holdsBack.value === 'on' ? HOLD : 0)

/** Counts what was taken back: the composer begins anew with each. */
export const takenBack = signal(0)

export const draftOf = (conversation: string, kind: 'post' | 'note'): string =>
  `s.${staffId.value}.${conversation}.${kind}`

/** Before what has been written since. */
export function takeBack(talk: StaffTalk, { id }: Item, text: string): void {
  const key = draftKey(draftOf(talk.conversation, 'post'))
  const since = recall(key)
  talk.peer.remove(id)
  remember(key, since === null ? text : `${text}\n${since}`)
  takenBack.value++
}

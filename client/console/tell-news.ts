/** Sounds and notifies when there is news for an agent who looks elsewhere. */
import { effect, untracked } from '@preact/signals'
import { words } from '../i18n/console.ts'
import { notify, sound } from './alerts.ts'
import { News, type Piece } from './news.ts'
import { open, opened } from './place.ts'
import { notifies, sounds } from './settings/preferences.ts'
import { inHand, me, mentions, offers, unreadIn } from './work.ts'

/** From now on; with each who signs in anew. */
export function tellNews(): void {
  let news = new News()
  effect(() => {
    // Before the first picture nothing is known, and nothing of it is news.
    if (me.value === null) {
      news = new News()
      return
    }
    const fresh = news.since(pieces())
    untracked(() => {
      for (const piece of fresh) if (piece.kind === 'offer' || !isLookedAt(piece)) tell(piece)
    })
  })
}

function pieces(): Piece[] {
  return [
    ...offers.value.map(({ conversation, customer, consult, lease }) => ({
      ...({ kind: 'offer', conversation, mark: lease } as const),
      name: consult?.by ?? customer.name,
    })),
    ...inHand.value.map(({ conversation, customer }) => ({
      ...({ kind: 'words', conversation, mark: unreadIn(conversation) } as const),
      name: customer.name,
    })),
    ...mentions.value
      .filter(({ seen }) => !seen)
      .map(({ conversation, by, entry }) => ({ kind: 'mention', conversation, mark: entry, name: by }) as const),
  ]
}

const isLookedAt = ({ conversation }: Piece) => document.hasFocus() && opened.peek() === conversation

function tell({ kind, conversation, name }: Piece): void {
  if (sounds.peek() === 'on') sound(kind)
  if (notifies.peek() !== 'on' || document.hasFocus()) return
  const go = kind === 'offer' ? () => {} : () => open(conversation)
  notify(words.peek().news[kind](name), '', `${kind}/${conversation}`, go)
}

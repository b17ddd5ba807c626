/** Its owner has work in hand that cannot wait. It stays the owner's; the mark is a part of the ownership and ends with it. */
import type { Turn } from '../engine/model.ts'
import type { Interrupted } from '../protocol/messages.ts'
import type { ConversationState } from './state.ts'

export function interrupted(state: ConversationState, turn: Turn, { lease, on }: Interrupted): void {
  // An older lease has an `end` on its way.
  if (state.talk.get().owner?.lease !== lease) return
  state.talk.patch({ interrupted: on ? { since: turn.now, lease } : null })
}

/** After every event. */
export function syncInterruption(state: ConversationState): void {
  const { interrupted: waits, owner } = state.talk.get()
  if (waits != null && owner?.lease !== waits.lease) state.talk.patch({ interrupted: null })
}

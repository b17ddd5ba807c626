/** The owner asks the customer to wait a moment. A hold is a part of the ownership, and ends with it at the latest. */
import type { Answer, Turn } from '../engine/model.ts'
import { done } from './answers.ts'
import { say } from './entries.ts'
import type { ConversationState } from './state.ts'

/** The customer is told once. */
export function hold(state: ConversationState, turn: Turn): Answer {
  const { owner, hold: held } = state.talk.get()
  if (owner === null || held !== null) return done()
  state.talk.patch({ hold: { since: turn.now, lease: owner.lease } })
  say(state, turn, { type: 'held' })
  return done()
}

/** The customer is told that it goes on. */
export function resume(state: ConversationState, turn: Turn): Answer {
  if (state.talk.get().hold === null) return done()
  state.talk.patch({ hold: null })
  say(state, turn, { type: 'resumed' })
  return done()
}

/** After every event: whoever joined, left or closed is told of already. */
export function syncHold(state: ConversationState): void {
  const { hold: held, owner } = state.talk.get()
  if (held !== null && owner?.lease !== held.lease) state.talk.patch({ hold: null })
}

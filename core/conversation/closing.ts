/** How a conversation ends, from whichever side, and how its customer's threads hear of it. */
import type { Turn } from '../engine/model.ts'
import { type AgentId, asActorName, asId } from '../ids.ts'
import type { closers, KeptBody, StaffFrom } from '../protocol/conversation.ts'
import { rouse } from './aside.ts'
import { noteListed } from './colleagues.ts'
import { say } from './entries.ts'
import { timings } from './known.ts'
import { end, self } from './leases.ts'
import { endRings } from './rings.ts'
import type { ConversationState } from './state.ts'

/** Closes from whichever side; what rings or is owned ends, the threads learn until when it may be reopened. */
export function close(state: ConversationState, turn: Turn, by: (typeof closers)[number], from?: StaffFrom): void {
  const { owner, consult } = state.talk.get()
  const why = by === 'customer' ? 'gone' : 'closed'
  endRings(state, turn, why)
  for (const lease of [consult, owner]) if (lease !== null) end(turn, lease, why)
  if (owner !== null) noteListed(state, turn, owner.agent)
  rouse(state, turn)
  const reopenUntil = turn.now + timings(state).reopen
  const closed = { at: turn.now, by, reopenUntil }
  state.talk.patch({ owner: null, consult: null, hold: null, handed: null, seek: null, fallback: null })
  state.talk.patch({ note: null, left: false, closed })
  const body: KeptBody = { type: 'closed', by }
  if (from === undefined) say(state, turn, body)
  else say(state, turn, body, from)
  tellThreads(state, turn, { open: false, reopenUntil })
}

/** Nobody ever wrote a word: over, without an entry, for there is nothing to keep. */
export function endUnwritten(state: ConversationState, turn: Turn): void {
  const { openedAt, closed } = state.talk.get()
  if (openedAt !== null || closed !== null) return
  state.talk.patch({ closed: { at: turn.now, by: 'system', reopenUntil: turn.now } })
  tellThreads(state, turn, { open: false, reopenUntil: turn.now })
}

/** Tells all threads of its customer, but for one that is told in other words. */
export function tellThreads(
  state: ConversationState,
  turn: Turn,
  now: { readonly open: boolean; readonly reopenUntil?: number },
  but?: string,
): void {
  const { begun, last } = state.talk.get()
  if (begun === null) return
  const agent = last === null || now.open ? {} : { agent: asId<AgentId>(last.agent) }
  for (const thread of [begun.thread, ...state.kin.get().threads]) {
    if (thread !== but) turn.send(asActorName(thread), { type: 'current', conversation: self(turn), ...now, ...agent })
  }
}

/**
 * A colleague sees along in private, beside the owner who asked. It is asked for as an owner is (transfer.ts, offers.ts); here is
 * what an acceptance makes of it, and its ends. It lasts at most as long as the lease under which it was asked for.
 */
import type { Answer, Turn } from '../engine/model.ts'
import type { consultEnds } from '../protocol/conversation.ts'
import { may } from '../protocol/permissions.ts'
import type { StaffPrincipal } from '../protocol/principal.ts'
import { done, no } from './answers.ts'
import { record } from './entries.ts'
import { end } from './leases.ts'
import { want } from './seeking.ts'
import { belongingOf, type ConversationState, isAsked, type Lease } from './state.ts'

type How = (typeof consultEnds)[number]

/** The colleague has accepted. */
export function beginConsult(state: ConversationState, turn: Turn, { consult: _, ...colleague }: Lease): void {
  const { owner, seek } = state.talk.get()
  const by = owner?.lease ?? 0
  state.talk.patch({
    consult: { ...colleague, by },
    note: null,
    seek: seek?.consult === true ? null : seek,
  })
  const { agent, name, lease } = colleague
  record(state, turn, { type: 'consulted', agent, name, lease })
}

/** The colleague is out; hears of it, unless it was the one who said so. */
export function endConsult(state: ConversationState, turn: Turn, how: How): void {
  const { consult } = state.talk.get()
  if (consult === null) return
  if (how !== 'lost' && how !== 'given-back') end(turn, consult, how === 'handed-over' ? 'moved' : 'gone')
  state.talk.patch({ consult: null })
  turn.letGo(consult.agent)
  record(state, turn, { type: 'consult-ended', agent: consult.agent, lease: consult.lease, how })
}

/** Nobody is asked in private any more. */
export function withdraw(state: ConversationState, turn: Turn, how: How): void {
  const { offer, seek } = state.talk.get()
  const rung = offer?.consult === true ? offer : null
  if (rung !== null) {
    end(turn, rung, 'gone')
    turn.letGo(rung.agent)
  }
  state.talk.patch({ offer: rung === null ? offer : null, seek: seek?.consult === true ? null : seek, note: null })
  record(state, turn, { type: 'consult-ended', agent: rung?.agent ?? null, lease: rung?.lease ?? null, how })
}

/** By the owner, or by the colleague, each under the own lease. */
export function endConsultBy(state: ConversationState, turn: Turn, by: StaffPrincipal, lease: number): Answer {
  const talk = state.talk.get()
  const { owner, consult, closed } = talk
  if (closed !== null) return no('closed', 'this conversation is closed')
  if (!may(by, 'conversation.end-consult', belongingOf({ ...talk, offer: null })))
    return no('forbidden', 'this conversation is not yours')
  if (consult?.agent === by.id && consult.lease === lease) endConsult(state, turn, 'left')
  else if (owner?.lease !== lease || owner.agent !== by.id)
    return no('stale_lease', 'this conversation was given to you anew since', { field: 'lease' })
  else if (consult !== null) endConsult(state, turn, 'ended')
  else if (isAsked(talk)) withdraw(state, turn, 'ended')
  return done()
}

/** After every event: with the ownership under which it was asked for, asking and consult are over. */
export function syncConsult(state: ConversationState, turn: Turn): void {
  const { consult, owner } = state.talk.get()
  if (consult !== null && owner?.lease !== consult.by) endConsult(state, turn, 'withdrawn')
  const talk = state.talk.get()
  if (!isAsked(talk)) return
  const isNowhere = talk.seek?.consult === true && talk.offer === null && Object.keys(want(talk)).length === 0
  if (talk.owner === null) withdraw(state, turn, 'withdrawn')
  else if (isNowhere) withdraw(state, turn, 'unanswered')
}

/**
 * Who is being rung. A queue may ring several at once: then every claim through it is granted a lease of its own, up to so many,
 * and the conversation goes on waiting there for more. The first to accept has it; whoever else was rung hears so at once.
 */
import type { Turn } from '../engine/model.ts'
import { type AgentId, address, asId } from '../ids.ts'
import type { End } from '../protocol/messages.ts'
import { record } from './entries.ts'
import { end, self } from './leases.ts'
import { type ConversationState, type Lease, rungOf } from './state.ts'

/** One more is rung. */
export function ringsAt(state: ConversationState, turn: Turn, lease: Lease): void {
  const { offer, others = [] } = state.talk.get()
  if (offer === null) state.talk.patch({ offer: lease })
  else state.talk.patch({ others: [...others, lease] })
  guard(state, turn)
}

/** This one is not rung any more. */
export function stopsAt(state: ConversationState, turn: Turn, { lease }: Pick<Lease, 'lease'>): void {
  keep(
    state,
    rungOf(state.talk.get()).filter((ring) => ring.lease !== lease),
  )
  guard(state, turn)
}

/** Nobody is rung any more, and whoever was hears of it. */
export function endRings(state: ConversationState, turn: Turn, why: End['why']): void {
  for (const ring of rungOf(state.talk.get())) end(turn, ring, why)
  keep(state, [])
}

/** This one was the fastest: the others hear who has it. */
export function overtake(state: ConversationState, turn: Turn, fastest: Lease): void {
  for (const ring of rungOf(state.talk.get())) {
    if (ring.lease === fastest.lease) continue
    end(turn, ring, 'taken', fastest.name)
    turn.letGo(ring.agent)
    record(state, turn, { type: 'declined', agent: ring.agent, lease: ring.lease, why: '', how: 'taken' })
  }
  keep(state, [])
}

/** The offers that have gone unanswered for so long that their agents are taken to be dead. */
export const overdue = (state: ConversationState, now: number): readonly Lease[] =>
  rungOf(state.talk.get()).filter(({ until = 0 }) => until <= now)

/** After every event: whoever is rung knows for how many others it rings. */
export function syncBeside(state: ConversationState, turn: Turn): void {
  const rings = rungOf(state.talk.get())
  const others = rings.length - 1
  if (rings.every(({ told = 0 }) => told === others)) return
  for (const { agent, lease, told = 0 } of rings) {
    if (told === others) continue
    const to = address(turn.self.org, 'agent', asId<AgentId>(agent))
    turn.send(to, { type: 'beside', conversation: self(turn), lease, others })
  }
  keep(
    state,
    rings.map((ring) => ({ ...ring, told: others })),
  )
}

function keep(state: ConversationState, [first, ...others]: readonly Lease[]): void {
  state.talk.patch({ offer: first ?? null, others })
}

function guard(state: ConversationState, turn: Turn): void {
  const times = rungOf(state.talk.get()).flatMap(({ until }) => until ?? [])
  turn.deadline('guard', times.length === 0 ? null : Math.min(...times))
}

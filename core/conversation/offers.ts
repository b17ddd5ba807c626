/** Who gets it: claims, offers by hand, leases. Under each lease one agent is rung or has it in hand, and only the newest acts. */
import type { Turn } from '../engine/model.ts'
import { type AgentId, address, asId } from '../ids.ts'
import type { Accepted, Claim, ContactCard, Declined, Lost } from '../protocol/messages.ts'
import type { PlanStep } from '../protocol/plan.ts'
import { beginConsult, endConsult } from './consult.ts'
import { mediumSaid, record, say } from './entries.ts'
import { plan, ringsOwn, timings } from './known.ts'
import { avoid, end, self } from './leases.ts'
import { knowsAll, newsOf, noteTold } from './news.ts'
import { endRings, overdue, overtake, ringsAt, stopsAt } from './rings.ts'
import { recordWaiting, seek, want } from './seeking.ts'
import { type Begun, type ConversationState, type Lease, mediumOf, rungOf, type Talk } from './state.ts'

/** Priority points that a contact gets when its agent vanished. */
const LOST_BOOST = 5
/** How much longer than the ring an offer may stay unanswered before the conversation takes it back, in ms. */
const GUARD = 25_000

export function claimed(state: ConversationState, turn: Turn, claim: Claim): void {
  const talk = state.talk.get()
  const agent = address(turn.self.org, 'agent', claim.agent)
  const has = [talk.owner, talk.consult, ...rungOf(talk)].some((lease) => lease?.agent === claim.agent)
  const wanted = claim.stay === talk.stay && Object.hasOwn(want(talk), claim.via) && !has
  if (!wanted || talk.begun === null) {
    const told = talk.sent[claim.via]
    const dead = told === undefined ? talk.cv : told.cv - 1
    return turn.send(agent, { type: 'refuse', conversation: self(turn), res: claim.res, dead })
  }
  const { agent: id, name, team, res, via, upTo = 1 } = claim
  const consult = talk.seek?.consult === true ? { consult: true as const } : {}
  // One colleague at a time is asked in private.
  const beside = upTo > 1 && talk.seek?.consult !== true ? { beside: { via, upTo } } : {}
  const until = turn.now + (claim.ring ?? timings(state).ring) + GUARD
  const told = rungOf(talk).length
  const lease: Lease = { agent: id, name, team, lease: talk.lease + 1, res, until, told, ...consult, ...beside }
  state.talk.patch({ lease: lease.lease, queue: via })
  ringsAt(state, turn, lease)
  turn.send(agent, {
    type: 'grant',
    conversation: self(turn),
    res,
    lease: lease.lease,
    card: offerCard(state, turn, lease, talk.begun),
  })
  const decision = claim.why === undefined ? {} : { decision: claim.why }
  const why = claim.pulled === true ? { why: 'pulled' as const } : {}
  const more = { ...mediumSaid(state), ...why, ...decision, ...consult, ...(told > 0 ? { beside: true } : {}) }
  record(state, turn, { type: 'offered', agent: id, lease: lease.lease, via, ...more })
  if (claim.auto) taken(state, turn, lease)
}

export function accepted(state: ConversationState, turn: Turn, message: Accepted): void {
  const offer = rungOf(state.talk.get()).find(({ lease }) => lease === message.lease)
  // An older lease has an `end` on its way.
  if (offer === undefined) return
  taken(state, turn, { ...offer, name: message.name, team: message.team ?? offer.team })
}

function taken(state: ConversationState, turn: Turn, offer: Lease): void {
  overtake(state, turn, offer)
  const { beside: _, until: __, told: ___, ...lease } = offer
  if (lease.consult === true) beginConsult(state, turn, lease)
  else take(state, turn, lease)
}

/** The offer becomes the owner; an owner before it is told. */
function take(state: ConversationState, turn: Turn, lease: Lease): void {
  const { owner, seek: search, found } = state.talk.get()
  if (owner !== null) {
    end(turn, owner, 'moved')
    say(state, turn, { type: 'left', name: owner.name })
  }
  const { agent, name } = lease
  const hasHeard = knowsAll(state, lease.lease)
  const steps = search === null || search.consult === true ? found : search.steps
  state.talk.patch({ owner: lease, seek: null, avoid: {}, handed: null })
  state.talk.patch({ found: steps, last: { agent, name }, note: null, left: false })
  say(state, turn, { type: 'joined', name: lease.name })
  if (hasHeard) noteTold(state, turn, lease.lease)
}

export function declined(state: ConversationState, turn: Turn, message: Declined): void {
  const talk = state.talk.get()
  const matches = (lease: Lease | null) =>
    lease !== null &&
    lease.agent === message.agent &&
    ('lease' in message.by ? lease.lease === message.by.lease : lease.res === message.by.res)
  if (matches(talk.consult)) return endConsult(state, turn, 'given-back')
  const offer = rungOf(talk).find(matches)
  if (offer !== undefined) {
    recordDeclined(state, turn, message, offer.lease)
    turn.letGo(message.agent)
    avoid(state, turn, message.agent)
    return stopsAt(state, turn, offer)
  }
  if (talk.owner === null || !matches(talk.owner)) return
  recordDeclined(state, turn, message, talk.owner.lease)
  say(state, turn, { type: 'left', name: talk.owner.name })
  avoid(state, turn, message.agent)
  state.talk.patch({ owner: null })
}

function recordDeclined(
  state: ConversationState,
  turn: Turn,
  { agent, why, reason = why, word }: Declined,
  lease: number,
): void {
  const more = word === undefined ? {} : { word }
  record(state, turn, { type: 'declined', agent, lease, why: reason, how: why, ...more })
}

/** The owner's console stayed away: the contact goes back, ahead of its age. */
export function lost(state: ConversationState, turn: Turn, message: Lost): void {
  const talk = state.talk.get()
  if (talk.consult?.lease === message.lease) return endConsult(state, turn, 'lost')
  if (talk.owner === null || talk.owner.lease !== message.lease) return
  record(state, turn, { type: 'lost', agent: talk.owner.agent, lease: talk.owner.lease })
  say(state, turn, { type: 'left', name: talk.owner.name })
  state.talk.patch({ owner: null, priority: talk.priority + LOST_BOOST, seek: null })
  // Who rings for a warm transfer rings on, out of no queue; without an offer the new search says where it waits.
  if (talk.offer !== null && talk.seek !== null) recordWaiting(state, turn)
}

/** The agent did not answer the offer at all. A belt: its own ring timer should have spoken long before. */
export function guardDue(state: ConversationState, turn: Turn): void {
  for (const offer of overdue(state, turn.now)) {
    end(turn, offer, 'guard')
    record(state, turn, { type: 'declined', agent: offer.agent, lease: offer.lease, why: '', how: 'guard' })
    avoid(state, turn, offer.agent)
    stopsAt(state, turn, offer)
  }
}

export function avoidDue(state: ConversationState, turn: Turn): void {
  const { avoid } = state.talk.get()
  const left = Object.entries(avoid).filter(([, until]) => until > turn.now)
  state.talk.patch({ avoid: Object.fromEntries(left) })
}

export interface ByHand {
  /** Passes presence and capacity. */
  readonly force: boolean
  /** For the agent who has just wished for it: no ringing. */
  readonly auto?: boolean
  /** For how long it may ring, in ms; absent: as long as any offer. */
  readonly ring?: number
  readonly why?: 'returned' | 'woken' | 'transferred' | 'merged' | 'pulled-back' | 'preferred'
  /** Who accepts it is consulted, and owns nothing. */
  readonly consult?: true
}

/** By hand, to one agent: whatever rings now is taken back; an owner stays until the other accepts. */
export function assign(state: ConversationState, turn: Turn, agent: AgentId, by: ByHand): void {
  const { why, consult, ...how } = by
  const talk = state.talk.get()
  if (talk.begun === null) return
  endRings(state, turn, 'gone')
  const isConsulted = talk.consult?.agent === agent
  if (isConsulted) endConsult(state, turn, 'handed-over')
  const name = (isConsulted ? talk.consult?.name : state.known.get().agents[agent]) ?? agent
  const mark = consult === true ? { consult } : {}
  // An agent of another version of the configuration rings no longer than the guard knows.
  const ring = how.ring ?? ringsOwn(state)
  const until = turn.now + (ring ?? timings(state).ring) + GUARD
  const lease: Lease = { agent, name, lease: talk.lease + 1, res: '', until, ...mark }
  state.talk.patch({ lease: lease.lease, fallback: null })
  ringsAt(state, turn, lease)
  const medium = mediumOf(talk)
  turn.send(address(turn.self.org, 'agent', agent), {
    type: 'assign',
    conversation: self(turn),
    lease: lease.lease,
    medium,
    stay: talk.stay,
    card: offerCard(state, turn, lease, talk.begun),
    ...how,
    ...(ring === undefined ? {} : { ring }),
  })
  const more = { ...mediumSaid(state), ...(why === undefined ? {} : { why }), ...mark }
  record(state, turn, { type: 'offered', agent, lease: lease.lease, ...more })
}

/** To the agent who had it last, for a while; declined, or left to ring, it waits in the queues of these steps. */
export function offerFirst(
  state: ConversationState,
  turn: Turn,
  agent: string,
  why: 'returned' | 'woken',
  steps: readonly PlanStep[],
): void {
  const { prefer } = timings(state)
  seek(state, turn, steps)
  if (prefer > 0) assign(state, turn, asId<AgentId>(agent), { force: false, ring: prefer, why })
}

/** To an agent who wished for it and had it in hand elsewhere until now; if that one is not there, to the queues. */
export function handTo(state: ConversationState, turn: Turn, agent: string): void {
  seek(state, turn, state.talk.get().found ?? plan(state)?.steps ?? [])
  assign(state, turn, asId<AgentId>(agent), { force: true, auto: true, why: 'merged' })
}

export function card(talk: Talk, begun: Begun): ContactCard {
  const { id, name, verified } = begun.customer
  const note = talk.note === null ? {} : { note: talk.note }
  const left = talk.left ? { left: true } : {}
  return { customer: { id, name, verified }, waitingSince: talk.since ?? 0, ...note, ...left }
}

/** What rings says also what was said last, and whether it is for a consult. */
function offerCard(state: ConversationState, turn: Turn, lease: Lease, begun: Begun): ContactCard {
  const talk = state.talk.get()
  const { last, unread } = newsOf(state)
  if (talk.owner === null) noteTold(state, turn, lease.lease)
  const consult = lease.consult === true && talk.owner !== null ? { consult: { by: talk.owner.name } } : {}
  const others = lease.told === undefined || lease.told === 0 ? {} : { others: lease.told }
  return { ...card(talk, begun), ...(last === null ? {} : { last, unread }), ...consult, ...others }
}

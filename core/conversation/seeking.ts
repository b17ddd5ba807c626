/**
 * How a conversation seeks an agent: the plan's steps, the mirrors in queues, leases. The conversation's half of the
 * matching protocol (docs/matching.md). All membership traffic is the difference between wanted and sent rows.
 */

import type { Turn } from '../engine/model.ts'
import { type AgentId, address, asId, type ConversationId, type QueueId } from '../ids.ts'
import type { Need, PlanStep } from '../protocol/config.ts'
import type {
  Accepted,
  Claim,
  ContactCard,
  Declined,
  End,
  Gone,
  Lost,
  Place,
  PlanAnswer,
} from '../protocol/messages.ts'
import { teamOf } from '../protocol/permissions.ts'
import { record, say } from './entries.ts'
import { askPlan, hear, plan, timings } from './known.ts'
import { type Begun, type ConversationState, isOpen, type Lease, type Talk } from './state.ts'

/** Priority points that a contact gets when its agent vanished. */
const LOST_BOOST = 5
/** How much longer than the ring an offer may stay unanswered before the conversation takes it back, in ms. */
const GUARD = 25_000

/** Begins a search. The plan's clock starts now; age and priority stay as they are. */
export function seek(state: ConversationState, turn: Turn, steps: readonly PlanStep[]): void {
  state.talk.patch({ seek: { steps, t0: turn.now, step: 0 }, fallback: null })
  if (steps[0] !== undefined) recordWaiting(state, turn)
}

/** The plan's next step is due, or its fallback. */
export function stepDue(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  // Who woke so late that the plan is over does not wait in its last step first.
  if (talk.seek === null || talk.begun === null || isOver(state, turn)) return
  const next = talk.seek.steps[talk.seek.step + 1]
  if (next !== undefined && talk.seek.t0 + next.after <= turn.now) {
    const step = talk.seek.step + 1
    state.talk.patch({ seek: { ...talk.seek, step } })
    recordWaiting(state, turn)
  }
}

/** The plan has come to its end in vain. While an agent is being rung it waits for the answer. */
function isOver(state: ConversationState, turn: Turn): boolean {
  const { seek: search, offer } = state.talk.get()
  const fallback = plan(state)?.fallback ?? null
  return search !== null && offer === null && fallback !== null && search.t0 + fallback.after <= turn.now
}

/** Ends a search that is over its time; an offer under way is waited for. A warm transfer just goes on with its owner. */
function fallBack(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  const fallback = plan(state)?.fallback ?? null
  if (fallback === null || !isOver(state, turn)) return
  if (talk.owner !== null) {
    state.talk.patch({ seek: null })
    return recordWaiting(state, turn)
  }
  state.talk.patch({ seek: null, fallback: fallback.notice })
  record(state, turn, { type: 'fallback', to: fallback.notice })
}

export function claimed(state: ConversationState, turn: Turn, claim: Claim): void {
  const talk = state.talk.get()
  const agent = address(turn.self.org, 'agent', claim.agent)
  const wanted =
    isOpen(talk) &&
    claim.stay === talk.stay &&
    Object.hasOwn(want(talk), claim.via) &&
    claim.agent !== talk.owner?.agent
  if (!wanted || talk.begun === null) {
    const told = talk.sent[claim.via]
    const dead = told === undefined ? talk.cv : told.cv - 1
    return turn.send(agent, { type: 'refuse', conversation: self(turn), res: claim.res, dead })
  }
  const lease = { agent: claim.agent, name: claim.name, team: claim.team, lease: talk.lease + 1, res: claim.res }
  state.talk.patch({ lease: lease.lease, offer: lease, queue: claim.via })
  turn.deadline('guard', turn.now + (claim.ring ?? timings(state).ring) + GUARD)
  turn.send(agent, {
    type: 'grant',
    conversation: self(turn),
    res: claim.res,
    lease: lease.lease,
    card: card(talk, talk.begun),
  })
  record(state, turn, { type: 'offered', agent: claim.agent, lease: lease.lease, via: claim.via })
  if (claim.auto) take(state, turn, lease)
}

export function accepted(state: ConversationState, turn: Turn, message: Accepted): void {
  const { offer } = state.talk.get()
  // An older lease has an `end` on its way.
  if (offer === null || offer.lease !== message.lease) return
  take(state, turn, { ...offer, name: message.name, team: message.team ?? offer.team })
}

/** The offer becomes the owner; an owner before it is told. */
function take(state: ConversationState, turn: Turn, lease: Lease): void {
  const { owner, seek: search, found } = state.talk.get()
  if (owner !== null) {
    end(turn, owner, 'moved')
    say(state, turn, { type: 'left', name: owner.name })
  }
  const { agent, name } = lease
  state.talk.patch({ owner: lease, offer: null, seek: null, avoid: {} })
  state.talk.patch({ found: search?.steps ?? found, last: { agent, name }, note: null, left: false })
  say(state, turn, { type: 'joined', name: lease.name })
}

export function declined(state: ConversationState, turn: Turn, message: Declined): void {
  const talk = state.talk.get()
  const matches = (lease: Lease | null) =>
    lease !== null &&
    lease.agent === message.agent &&
    ('lease' in message.by ? lease.lease === message.by.lease : lease.res === message.by.res)
  if (talk.offer !== null && matches(talk.offer)) {
    record(state, turn, {
      type: 'declined',
      agent: message.agent,
      lease: talk.offer.lease,
      why: message.reason ?? message.why,
      how: message.why,
    })
    avoid(state, turn, message.agent)
    return state.talk.patch({ offer: null })
  }
  if (talk.owner === null || !matches(talk.owner)) return
  record(state, turn, {
    type: 'declined',
    agent: message.agent,
    lease: talk.owner.lease,
    why: message.reason ?? message.why,
    how: message.why,
  })
  say(state, turn, { type: 'left', name: talk.owner.name })
  avoid(state, turn, message.agent)
  state.talk.patch({ owner: null })
}

/** The owner's console stayed away: the contact goes back, ahead of its age. */
export function lost(state: ConversationState, turn: Turn, message: Lost): void {
  const talk = state.talk.get()
  if (talk.owner === null || talk.owner.lease !== message.lease) return
  record(state, turn, { type: 'lost', agent: talk.owner.agent, lease: talk.owner.lease })
  say(state, turn, { type: 'left', name: talk.owner.name })
  state.talk.patch({ owner: null, priority: talk.priority + LOST_BOOST, seek: null })
}

/** The agent did not answer the offer at all. A belt: its own ring timer should have spoken long before. */
export function guardDue(state: ConversationState, turn: Turn): void {
  const { offer } = state.talk.get()
  if (offer === null) return
  end(turn, offer, 'guard')
  record(state, turn, { type: 'declined', agent: offer.agent, lease: offer.lease, why: '', how: 'guard' })
  avoid(state, turn, offer.agent)
  state.talk.patch({ offer: null })
}

export function avoidDue(state: ConversationState, turn: Turn): void {
  const { avoid } = state.talk.get()
  const left = Object.entries(avoid).filter(([, until]) => until > turn.now)
  state.talk.patch({ avoid: Object.fromEntries(left) })
}

export function placed(state: ConversationState, message: Place): void {
  const talk = state.talk.get()
  if (!talk.open || message.stay !== talk.stay || !Object.hasOwn(talk.sent, message.queue)) return
  state.talk.patch({ places: { ...talk.places, [message.queue]: message.place } })
}

export interface ByHand {
  /** Passes presence and capacity. */
  readonly force: boolean
  /** For the agent who has just wished for it: no ringing. */
  readonly auto?: boolean
  /** For how long it may ring, in ms; absent: as long as any offer. */
  readonly ring?: number
  readonly why?: 'returned' | 'woken' | 'transferred' | 'merged'
}

/** By hand, to one agent: whatever rings now is taken back; an owner stays until the other accepts. */
export function assign(state: ConversationState, turn: Turn, agent: AgentId, { why, ...how }: ByHand): void {
  const talk = state.talk.get()
  if (talk.begun === null) return
  if (talk.offer !== null) end(turn, talk.offer, 'gone')
  const name = state.known.get().agents[agent] ?? agent
  const lease = { agent, name, lease: talk.lease + 1, res: '' }
  state.talk.patch({ lease: lease.lease, offer: lease, fallback: null })
  turn.deadline('guard', turn.now + (how.ring ?? timings(state).ring) + GUARD)
  const { medium } = talk.begun
  turn.send(address(turn.self.org, 'agent', agent), {
    type: 'assign',
    conversation: self(turn),
    lease: lease.lease,
    medium,
    stay: talk.stay,
    card: card(talk, talk.begun),
    ...how,
  })
  record(state, turn, { type: 'offered', agent, lease: lease.lease, ...(why === undefined ? {} : { why }) })
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

/** Keeps an agent from being asked again for the cool-down. */
export function avoid(state: ConversationState, turn: Turn, agent: string): void {
  const talk = state.talk.get()
  const until = turn.now + timings(state).cooldown
  state.talk.patch({ avoid: { ...talk.avoid, [agent]: until } })
}

export function end(turn: Turn, lease: Lease, why: End['why']): void {
  const agent = address(turn.self.org, 'agent', asId<AgentId>(lease.agent))
  turn.send(agent, { type: 'end', conversation: self(turn), lease: lease.lease, why })
}

/** After every event: who wants a human is sought; deadlines and memberships follow from the state. */
export function sync(state: ConversationState, turn: Turn): void {
  fallBack(state, turn)
  const talk = state.talk.get()
  const nowhere = talk.since !== null && talk.closed === null && talk.fallback === null && talk.snooze === null
  if (nowhere && talk.seek === null && talk.offer === null && talk.owner === null) {
    seek(state, turn, plan(state)?.steps ?? [])
  }
  reroute(state, turn)
  syncOpen(state)
  syncDeadlines(state, turn)
  syncQueues(state, turn)
  syncTeams(state)
}

function syncOpen(state: ConversationState): void {
  const talk = state.talk.get()
  const open = isOpen(talk)
  if (open === talk.open) return
  state.talk.patch(open ? { open, stay: talk.stay + 1, places: {} } : { open, places: {} })
}

function syncDeadlines(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  if (talk.offer === null) turn.deadline('guard', null)
  turn.deadline('snooze', talk.snooze?.until ?? null)
  if (talk.openedAt !== null || talk.closed !== null) turn.deadline('unwritten', null)
  const cooldowns = Object.values(talk.avoid)
  turn.deadline('avoid', cooldowns.length === 0 ? null : Math.min(...cooldowns))
  if (talk.seek === null) return turn.deadline('step', null)
  const next = talk.seek.steps[talk.seek.step + 1]
  const times = next === undefined ? [] : [talk.seek.t0 + next.after]
  const fallback = plan(state)?.fallback
  // While an agent is being rung the fallback waits for the answer.
  if (fallback != null && talk.offer === null) times.push(talk.seek.t0 + fallback.after)
  turn.deadline('step', times.length === 0 ? null : Math.min(...times))
}

function syncQueues(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  const wanted = want(talk)
  for (const queue of new Set([...Object.keys(talk.sent), ...Object.keys(wanted)])) {
    const now = state.talk.get()
    const need = wanted[queue]
    const told = now.sent[queue]
    const entry =
      need === undefined || now.begun === null ? undefined : waitEntry(now, now.begun, need, plan(state)?.answerWithin)
    const key = entry === undefined ? undefined : JSON.stringify([now.stay, entry])
    if (key === told?.key) continue
    const cv = now.cv + 1
    const { [queue]: _gone, ...others } = now.sent
    state.talk.patch({ cv, sent: key === undefined ? others : { ...others, [queue]: { key, cv } } })
    const to = address(turn.self.org, 'queue', asId<QueueId>(queue))
    const more = entry === undefined ? {} : { entry }
    turn.send(to, { type: 'wait', conversation: self(turn), cv, stay: now.stay, ...more })
  }
}

/** A team that has had to do with it keeps it in sight. */
function syncTeams(state: ConversationState): void {
  const { sent, owner, teams = [] } = state.talk.get()
  const queueTeams = state.known.get().pinned?.queueTeams
  const here = Object.keys(sent).map((queue) => teamOf(queueTeams?.[queue]))
  if (owner !== null) here.push(teamOf(owner.team))
  const fresh = new Set(here.filter((team) => !teams.includes(team)))
  if (fresh.size > 0) state.talk.patch({ teams: [...teams, ...fresh] })
}

/**
 * All queues of the present step are gone: the plan, when these were a transfer's; else what Book says now, which was
 * asked for when the queue said so.
 */
function reroute(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  const steps = plan(state)?.steps
  if (!isOpen(talk) || talk.seek === null || steps === undefined || Object.keys(want(talk)).length > 0) return
  const isPlan = JSON.stringify(steps) === JSON.stringify(talk.seek.steps)
  const leadsOn = steps.some(({ queues }) => queues.some(({ queue }) => !talk.missing.includes(queue)))
  if (!isPlan && leadsOn) seek(state, turn, steps)
}

/**
 * A queue is no longer configured: whoever waits there asks Book where to wait instead. A queue that does not know yet
 * that it is back will soon hear of it.
 */
export function queueGone(state: ConversationState, turn: Turn, { queue, version }: Gone): void {
  const { pinned } = state.known.get()
  if (pinned !== null && pinned.version > version && Object.hasOwn(pinned.queueNames, queue)) return
  const { missing } = state.talk.get()
  if (!missing.includes(queue)) moved(state, turn, () => state.talk.patch({ missing: [...missing, queue] }))
  askPlan(state, turn, version)
}

/** What Book says now holds from here on. A search that goes on keeps its steps, unless a queue of theirs is gone. */
export function planCame(state: ConversationState, turn: Turn, { pinned, agent }: PlanAnswer): void {
  const { pinned: before, unknown } = state.known.get()
  if (agent !== undefined) hear(state, agent)
  if (before === null || pinned.version < before.version) return
  state.known.patch({ pinned, unknown: unknown === null ? null : { ...unknown, answered: true } })
  const { missing, seek: search } = state.talk.get()
  const missed = search?.steps.some(({ queues }) => queues.some(({ queue }) => missing.includes(queue))) ?? false
  moved(state, turn, () => {
    state.talk.patch({ missing: missing.filter((queue) => !Object.hasOwn(pinned.queueNames, queue)) })
    if (missed && search !== null) state.talk.patch({ seek: { steps: pinned.plan.steps, t0: search.t0, step: 0 } })
  })
}

/** The queues of the present step that are there, while open. */
function want(talk: Talk): Readonly<Record<string, Need>> {
  return isOpen(talk) ? sought(talk) : {}
}

/** The queues of the present step that are there, whether it rings or not. */
function sought({ seek: search, missing }: Talk): Readonly<Record<string, Need>> {
  const queues = (search?.steps[search.step]?.queues ?? []).filter(({ queue }) => !missing.includes(queue))
  return Object.fromEntries(queues.map(({ queue, need }) => [queue, need]))
}

function waitEntry(talk: Talk, begun: Begun, need: Need, answerWithin: number | undefined) {
  const avoided = new Set(Object.keys(talk.avoid))
  if (talk.owner !== null) avoided.add(talk.owner.agent)
  const { grade, attributes } = begun.customer
  const since = talk.since ?? 0
  return {
    need,
    medium: begun.medium,
    since,
    priority: priorityOf(talk),
    avoid: [...avoided].sort().map((id) => asId<AgentId>(id)),
    customer: begun.customer.name,
    channel: begun.channel,
    ...(answerWithin === undefined ? {} : { deadline: since + answerWithin }),
    ...(grade === undefined ? {} : { grade }),
    ...(attributes === undefined ? {} : { attributes }),
  }
}

/** Own points and those of the steps taken so far. */
export function priorityOf(talk: Talk): number {
  const steps = talk.seek?.steps.slice(0, talk.seek.step + 1) ?? []
  return steps.reduce((sum, step) => sum + step.raise, talk.priority)
}

function recordWaiting(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  record(state, turn, { type: 'waiting', queues: Object.keys(sought(talk)), step: talk.seek?.step ?? 0 })
}

/** Changes the search, and says where it waits now if that is somewhere else. */
function moved(state: ConversationState, turn: Turn, change: () => void): void {
  const before = Object.keys(sought(state.talk.get()))
  change()
  const now = Object.keys(sought(state.talk.get()))
  if (JSON.stringify(now) !== JSON.stringify(before) && !isOver(state, turn)) recordWaiting(state, turn)
}

export function card(talk: Talk, begun: Begun): ContactCard {
  const { id, name, verified } = begun.customer
  const note = talk.note === null ? {} : { note: talk.note }
  const left = talk.left ? { left: true } : {}
  return { customer: { id, name, verified }, waitingSince: talk.since ?? 0, ...note, ...left }
}

export function self(turn: Turn): ConversationId {
  return asId<ConversationId>(turn.self.id)
}

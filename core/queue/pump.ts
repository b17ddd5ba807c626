/**
 * The matching step of a queue: bids for its best free contacts, to its best free agents. After every step no free contact and
 * idle agent that suit each other are left; so the next step need only look at what has been touched since.
 */
import type { Turn } from '../engine/model.ts'
import { type AgentId, address, asId, type QueueId } from '../ids.ts'
import type { Candidate } from '../protocol/messages.ts'
import { eligible, holdsByItem } from './lineup.ts'
import { holdTimer, itemTimer, stand } from './roster.ts'
import { configOf, type Entry, type QueueState, type Seat } from './state.ts'

/** The next slice of a long queue that is being brought into a new order. */
export const REORDER = 'reorder'

/** Answers what is owed, and bids what can be bid. */
export function pump(state: QueueState, turn: Turn): void {
  if (!state.lineup.follow(configOf(state))) turn.deadline(REORDER, turn.now + 1)
  withdraw(state, turn)
  hold(state, turn)
  const { pull, ringAtOnce = 1 } = configOf(state)
  // Where agents only take from the list, nobody is rung.
  if (pull !== 'only') {
    bidAll(state, turn, false)
    // Whoever rings for nobody comes before a second ring.
    if (ringAtOnce > 1) bidAll(state, turn, true)
  }
  for (const agent of state.fresh.seats) {
    const seat = state.roster.get(agent)
    if (seat?.standing.is === 'owes') answer(state, turn, seat, null)
  }
}

/** A bid whose contact left, came back anew, or no longer suits its agent: the agent is owed another answer. */
function withdraw(state: QueueState, turn: Turn): void {
  for (const seat of touched(state)) {
    if (seat.standing.is !== 'bid') continue
    const entry = state.entries.get(seat.standing.conversation)
    if (entry?.stay === seat.standing.stay && eligible(entry, seat)) continue
    turn.deadline(holdTimer(seat.agent), null)
    stand(state, seat.agent, { ...seat, standing: { is: 'owes' } })
  }
}

/** Starts and lifts the timers of agents whose items hold contacts that wait here. */
function hold(state: QueueState, turn: Turn): void {
  const until = state.known.get().timings.hold
  for (const seat of touched(state)) {
    const holds = !seat.itemsIgnored && holdsByItems(state, seat)
    const holdsSince = holds ? (seat.holdsSince ?? turn.now) : null
    if (holdsSince === seat.holdsSince) continue
    stand(state, seat.agent, { ...seat, holdsSince })
    turn.deadline(itemTimer(seat.agent), holdsSince === null ? null : holdsSince + until)
  }
}

function holdsByItems(state: QueueState, seat: Seat): boolean {
  return Object.keys(seat.picture.items).some((conversation) => {
    const entry = state.entries.get(conversation)
    // That it rings there the contact says itself.
    return entry !== undefined && holdsByItem(seat, entry) && entry.rung?.includes(seat.agent) !== true
  })
}

/** The agents that something happened to, or to whose contacts. */
function touched({ fresh, lineup, roster }: QueueState): readonly Seat[] {
  const agents = new Set<AgentId>(fresh.seats)
  for (const conversation of fresh.contacts) for (const agent of lineup.holdersOf(conversation)) agents.add(agent)
  return [...agents].flatMap((agent) => roster.get(agent) ?? [])
}

/**
 * Brings together the first contact in order that an idle agent can take and the best agent for it, until there is none. `shared`:
 * of those that somebody has before them already, and that may ring for more.
 */
function bidAll(state: QueueState, turn: Turn, shared: boolean): void {
  const { lineup, fresh } = state
  /** What each agent that was touched would get; undefined: nothing. */
  const next = new Map([...fresh.seats].map((agent) => [agent, lineup.contactFor(agent, shared)]))
  const comers = new Set(fresh.contacts)
  for (;;) {
    const first = firstOf(state, comers, next, shared)
    if (first === undefined) return
    const seat = lineup.agentFor(first)
    if (seat === undefined) {
      comers.delete(first.conversation)
      continue
    }
    answer(state, turn, seat, first, shared ? { beside: true } : {})
    next.delete(seat.agent)
    for (const [agent, entry] of next) if (entry === first) next.set(agent, lineup.contactFor(agent, shared))
  }
}

function firstOf(
  { lineup }: QueueState,
  comers: ReadonlySet<string>,
  next: ReadonlyMap<string, Entry | undefined>,
  shared: boolean,
): Entry | undefined {
  const candidates = [...[...comers].map((conversation) => lineup.free(conversation, shared)), ...next.values()]
  return candidates.reduce((best, each) => {
    if (each === undefined) return best
    return best === undefined || lineup.compare(each, best) < 0 ? each : best
  }, undefined)
}

/**
 * Tells an agent the best contact for it, or that there is none. `beside`: somebody has it before them already; `pulled`: the agent
 * has chosen it from the list, so that no reason is recorded.
 */
export function answer(state: QueueState, turn: Turn, seat: Seat, entry: Entry | null, how: How = {}): void {
  const { org, id } = turn.self
  // Before the bid is noted: it is about those who are idle until then.
  const candidate = entry === null ? null : candidateOf(state, entry, seat, how)
  if (entry === null) stand(state, seat.agent, { ...seat, standing: { is: 'none' } })
  else {
    const { conversation, stay } = entry
    stand(state, seat.agent, { ...seat, standing: { is: 'bid', conversation, stay } })
    turn.deadline(holdTimer(seat.agent), turn.now + state.known.get().timings.hold)
  }
  turn.send(address(org, 'agent', seat.agent), { type: 'bid', queue: asId<QueueId>(id), v: seat.v, candidate })
}

type How = Pick<Candidate, 'beside' | 'pulled'>

function candidateOf(state: QueueState, entry: Entry, seat: Seat, how: How): Candidate {
  const { conversation, stay, medium, since, priority } = entry
  const { ringAtOnce = 1 } = configOf(state)
  const several = ringAtOnce > 1 && how.pulled !== true ? { upTo: ringAtOnce } : {}
  const why = how.pulled === true ? {} : { why: state.lineup.explain(entry, seat) }
  return { conversation, stay, medium, since, priority, ...why, ...several, ...how }
}

/**
 * The matching step of a queue: bids for its best free contacts, to its best free agents. It looks at all agents that
 * are idle, not only at the one that spoke.
 */
import type { Turn } from '../engine/model.ts'
import { address, asId, type QueueId } from '../ids.ts'
import type { Candidate } from '../protocol/messages.ts'
import { byAgentOrder } from '../routing/agents.ts'
import { meets, needKey } from '../routing/needs.ts'
import { byRank } from '../routing/rank.ts'
import { holdTimer, itemTimer, stand } from './roster.ts'
import { agentOrder, type Entry, type QueueState, type Seat } from './state.ts'

/** Answers what is owed, and bids what can be bid. Answers which contacts are held. */
export function pump(state: QueueState, turn: Turn): Set<string> {
  withdraw(state, turn)
  const held = hold(state, turn)
  bidAll(state, turn, held)
  for (const seat of state.roster.values()) {
    if (seat.standing.is === 'owes') answer(state, turn, seat, null)
  }
  return held
}

/** True when this agent can serve this contact. No clock in it. */
export function eligible(entry: Entry, seat: Seat): boolean {
  return suits(entry, seat) && !entry.avoid.includes(seat.agent) && seat.picture.items[entry.conversation] === undefined
}

/** A bid whose contact left, came back anew, or no longer suits its agent: the agent is owed another answer. */
function withdraw(state: QueueState, turn: Turn): void {
  for (const seat of state.roster.values()) {
    if (seat.standing.is !== 'bid') continue
    const entry = state.entries.get(seat.standing.conversation)
    if (entry?.stay === seat.standing.stay && eligible(entry, seat)) continue
    turn.deadline(holdTimer(seat.agent), null)
    stand(state, seat.agent, { ...seat, standing: { is: 'owes' } })
  }
}

/** The contacts that are bid, or in an agent's hands. Starts and lifts the timers of the latter. */
function hold(state: QueueState, turn: Turn): Set<string> {
  const held = new Set<string>()
  const until = state.known.get().timings.hold
  for (const seat of state.roster.values()) {
    if (seat.standing.is === 'bid') held.add(seat.standing.conversation)
    const mine = seat.itemsIgnored ? [] : heldByItems(state, seat)
    for (const conversation of mine) held.add(conversation)
    const holdsSince = mine.length === 0 ? null : (seat.holdsSince ?? turn.now)
    if (holdsSince === seat.holdsSince) continue
    stand(state, seat.agent, { ...seat, holdsSince })
    turn.deadline(itemTimer(seat.agent), holdsSince === null ? null : holdsSince + until)
  }
  return held
}

function heldByItems(state: QueueState, seat: Seat): string[] {
  const held: string[] = []
  for (const [conversation, stay] of Object.entries(seat.picture.items)) {
    const entry = state.entries.get(conversation)
    // Taken under an older stay, it has come back since: the agent's item is about to end.
    if (entry !== undefined && stay >= entry.stay) held.push(conversation)
  }
  return held
}

/** Goes through the contacts by rank until no free agent is left. */
function bidAll(state: QueueState, turn: Turn, held: Set<string>): void {
  const idle = idleSeats(state)
  if (idle.length === 0 || state.entries.size === 0) return
  /** Needs that none of the idle agents meets: they only get fewer. */
  const hopeless = new Set<string>()
  for (const entry of state.entries.values().sort(byRank)) {
    if (held.has(entry.conversation)) continue
    const kind = `${entry.medium} ${needKey(entry.need)}`
    if (hopeless.has(kind)) continue
    const at = idle.findIndex((seat) => eligible(entry, seat))
    const seat = idle[at]
    if (seat === undefined) {
      if (!idle.some((each) => suits(entry, each))) hopeless.add(kind)
      continue
    }
    idle.splice(at, 1)
    held.add(entry.conversation)
    answer(state, turn, seat, entry)
    if (idle.length === 0) return
  }
}

/** Agents with room that no bid is out to and that answer; the best first. */
function idleSeats(state: QueueState): Seat[] {
  const idle = state.roster.values().filter((s) => s.picture.free.length > 0 && s.standing.is !== 'bid' && !s.silent)
  if (idle.length < 2) return idle
  const compare = byAgentOrder(agentOrder(state))
  return idle
    .map((seat) => ({
      seat,
      agent: seat.agent,
      level: seat.picture.level,
      idleSince: seat.picture.idleSince,
      load: Object.keys(seat.picture.items).length,
    }))
    .sort(compare)
    .map(({ seat }) => seat)
}

function suits(entry: Entry, seat: Seat): boolean {
  return seat.picture.free.includes(entry.medium) && meets(seat.picture, entry.need)
}

/** Tells an agent the best contact for it, or that there is none. */
function answer(state: QueueState, turn: Turn, seat: Seat, entry: Entry | null): void {
  const { org, id } = turn.self
  if (entry === null) stand(state, seat.agent, { ...seat, standing: { is: 'none' } })
  else {
    const { conversation, stay } = entry
    stand(state, seat.agent, { ...seat, standing: { is: 'bid', conversation, stay } })
    turn.deadline(holdTimer(seat.agent), turn.now + state.known.get().timings.hold)
  }
  const candidate = entry === null ? null : candidateOf(entry)
  turn.send(address(org, 'agent', seat.agent), { type: 'bid', queue: asId<QueueId>(id), v: seat.v, candidate })
}

function candidateOf({ conversation, stay, medium, since, priority }: Entry): Candidate {
  return { conversation, stay, medium, since, priority }
}

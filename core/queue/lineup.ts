/**
 * Who is free, in order: the contacts that nobody holds, and the agents that could take one. Derived from the queue's rows and
 * always in step with them, also when a turn is taken back, so that a decision looks at the heads and not at everybody.
 */
import type { Rows } from '../engine/parts.ts'
import type { AgentId } from '../ids.ts'
import type { QueueConfig } from '../protocol/config.ts'
import type { QueueDecision } from '../protocol/explanation.ts'
import { type AgentOrder, byAgentOrder, type Comparable, namesOf, valuesOf } from '../routing/agents.ts'
import { byAge, byContactOrder, type ContactOrder } from '../routing/contacts.ts'
import { Lanes } from '../routing/lanes.ts'
import { Matcher } from '../routing/match.ts'
import { meets, needKey } from '../routing/needs.ts'
import { Ordered } from '../routing/reordering.ts'
import type { Sorted } from '../routing/sorted.ts'
import type { Entry, Seat } from './state.ts'

/** An agent that could take a contact now. */
interface Idle extends Comparable {
  readonly seat: Seat
}

/** How many of the next best a decision names. */
const RIVALS = 3

const matcher = new Matcher<Entry, Idle>({
  kinds: (entry, { seat }) => suits(entry, seat),
  pair: (entry, { seat }) => isAllowed(entry, seat),
})

/** True when this agent can serve this contact. No clock in it. */
export function eligible(entry: Entry, seat: Seat): boolean {
  return suits(entry, seat) && isAllowed(entry, seat)
}

function suits({ medium, need }: Entry, { picture }: Seat): boolean {
  return picture.free.includes(medium) && meets(picture, need)
}

function isAllowed({ avoid, conversation }: Entry, { agent, picture }: Seat): boolean {
  return !avoid.includes(agent) && picture.items[conversation] === undefined
}

export class Lineup {
  readonly #entries: Rows<Entry>
  readonly #roster: Rows<Seat>
  /** The agents that have something to do with a contact: a bid, or an item. */
  readonly #holders = new Map<string, Set<AgentId>>()
  #contactOrder: ContactOrder
  #agentOrder: AgentOrder
  /** For how many a contact may ring at once. */
  #upTo: number
  /** The contacts that nobody holds; and all of them, in one lane, for their places. */
  readonly #contacts: Ordered<Entry>
  /** Those that somebody holds, and that may ring for more at the same time. */
  readonly #shared: Ordered<Entry>
  readonly #all: Ordered<Entry>
  #idle: Lanes<Idle>

  constructor(entries: Rows<Entry>, roster: Rows<Seat>, { contactOrder, agentOrder, ringAtOnce = 1 }: QueueConfig) {
    this.#entries = entries
    this.#roster = roster
    this.#contactOrder = contactOrder ?? byAge
    this.#agentOrder = agentOrder
    this.#upTo = ringAtOnce
    this.#contacts = new Ordered(contactOrdering(this.#contactOrder))
    this.#shared = new Ordered(contactOrdering(this.#contactOrder))
    this.#all = new Ordered(placeOrdering(this.#contactOrder))
    this.#idle = new Lanes(agentOrdering(agentOrder))
    roster.watch((before, after) => this.#seatChanged(before, after))
    entries.watch((before, after) => {
      // What rings, if only for more to ring, does not wait any more.
      if (after !== undefined && after.rung === undefined) this.#all.put(after)
      else if (before !== undefined) this.#all.delete(before.conversation)
      this.#place((after ?? before)?.conversation)
    })
  }

  /** Takes over the configured orders. False when many contacts wait and the new order of theirs is still in the making. */
  follow({ contactOrder = byAge, agentOrder, ringAtOnce = 1 }: QueueConfig): boolean {
    if (differ(agentOrder, this.#agentOrder)) {
      this.#agentOrder = agentOrder
      const idle = new Lanes(agentOrdering(agentOrder))
      for (const each of this.#idle.values()) idle.put(each)
      this.#idle = idle
    }
    if (differ(contactOrder, this.#contactOrder)) {
      this.#contactOrder = contactOrder
      this.#contacts.reorder(contactOrdering(contactOrder))
      this.#shared.reorder(contactOrdering(contactOrder))
      this.#all.reorder(placeOrdering(contactOrder))
    }
    if (ringAtOnce !== this.#upTo) {
      this.#upTo = ringAtOnce
      for (const { conversation } of this.#entries.values()) this.#place(conversation)
    }
    return ![this.#contacts, this.#shared, this.#all].some(({ isReordering }) => isReordering)
  }

  /** Goes on with the making of a new order; true when it holds. */
  advance(): boolean {
    const done = [this.#contacts, this.#shared, this.#all].map((each) => each.advance())
    return done.every((is) => is)
  }

  /** All who wait and do not ring, the first in order first; who stands at which place. */
  get line(): Sorted<Entry> | undefined {
    return this.#all.lanes.lane(LINE)
  }

  /** How contacts are compared in the order that holds now. */
  get compare(): (a: Entry, b: Entry) => number {
    return this.#contacts.compare
  }

  /** The agents that have, or were bid, this contact. */
  holdersOf(conversation: string): readonly AgentId[] {
    return [...(this.#holders.get(conversation) ?? [])]
  }

  isHeld(entry: Entry): boolean {
    return this.#holding(entry) > 0
  }

  /** How many have the contact before them: it rings for them, a bid is out to them, or they hold it by an item. */
  #holding(entry: Entry): number {
    const { conversation, rung = [] } = entry
    const holding = new Set<AgentId>(rung)
    for (const agent of this.#holders.get(conversation) ?? []) {
      const seat = this.#roster.get(agent)
      if (seat === undefined) continue
      const isBid = seat.standing.is === 'bid' && seat.standing.conversation === conversation
      if (isBid || (!seat.itemsIgnored && holdsByItem(seat, entry))) holding.add(agent)
    }
    return holding.size
  }

  /** The contact, if nobody holds it; `shared`: if somebody does, and it may ring for more. */
  free(conversation: string, shared = false): Entry | undefined {
    return this.#lanes(shared).get(conversation)
  }

  /** The contact that is next for an agent; undefined when there is none, or the agent can take none. */
  contactFor(agent: AgentId, shared = false): Entry | undefined {
    const idle = this.#idle.get(agent)
    return idle === undefined ? undefined : matcher.contactFor(idle, this.#lanes(shared))
  }

  #lanes(shared: boolean) {
    return (shared ? this.#shared : this.#contacts).lanes
  }

  /** The best of the agents that could take a contact. */
  agentFor(entry: Entry): Seat | undefined {
    return matcher.agentFor(entry, this.#idle)?.seat
  }

  /** Why this agent, of those that are idle now: asked before the bid is out. */
  explain(entry: Entry, seat: Seat): QueueDecision {
    const { items, count } = this.#idle.best(
      RIVALS + 1,
      (idle) => suits(entry, idle.seat),
      (idle) => isAllowed(entry, idle.seat),
    )
    const values = (idle: Idle) => valuesOf(this.#agentOrder, idle)
    const rivals = items.filter(({ agent }) => agent !== seat.agent).slice(0, RIVALS)
    return {
      order: namesOf(this.#agentOrder),
      chosen: values(idleOf(seat)),
      rivals: rivals.map((idle) => ({ agent: idle.agent, values: values(idle) })),
      idle: Math.max(count, 1),
      before: this.#contacts.lanes.before(entry),
    }
  }

  /** How many of those whom nobody holds stand before a contact. */
  before(entry: Entry): number {
    return this.#contacts.lanes.before(entry)
  }

  #seatChanged(before: Seat | undefined, after: Seat | undefined): void {
    if (before !== undefined) this.#forget(before)
    if (after !== undefined) this.#note(after)
    for (const conversation of new Set([...concerns(before), ...concerns(after)])) this.#place(conversation)
  }

  #forget(seat: Seat): void {
    this.#idle.delete(seat.agent)
    for (const conversation of concerns(seat)) {
      const holders = this.#holders.get(conversation)
      holders?.delete(seat.agent)
      if (holders?.size === 0) this.#holders.delete(conversation)
    }
  }

  #note(seat: Seat): void {
    if (couldTake(seat)) this.#idle.put(idleOf(seat))
    for (const conversation of concerns(seat)) {
      const holders = this.#holders.get(conversation) ?? new Set()
      this.#holders.set(conversation, holders.add(seat.agent))
    }
  }

  /** Puts a contact where it belongs now. */
  #place(conversation: string | undefined): void {
    if (conversation === undefined) return
    const entry = this.#entries.get(conversation)
    const holding = entry === undefined ? 0 : this.#holding(entry)
    if (entry === undefined || holding > 0) this.#contacts.delete(conversation)
    else this.#contacts.put(entry)
    if (entry === undefined || holding === 0 || holding >= this.#upTo) this.#shared.delete(conversation)
    else this.#shared.put(entry)
  }
}

/** True when the agent's item holds the contact. Taken under an older stay, it has come back since: the item is about to end. */
export function holdsByItem({ picture }: Seat, { conversation, stay }: Pick<Entry, 'conversation' | 'stay'>): boolean {
  const taken = picture.items[conversation]
  return taken !== undefined && taken >= stay
}

/** Has room, no bid is out to it, and it answers. */
function couldTake({ picture, standing, silent }: Seat): boolean {
  return picture.free.length > 0 && standing.is !== 'bid' && !silent
}

function concerns(seat: Seat | undefined): readonly string[] {
  if (seat === undefined) return []
  const items = Object.keys(seat.picture.items)
  return seat.standing.is === 'bid' ? [...items, seat.standing.conversation] : items
}

function idleOf(seat: Seat): Idle {
  const { level, skills, idleSince, servedAt = 0, occupancy = 0, items } = seat.picture
  return { seat, agent: seat.agent, level, skills, idleSince, servedAt, occupancy, load: Object.keys(items).length }
}

const LINE = ''

function placeOrdering(order: ContactOrder) {
  return { ...contactOrdering(order), kindOf: () => LINE }
}

function contactOrdering(order: ContactOrder) {
  return {
    idOf: ({ conversation }: Entry) => conversation,
    kindOf: ({ medium, need }: Entry) => `${medium} ${needKey(need)}`,
    compare: byContactOrder(order),
  }
}

function agentOrdering(order: AgentOrder) {
  return {
    idOf: ({ agent }: Idle) => agent,
    kindOf: ({ seat }: Idle) => {
      const { free, level, skills, attributes } = seat.picture
      return JSON.stringify([free, level, skills, attributes])
    },
    compare: byAgentOrder(order),
  }
}

const differ = (a: object, b: object) => a !== b && JSON.stringify(a) !== JSON.stringify(b)

/**
 * A contact centre in virtual time, without actors, sockets and storage: contacts arrive at random, and who gets whom is
 * decided by the very functions that queues decide by (core/routing). What they do in the long run can be held against theory.
 */
import type { QueueConfig } from '../../core/protocol/config.ts'
import type { Need } from '../../core/protocol/need.ts'
import { byAgentOrder } from '../../core/routing/agents.ts'
import { byContactOrder, type ContactOrder } from '../../core/routing/contacts.ts'
import { estimate, type Range } from '../../core/routing/estimate.ts'
import { Lanes } from '../../core/routing/lanes.ts'
import { Matcher } from '../../core/routing/match.ts'
import { meets, needKey } from '../../core/routing/needs.ts'
import { Agenda } from '../../core/whatif/agenda.ts'
import { Chance } from '../../core/whatif/chance.ts'
import { Batches, type Estimate } from './estimate.ts'

/** Contacts that want the same. `rate`: how many come in a second, on average. */
export interface Kind {
  readonly rate: number
  readonly need: Need
  readonly priority?: number
}

export interface Scenario {
  readonly kinds: readonly Kind[]
  /** The skills of each agent. */
  readonly agents: readonly Readonly<Record<string, number>>[]
  /** Mean handle time and mean patience, in s, both exponential. Without patience everybody waits. */
  readonly handle: number
  readonly patience?: number
  readonly order: ContactOrder
  readonly agentOrder: QueueConfig['agentOrder']
  /** Answered within this time, in s, is answered in time. */
  readonly target: number
  /** Estimates each wait as it begins. Only where contacts are served in the order of their coming. */
  readonly estimates?: boolean
}

export interface Outcome {
  /** In s, until answered or gone. */
  readonly wait: Estimate
  readonly waitOf: readonly Estimate[]
  readonly abandoned: Estimate
  /** Answered in time, of all that came. */
  readonly level: Estimate
  readonly contacts: number
  /** Of those that waited for a minute and more and were answered, when this was asked for. */
  readonly estimates: readonly Estimated[]
}

/** What was expected of a wait when it began, and what came of it; in ms. */
export interface Estimated {
  readonly place: number
  readonly range: Range
  readonly wait: number
}

interface Contact {
  readonly conversation: string
  readonly kind: number
  readonly need: Need
  readonly since: number
  readonly priority: number
  readonly counts: boolean
  readonly place?: number
  readonly range?: Range | null
}
interface Agent {
  readonly agent: string
  readonly index: number
  readonly level: number
  readonly skills: Readonly<Record<string, number>>
  readonly idleSince: number
  readonly load: number
  readonly servedAt: number
  readonly occupancy: number
}
type Happening =
  | { readonly is: 'arrival' }
  | { readonly is: 'done'; readonly index: number }
  | { readonly is: 'leaves'; readonly contact: Contact }

/** Over so many contacts a queue's mean handle time goes back. */
const REMEMBERED = 200

/** The first part of a run fills the queue and counts for nothing. */
const WARM = 0.05

/** Runs until so many contacts have come, not counting the first twentieth. */
export function simulate(scenario: Scenario, contacts: number, seed: number): Outcome {
  return new Centre(scenario, contacts, seed).run()
}

const matcher = new Matcher<Contact, Agent>({
  kinds: ({ need }, agent) => meets(agent, need),
  pair: () => true,
})

class Centre {
  readonly #scenario: Scenario
  readonly #contacts: number
  readonly #chance: Chance
  readonly #agenda = new Agenda<Happening>()
  readonly #waiting: Lanes<Contact>
  readonly #idle: Lanes<Agent>
  readonly #wait: Batches
  readonly #waitOf: readonly Batches[]
  readonly #abandoned: Batches
  readonly #level: Batches
  readonly #estimates: Estimated[] = []
  /** The mean handle time of the last contacts, in ms, as a queue can know it. */
  #handle: number

  constructor(scenario: Scenario, contacts: number, seed: number) {
    const keys = scenario.kinds.map(({ need }) => needKey(need))
    const skillKeys = scenario.agents.map((skills) => JSON.stringify(skills))
    const total = scenario.kinds.reduce((sum, { rate }) => sum + rate, 0)
    this.#scenario = scenario
    this.#contacts = contacts
    this.#chance = new Chance(seed)
    this.#waiting = new Lanes<Contact>({
      idOf: ({ conversation }) => conversation,
      kindOf: ({ kind }) => keys[kind] ?? '',
      compare: byContactOrder(scenario.order),
    })
    this.#idle = new Lanes<Agent>({
      idOf: ({ agent }) => agent,
      kindOf: ({ index }) => skillKeys[index] ?? '',
      compare: byAgentOrder(scenario.agentOrder),
    })
    this.#wait = new Batches(contacts)
    this.#waitOf = scenario.kinds.map(({ rate }) => new Batches((contacts * rate) / total))
    this.#abandoned = new Batches(contacts)
    this.#level = new Batches(contacts)
    this.#handle = scenario.handle * 1_000
  }

  run(): Outcome {
    const { kinds, agents } = this.#scenario
    const rates = kinds.map(({ rate }) => rate)
    const total = rates.reduce((sum, rate) => sum + rate, 0)
    const warm = Math.ceil(this.#contacts * WARM)
    const end = warm + this.#contacts
    for (const index of agents.keys()) this.#rest(index, 0)
    let arrived = 0
    this.#agenda.note(0, { is: 'arrival' })
    for (;;) {
      const next = this.#agenda.next()
      if (next === undefined) break
      const { at, what } = next
      if (what.is === 'done') this.#free(what.index, at)
      else if (what.is === 'leaves') this.#leave(what.contact, at)
      else if (arrived < end) {
        this.#arrive(this.#chance.weighted(rates, total), arrived, at, arrived >= warm)
        arrived += 1
        this.#agenda.note(at + this.#chance.exponential(1 / total), what)
      }
    }
    return {
      wait: this.#wait.estimate(),
      waitOf: this.#waitOf.map((each) => each.estimate()),
      abandoned: this.#abandoned.estimate(),
      level: this.#level.estimate(),
      estimates: this.#estimates,
      contacts: this.#contacts,
    }
  }

  #arrive(kind: number, number: number, now: number, counts: boolean): void {
    const { need, priority = 0 } = this.#scenario.kinds[kind] ?? { need: { level: 0, skills: {} } }
    const contact = { conversation: `c${number}`, kind, need, since: now * 1_000, priority, counts }
    const agent = matcher.agentFor(contact, this.#idle)
    if (agent !== undefined) return this.#serve(contact, agent.index, now)
    this.#waiting.put(this.#scenario.estimates === true ? this.#expected(contact) : contact)
    const { patience } = this.#scenario
    if (patience !== undefined) this.#agenda.note(now + this.#chance.exponential(patience), { is: 'leaves', contact })
  }

  #expected(contact: Contact): Contact {
    const place = this.#waiting.size + 1
    const { agents } = this.#scenario
    return { ...contact, place, range: estimate(place, { servers: agents.length, handle: this.#handle }) }
  }

  #free(index: number, now: number): void {
    const contact = matcher.contactFor(this.#agent(index, now), this.#waiting)
    if (contact === undefined) return this.#rest(index, now)
    this.#waiting.delete(contact.conversation)
    this.#serve(contact, index, now)
  }

  #serve(contact: Contact, index: number, now: number): void {
    this.#idle.delete(`a${index}`)
    const handle = this.#chance.exponential(this.#scenario.handle)
    this.#handle += (handle * 1_000 - this.#handle) / REMEMBERED
    this.#agenda.note(now + handle, { is: 'done', index })
    this.#count(contact, now, true)
  }

  #leave(contact: Contact, now: number): void {
    if (this.#waiting.get(contact.conversation) === undefined) return
    this.#waiting.delete(contact.conversation)
    this.#count(contact, now, false)
  }

  #rest(index: number, now: number): void {
    this.#idle.put(this.#agent(index, now))
  }

  #agent(index: number, now: number): Agent {
    const skills = this.#scenario.agents[index] ?? {}
    return { agent: `a${index}`, index, level: 1, skills, idleSince: now * 1_000, load: 0, servedAt: 0, occupancy: 0 }
  }

  #count({ kind, since, counts, place, range }: Contact, now: number, answered: boolean): void {
    if (!counts) return
    const wait = now - since / 1_000
    if (place !== undefined && range != null && answered && wait >= 60)
      this.#estimates.push({ place, range, wait: wait * 1_000 })
    this.#wait.take(wait)
    this.#waitOf[kind]?.take(wait)
    this.#abandoned.take(answered ? 0 : 1)
    this.#level.take(answered && wait <= this.#scenario.target ? 1 : 0)
  }
}

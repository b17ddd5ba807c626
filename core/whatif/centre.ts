/**
 * A contact centre of one day in virtual time: the actors' real models (core/conversation, core/queue, core/agent) without
 * sockets, storage and network, customers and agents who do what was measured of them. What comes of it are stays and times as
 * the record has them.
 */
import { type AgentState, agentModel } from '../agent/model.ts'
import { pinChat } from '../book/model.ts'
import { agentSlice, queueSlice } from '../book/slices.ts'
import { toStaff } from '../conversation/entries.ts'
import { conversationModel } from '../conversation/model.ts'
import type { ConversationState } from '../conversation/state.ts'
import { type ActorName, type Address, asId, type OrgId } from '../ids.ts'
import { own } from '../own.ts'
import type { Pinned } from '../protocol/book-messages.ts'
import { Config } from '../protocol/config.ts'
import type { Message } from '../protocol/messages.ts'
import type { Principal } from '../protocol/principal.ts'
import type { AgentInterval, Segment } from '../protocol/segments.ts'
import { RoutingConfig, type Shift, type Traffic, type TrafficContact } from '../protocol/whatif.ts'
import { queueModel } from '../queue/model.ts'
import type { QueueState } from '../queue/state.ts'
import { foldEntry, type Open } from '../segments/fold.ts'
import { Actor, type Around } from './actor.ts'
import { Agenda } from './agenda.ts'
import type { Chances, ContactChances } from './chances.ts'
import type { Stay } from './stays.ts'

/** What the record would hold of the day. */
export interface Lived {
  readonly stays: readonly Stay[]
  readonly times: readonly { readonly agent: string; readonly time: AgentInterval }[]
  /** Contacts that still waited when the day ended. */
  readonly unfinished: number
  /** Contacts whose plan or queue this configuration does not have: they did not come. */
  readonly lost: number
}

/** One day under a configuration, with these shifts, as chance (`seed`) has it. */
export function live(config: RoutingConfig, traffic: Traffic, chances: Chances, seed: number): Lived {
  return new Centre(config, traffic, chances, seed).run()
}

const org = asId<OrgId>('whatif')
const book: Address = { org, kind: 'book', id: 'book' }
const VERSION = 1
/** The plan of who waits in a queue without one: no plan of a configuration can be called so. */
const DIRECT = '~direct'

/** How long a closed conversation is kept, in ms: longer than any message to it is under way. */
const LINGERS = 60_000

/** A contact under way. */
interface Visit {
  readonly chances: ContactChances
  readonly actor: Actor<ConversationState>
  readonly segments: Map<string, Segment>
  open: Open
}

class Centre {
  readonly #config: Config
  readonly #traffic: Traffic
  readonly #chances: Chances
  readonly #seed: number
  readonly #agenda = new Agenda<() => void>()
  readonly #mail: (() => void)[] = []
  readonly #queues = new Map<string, Actor<QueueState>>()
  readonly #agents = new Map<string, Actor<AgentState>>()
  readonly #visits = new Map<string, Visit>()
  readonly #stays: Stay[] = []
  readonly #times = new Map<string, AgentInterval>()
  readonly #around: Around
  /** Offers and after-work that somebody has begun to deal with. */
  readonly #begun = new Set<string>()
  readonly #pins = new Map<string, Pinned | null>()
  #now: number
  #ids = 0
  /** Contacts whose plan or queue is not there. */
  #lost = 0

  constructor(config: RoutingConfig, traffic: Traffic, chances: Chances, seed: number) {
    this.#config = undemanding(config)
    this.#traffic = traffic
    this.#chances = chances
    this.#seed = seed
    this.#now = traffic.from
    this.#around = {
      now: () => this.#now,
      newId: () => `${this.#ids++}`,
      send: (from, to, message) => this.#mail.push(() => this.#deliver(from, to, message)),
      at: (when, what) => this.#agenda.note(Math.max(when, this.#now), what),
    }
  }

  run(): Lived {
    for (const id of Object.keys(this.#config.queues)) {
      const queue = new Actor(queueModel, { org, kind: 'queue', id }, this.#around, () => {})
      this.#queues.set(id, queue)
      queue.receive(book, queueSlice(VERSION, this.#config, id))
    }
    for (const id of new Set(this.#traffic.shifts.map(({ agent }) => agent))) this.#hire(id)
    for (const shift of this.#traffic.shifts) this.#plan(shift)
    for (const [number, contact] of this.#traffic.contacts.entries())
      this.#around.at(contact.at, () => this.#arrive(contact, number))
    this.#pass()
    return this.#lived()
  }

  /** Lets time pass until the day is over. */
  #pass(): void {
    for (;;) {
      for (let n = 0; n < this.#mail.length; n += 1) this.#mail[n]?.()
      this.#mail.length = 0
      const next = this.#agenda.next()
      if (next === undefined || next.at > this.#traffic.to) return
      this.#now = next.at
      next.what()
    }
  }

  #lived(): Lived {
    const waiting = [...this.#visits.values()].filter(({ open }) => open.some(({ kind }) => kind === 'queue'))
    for (const [id, { segments }] of this.#visits) this.#keep(id, segments)
    const times = [...this.#times].map(([key, time]) => ({ agent: key.slice(key.indexOf(' ') + 1), time }))
    return { stays: this.#stays, times, unfinished: waiting.length, lost: this.#lost }
  }

  #deliver(from: Address, to: ActorName, message: Message): void {
    const [, kind, id = ''] = to.split('/')
    if (kind === 'queue') this.#queues.get(id)?.receive(from, message)
    else if (kind === 'agent') this.#agents.get(id)?.receive(from, message)
    else if (kind === 'conversation') this.#visits.get(id)?.actor.receive(from, message)
  }

  // Agents

  #hire(id: string): void {
    if (own(this.#config.agents, id) === undefined) return
    const agent = new Actor(agentModel, { org, kind: 'agent', id }, this.#around, (actor) => this.#heardAgent(actor))
    this.#agents.set(id, agent)
    agent.receive(book, agentSlice(VERSION, this.#config, id))
  }

  #plan({ agent, from, to }: Shift): void {
    const be = (presence: 'available' | 'away') => () =>
      this.#agents.get(agent)?.command(staff(agent), 'presence', { presence })
    if (to <= from) return
    this.#around.at(from, be('available'))
    this.#around.at(to, be('away'))
  }

  /** Whoever is rung takes it, after as long as it was measured to take; after-work likewise. */
  #heardAgent({ state, self: { id } }: Actor<AgentState>): void {
    for (const { conversation, state: is, lease, via, since, until } of state.items.values()) {
      if (is !== 'ringing' && is !== 'wrap') continue
      const key = `${is} ${conversation} ${lease}`
      const visit = this.#visits.get(conversation)
      if (this.#begun.has(key) || visit === undefined) continue
      this.#begun.add(key)
      const { ring, wrap } = visit.chances.work(via ?? '')
      // Nobody lets it ring out: in the record, who did was not there.
      const soon = Math.min(since + ring, (until ?? Number.POSITIVE_INFINITY) - 1)
      if (is === 'ringing') this.#around.at(soon, () => this.#act(id, 'accept', { conversation, lease }))
      else this.#wrapUp(id, conversation, since + wrap)
    }
    for (const { body } of state.journal.fresh)
      for (const row of body.rows) {
        if (row.type === 'interval') this.#times.set(`${row.interval.id} ${id}`, row.interval)
        else if (row.segment.endedAt !== null) this.#stays.push(row)
      }
  }

  #act(
    agent: string,
    name: 'accept' | 'finish' | 'extend',
    body: { conversation: string; lease?: number | null },
  ): boolean {
    return this.#agents.get(agent)?.command(staff(agent), name, body) === true
  }

  /** After-work that was measured longer than the configuration gives is lengthened, as far as that allows. */
  #wrapUp(agent: string, conversation: string, over: number): void {
    const until = this.#agents.get(agent)?.state.items.get(conversation)?.until ?? over
    if (until >= over) return this.#around.at(over, () => this.#act(agent, 'finish', { conversation }))
    this.#around.at(until - 1, () => {
      if (this.#act(agent, 'extend', { conversation })) this.#wrapUp(agent, conversation, over)
    })
  }

  // Customers

  #arrive(contact: TrafficContact, number: number): void {
    const id = `c${number}`
    const pinned = this.#pinned(contact)
    if (pinned === null) {
      this.#lost += 1
      return
    }
    const actor = new Actor(conversationModel, { org, kind: 'conversation', id }, this.#around, (a) => this.#heard(a))
    const chances = this.#chances.of(this.#seed, number)
    this.#visits.set(id, { chances, actor, segments: new Map(), open: [] })
    const customer = { id: asId<never>(id), name: id, verified: false }
    const start = { org, thread: `${org}/thread/${id}`, channel: 'chat', medium: contact.medium, customer, pinned }
    actor.receive({ org, kind: 'thread', id }, { type: 'start', ...start })
    actor.command(customerOf(id), 'post', { text: '.' })
    if (Number.isFinite(chances.patience)) this.#around.at(this.#now + chances.patience, () => this.#loseIt(id))
  }

  /** What it pins: the entrance's plan, another, or one that leads to its queue; null: that is not there any more. */
  #pinned({ plan, queue, need }: TrafficContact): Pinned | null {
    const key = JSON.stringify([plan, queue, need])
    const known = this.#pins.get(key)
    if (known !== undefined) return known
    const { plans, entrances, queues } = this.#config
    const asked = { level: 1, skills: {}, ...(need === undefined ? {} : { where: need }) }
    const direct = {
      name: DIRECT,
      steps: [{ after: 0, queues: [{ queue: queue ?? '', need: asked }], raise: 0 }],
      fallback: null,
    }
    const isThere = queue === null || own(queues, queue) !== undefined
    const chat = queue === null ? (plan ?? entrances.chat) : DIRECT
    const config = { ...this.#config, plans: { ...plans, [DIRECT]: direct }, entrances: { chat } }
    const pinned = isThere ? pinChat({ version: VERSION, config }) : null
    this.#pins.set(key, pinned)
    return pinned
  }

  /** Patience is over: whoever still waits goes. */
  #loseIt(id: string): void {
    const visit = this.#visits.get(id)
    if (visit?.open.some(({ kind }) => kind === 'queue') === true) visit.actor.command(customerOf(id), 'leave', {})
  }

  #heard(actor: Actor<ConversationState>): void {
    const { id } = actor.self
    const visit = this.#visits.get(id)
    if (visit === undefined) return
    for (const entry of actor.state.log.fresh) {
      const { open, changed } = foldEntry(visit.open, toStaff(entry))
      visit.open = open
      for (const segment of changed) {
        visit.segments.set(segment.id, segment)
        if (segment.kind === 'talk' && segment.endedAt === null) this.#talk(visit, segment)
      }
    }
    if (actor.state.talk.get().closed === null || visit.segments.size === 0) return
    this.#keep(id, visit.segments)
    // Until then it answers whoever still claims it.
    this.#around.at(this.#now + LINGERS, () => this.#visits.delete(id))
  }

  #talk({ actor, chances }: Visit, { agent, lease, queue, beganAt }: Segment): void {
    const { talk } = chances.work(queue ?? '')
    this.#around.at(beganAt + talk, () => actor.command(staff(agent ?? ''), 'close', { lease }))
  }

  #keep(conversation: string, segments: Map<string, Segment>): void {
    for (const segment of segments.values()) this.#stays.push({ conversation, segment })
    segments.clear()
  }
}

const customerOf = (id: string): Principal => ({ kind: 'customer', org, customer: id, conversation: id })
const staff = (id: string): Principal => ({ kind: 'staff', org, id, name: id, role: 'agent' })

/**
 * Nothing is asked of simulated people that they cannot know: a form before the first word, which disposition to give. Who came
 * was let in, whatever the entrance's hours. Where agents take from a list, whoever is free takes the first.
 */
function undemanding(config: RoutingConfig): Config {
  const { queues, ...routing } = RoutingConfig.parse(config)
  const plain = Object.entries(queues).map(([id, { dispositionRequired: _, pull: __, ...queue }]) => [id, queue])
  return Config.parse({ ...routing, queues: Object.fromEntries(plain) })
}

/** The load: customers who write, agents who take what rings, answer and close, and somebody who watches each talk. */
import { setTimeout as pause } from 'node:timers/promises'
import { AgentRow, type ItemRow } from '../../core/protocol/agent.ts'
import { ChatSession } from '../../core/protocol/api.ts'
import { PublicEntry, PublicView, StaffEntry, StaffView } from '../../core/protocol/conversation.ts'
import type { Staff } from '../browser/kit/staff.ts'
import type { Random } from '../simulation/kit/random.ts'
import { heldFetch } from '../support/held-fetch.ts'
import { WireClient } from './client.ts'
import type { Ledger } from './ledger.ts'

export interface World {
  readonly origin: string
  readonly company: string
  readonly ledger: Ledger
  readonly random: Random
  readonly breaches: string[]
  /** Hears of each command at the moment at which it leaves. */
  stir: (command: string) => void
  /** Nobody says or takes anything new. */
  paused: boolean
  ended: boolean
}

/** How many words somebody may have on the way. */
const IN_FLIGHT = 3

export class LoadCustomer {
  readonly name: string
  readonly conversation: string
  readonly #world: World
  readonly #client: WireClient
  #view: PublicView | null = null
  /** How often it has come to talk to somebody. */
  #taken = 0

  private constructor(world: World, name: string, session: ChatSession) {
    this.#world = world
    this.name = name
    this.conversation = session.conversation
    this.#client = new WireClient({
      origin: world.origin,
      path: `conversation/${session.conversation}`,
      ticket: async () => (await openSession(world, name, session.visitor)).ticket,
      event: (event) => this.#onEvent(event.body),
      view: (body) => this.#onView(PublicView.parse(body)),
      breach: (what) => world.breaches.push(what),
    })
    void this.#write()
  }

  static async arrive(world: World, name: string): Promise<LoadCustomer> {
    return new LoadCustomer(world, name, await openSession(world, name))
  }

  get waits(): boolean {
    return this.#view?.status === 'waiting'
  }

  get taken(): number {
    return this.#taken
  }

  get pending(): number {
    return this.#client.pending
  }

  end(): void {
    this.#client.end()
  }

  async #write(): Promise<void> {
    const { random, ledger } = this.#world
    const own = random.fork(this.name)
    while (!this.#world.ended) {
      await pause(own.int(80, 320))
      if (this.#world.paused || this.#client.pending >= IN_FLIGHT) continue
      const text = ledger.nextText(this.conversation, this.name)
      void ledger.note(this.conversation, this.name, text, this.#client.command('post', { text }))
      this.#world.stir('post')
    }
  }

  #onEvent(body: unknown): void {
    const { seq } = PublicEntry.parse(body)
    if (seq % 5 === 0) this.#client.send({ t: 'mark', delivered: seq, read: seq })
  }

  #onView(view: PublicView): void {
    if (view.status === 'talking' && this.#view?.status !== 'talking') this.#taken += 1
    this.#view = view
  }
}

async function openSession(world: World, name: string, visitor?: string): Promise<ChatSession> {
  const response = await heldFetch(`${world.origin}/channels/chat/${world.company}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ command: `open-for-${name}`, ...(visitor === undefined ? {} : { visitor }) }),
    signal: AbortSignal.timeout(10_000),
  })
  return ChatSession.parse(await response.json())
}

export class LoadAgent {
  readonly id: string
  readonly #world: World
  readonly #staff: Staff
  readonly #random: Random
  readonly #client: WireClient
  readonly #rows = new Map<string, AgentRow>()
  readonly #talks = new Map<string, LoadTalk>()
  /** What was answered already, by conversation and lease. */
  readonly #answered = new Set<string>()

  private constructor(world: World, id: string, staff: Staff) {
    this.id = id
    this.#world = world
    this.#staff = staff
    this.#random = world.random.fork(id)
    this.#client = new WireClient({
      origin: world.origin,
      path: `agent/${id}`,
      ticket: () => staff.ticket('agent', id),
      board: true,
      reset: () => this.#rows.clear(),
      event: ({ name, body }) => this.#onRow(name, body),
      breach: (what) => world.breaches.push(what),
    })
    void this.#client.command('presence', { presence: 'available' })
    void this.#work()
  }

  static async signIn(world: World, id: string, staff: Staff): Promise<LoadAgent> {
    return new LoadAgent(world, id, staff)
  }

  /** What it believes to have in hand. */
  get items(): readonly ItemRow[] {
    return [...this.#rows.values()].filter((row): row is ItemRow => row.key.startsWith('item/'))
  }

  get pending(): number {
    return [...this.#talks.values()].reduce((sum, talk) => sum + talk.pending, this.#client.pending)
  }

  end(): void {
    this.#client.end()
    for (const talk of this.#talks.values()) talk.end()
  }

  #onRow(name: string, body: unknown): void {
    if (name === 'del') {
      if (typeof body === 'object' && body !== null && 'key' in body) this.#rows.delete(String(body.key))
      return
    }
    const row = AgentRow.parse(body)
    this.#rows.set(row.key, row)
  }

  /** Looks at its work again and again, as a person does. */
  async #work(): Promise<void> {
    while (!this.#world.ended) {
      await pause(this.#random.int(20, 60))
      for (const item of this.items) {
        if (item.state === 'ringing') this.#answer(item)
        if (item.state === 'owned') this.#talkOf(item).work(item.lease)
      }
      for (const [conversation, talk] of this.#talks) {
        if (talk.pending > 0 || this.items.some((item) => item.conversation === conversation)) continue
        talk.end()
        this.#talks.delete(conversation)
      }
    }
  }

  /** Takes most offers. */
  #answer({ conversation, lease }: ItemRow): void {
    const key = `${conversation}/${lease}`
    if (this.#answered.has(key)) return
    this.#answered.add(key)
    const name = this.#random.chance(0.1) ? 'decline' : 'accept'
    void this.#client.command(name, { conversation, lease })
    this.#world.stir(name)
  }

  #talkOf({ conversation }: ItemRow): LoadTalk {
    const known = this.#talks.get(conversation)
    if (known !== undefined) return known
    const talk = new LoadTalk(this.#world, this.id, conversation, () =>
      this.#staff.ticket('conversation', conversation),
    )
    this.#talks.set(conversation, talk)
    return talk
  }
}

/** One conversation in the hands of an agent. */
class LoadTalk {
  readonly #world: World
  readonly #agent: string
  readonly #conversation: string
  readonly #client: WireClient
  #heard = 0
  #said = 0
  readonly #random: Random
  #limit: number
  #closing = 0

  constructor(world: World, agent: string, conversation: string, ticket: () => Promise<string>) {
    this.#world = world
    this.#agent = agent
    this.#conversation = conversation
    this.#random = world.random.fork(`${agent}/${conversation}`)
    this.#limit = this.#random.int(8, 25)
    const open = Date.now()
    this.#client = new WireClient({
      origin: world.origin,
      path: `conversation/${conversation}`,
      ticket,
      event: ({ at, body }) => {
        const { from } = StaffEntry.parse(body)
        if (from.role === 'customer' && at >= open) this.#heard += 1
      },
      breach: (what) => world.breaches.push(what),
    })
  }

  get pending(): number {
    return this.#client.pending
  }

  /** Answers each word with a word, and closes after some. */
  work(lease: number): void {
    if (this.#world.paused || this.#closing === lease) return
    const { ledger } = this.#world
    while (this.#said < this.#heard && this.#client.pending < IN_FLIGHT) {
      this.#said += 1
      const text = ledger.nextText(this.#conversation, this.#agent)
      const sent = this.#client.command('post', { text, lease })
      void ledger.note(this.#conversation, this.#agent, text, sent)
    }
    if (this.#said < this.#limit) return
    this.#closing = lease
    this.#limit = this.#said + this.#random.int(8, 25)
    void this.#client.command('close', { lease })
    this.#world.stir('close')
  }

  end(): void {
    this.#client.end()
  }
}

/** Sees all that staff may see of a conversation, from its beginning. */
export class Watcher {
  readonly conversation: string
  readonly entries: StaffEntry[] = []
  view: StaffView | null = null
  readonly #client: WireClient

  constructor(world: World, staff: Staff, conversation: string) {
    this.conversation = conversation
    this.#client = new WireClient({
      origin: world.origin,
      path: `conversation/${conversation}`,
      ticket: () => staff.ticket('conversation', conversation),
      event: ({ body }) => this.entries.push(StaffEntry.parse(body)),
      view: (body) => {
        this.view = StaffView.parse(body)
      },
      breach: (what) => world.breaches.push(what),
    })
  }

  get live(): boolean {
    return this.#client.live
  }

  end(): void {
    this.#client.end()
  }
}

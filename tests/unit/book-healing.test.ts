/** Pushes of Book's that are lost: what actors say to each other heals them. */
import { beforeEach, describe, expect, it } from 'vitest'
import { agentModel } from '../../core/agent/model.ts'
import type { AgentState } from '../../core/agent/state.ts'
import { bookModel, pinChat, publish, read, returnTo } from '../../core/book/model.ts'
import type { BookState } from '../../core/book/versions.ts'
import { conversationModel } from '../../core/conversation/model.ts'
import type { ConversationState } from '../../core/conversation/state.ts'
import { Actor } from '../../core/engine/actor.ts'
import type { Packet } from '../../core/engine/mail.ts'
import type { Model } from '../../core/engine/model.ts'
import { type ActorName, address, asId, type CustomerId } from '../../core/ids.ts'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { queueModel } from '../../core/queue/model.ts'
import type { QueueState } from '../../core/queue/state.ts'
import { agent, conversation, FakeSocket, ManualClock, org, queue, staff } from '../support/harness.ts'
import { MemoryStore } from '../support/store.ts'

const bookName = address(org, 'book', 'book')
const queueName = address(org, 'queue', queue('sales'))
const agentName = address(org, 'agent', agent('ada'))
const named = (name: string): ConfigInput => ({
  organisation: 'Acme',
  queues: { sales: { name } },
  plans: { chat: { name, steps: [{ after: 0, queues: [{ queue: 'sales' }] }] } },
  entrances: { chat: 'chat' },
  agents: { ada: { name, queues: [{ queue: 'sales' }] } },
})

/** Book, a queue, an agent and conversations over lines that deliver at once, but for what Book says while it is cut off. */
class Town {
  readonly clock = new ManualClock()
  /** What Book sends is taken from its outbox and arrives nowhere. */
  losesPushes = false
  readonly book: Actor<BookState>
  readonly queue: Actor<QueueState>
  readonly agent: Actor<AgentState>
  readonly #actors = new Map<ActorName, Actor<unknown>>()
  readonly #console = new FakeSocket('console', staff('ada'), 'console', this.clock.time)

  constructor() {
    this.book = this.#build(bookName, bookModel)
    this.queue = this.#build(queueName, queueModel)
    this.agent = this.#build(agentName, agentModel)
  }

  async publish(name: string): Promise<void> {
    this.book.once('olga', `publish-${name}`, (state, turn) =>
      publish(state, turn, { by: 'olga', config: named(name) }),
    )
    await this.quiet()
  }

  async goBackTo(to: number): Promise<void> {
    this.book.once('olga', `return-${to}`, (state, turn) => returnTo(state, turn, { by: 'olga', to }))
    await this.quiet()
  }

  async signOn(): Promise<void> {
    this.agent.frame(this.#console, JSON.stringify({ t: 'hello', v: 1, client: 'client-1' }))
    this.agent.command(staff('ada'), {
      id: `available-${this.clock.time}`,
      name: 'presence',
      body: { presence: 'available' },
    })
    await this.quiet()
  }

  /** A customer comes through the entrance, which asks Book, and says a first word. */
  async contact(id: string): Promise<Actor<ConversationState>> {
    const actor = this.#build(address(org, 'conversation', conversation(id)), conversationModel)
    const published = read(this.book.state)
    const pinned = published.ok ? pinChat(published.value) : null
    if (pinned === null) throw new Error('nothing is published')
    const customer = { id: asId<CustomerId>('c'), name: 'Cleo', verified: false }
    const message = { type: 'start', org, thread: 'chat:x', channel: 'chat', medium: 'chat', customer, pinned } as const
    actor.receive({ from: address(org, 'thread', asId('chat:x')), base: 1, rows: [{ n: 1, message }], config: 0 })
    await this.say(actor, 'Hello')
    return actor
  }

  async say(actor: Actor<ConversationState>, text: string): Promise<void> {
    const by = { kind: 'customer', org, customer: 'c', conversation: actor.address.id } as const
    actor.command(by, { id: `post-${text}-${actor.address.id}`, name: 'post', body: { text } })
    await this.quiet()
  }

  /** The versions that the queue and the agent know. */
  versions(): [queue: number, agent: number] {
    return [this.queue.state.known.get().version, this.agent.state.profile.get().version]
  }

  async quiet(): Promise<void> {
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve))
  }

  async wait(ms: number): Promise<void> {
    this.clock.time += ms
    this.#console.pinged = this.clock.time
    for (const actor of this.#actors.values()) actor.alarm()
    await this.quiet()
  }

  #build<S>(name: ActorName, model: Model<S>): Actor<S> {
    const toActor = async (to: ActorName, packet: Packet) => {
      await Promise.resolve()
      const isLost = this.losesPushes && packet.from === bookName
      return (isLost ? undefined : this.#actors.get(to)?.receive(packet)) ?? packet.rows.at(-1)?.n ?? 0
    }
    const actor = new Actor(name, model, {
      store: new MemoryStore(),
      link: { toActor, toWorld: async () => {} },
      clock: { now: () => this.clock.now(), newId: () => this.clock.newId(), wake() {}, nudge() {} },
      sockets: { all: () => (name === agentName ? [this.#console] : []) },
      report(error) {
        throw error
      },
    })
    this.#actors.set(name, actor)
    return actor
  }
}

describe('a push of Book that is lost', () => {
  let town: Town
  beforeEach(async () => {
    town = new Town()
    await town.publish('One')
    await town.signOn()
    town.losesPushes = true
    await town.publish('Two')
    expect(town.versions()).toEqual([1, 1])
  })

  it('BK2: heals with the next contact, along the whole way to the agent', async () => {
    town.losesPushes = false
    await town.contact('x')
    expect(town.versions()).toEqual([2, 2])
    expect(town.queue.state.known.get().config?.name).toBe('Two')
    expect(town.agent.state.profile.get().config?.name).toBe('Two')
    expect(town.agent.state.items.values()).toMatchObject([{ conversation: 'x', state: 'ringing' }])
  })

  it('BK2: heals also when the answer to the question is lost, with what comes half a minute later', async () => {
    await town.contact('x')
    expect(town.versions()).toEqual([1, 1])
    town.losesPushes = false
    await town.contact('y')
    expect(town.versions()).toEqual([1, 1])
    await town.wait(30_000)
    await town.contact('z')
    await town.signOn()
    expect(town.versions()).toEqual([2, 2])
  })

  it('BK5 BK2: of a return heals like any other, and brings what was before', async () => {
    await town.goBackTo(1)
    town.losesPushes = false
    await town.contact('x')
    expect(town.versions()).toEqual([3, 3])
    expect(town.agent.state.profile.get().config?.name).toBe('One')
  })
})

it('BK2: a conversation that waits hears of a newer version from the first who knows it', async () => {
  const town = new Town()
  await town.publish('One')
  const talk = await town.contact('x')
  await town.publish('Two')
  expect(talk.state.known.get().pinned?.version).toBe(1)
  await town.signOn()
  expect(talk.state.known.get().pinned).toMatchObject({ version: 2, plan: { name: 'Two' } })
})

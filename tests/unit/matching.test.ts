/** The three actors of the matching protocol together, over lines that deliver at once. */
import { describe, expect, it } from 'vitest'
import { type AgentState, agentModel } from '../../core/agent/model.ts'
import { conversationModel } from '../../core/conversation/model.ts'
import { Actor } from '../../core/engine/actor.ts'
import type { Packet } from '../../core/engine/mail.ts'
import type { Model } from '../../core/engine/model.ts'
import { type ActorName, address, asId, type CustomerId, type PlanId } from '../../core/ids.ts'
import { AgentConfig, Config, QueueConfig, Timings } from '../../core/protocol/config.ts'
import { Plan } from '../../core/protocol/plan.ts'
import { type QueueState, queueModel } from '../../core/queue/model.ts'
import { agent, conversation, FakeSocket, ManualClock, org, queue, staff } from '../support/harness.ts'
import { MemoryStore } from '../support/store.ts'

const { media } = Config.parse({ organisation: 'o', queues: {}, plans: {}, entrances: { chat: 'p' }, agents: {} })
const timings = Timings.parse({})
const chat = asId<PlanId>('chat')

class Town {
  readonly #actors = new Map<ActorName, { take(packet: Packet): number; alarm(): void }>()
  readonly #clocks: ManualClock[] = []
  readonly #book = address(org, 'book', 'book')
  readonly agents = new Map<string, Actor<AgentState>>()
  readonly queues = new Map<string, Actor<QueueState>>()
  readonly sockets: FakeSocket[] = []

  addQueue(id: string): void {
    const actor = this.#build(address(org, 'queue', queue(id)), queueModel, [])
    this.queues.set(id, actor)
    const message = { type: 'queue-config', version: 1, config: QueueConfig.parse({ name: id }), timings } as const
    actor.receive({ from: this.#book, base: 1, rows: [{ n: 1, message }], config: 0 })
  }

  addAgent(id: string, queues: string[], capacity: number): void {
    const sockets: FakeSocket[] = []
    const actor = this.#build(address(org, 'agent', agent(id)), agentModel, sockets)
    this.agents.set(id, actor)
    const config = AgentConfig.parse({
      name: id,
      queues: queues.map((q) => ({ queue: q })),
      capacity: { chat: capacity },
    })
    const message = { type: 'agent-config', version: 1, config, queueNames: {}, reasons: [], media, timings } as const
    actor.receive({ from: this.#book, base: 1, rows: [{ n: 1, message }], config: 0 })
    const socket = new FakeSocket(id, staff(id), 'console', this.#clocks[0]?.time ?? 0)
    sockets.push(socket)
    this.sockets.push(socket)
    actor.frame(socket, JSON.stringify({ t: 'hello', v: 1, client: 'client-1' }))
  }

  available(id: string): void {
    this.agents
      .get(id)
      ?.command(staff(id), { id: `available-${id}`, name: 'presence', body: { presence: 'available' } })
  }

  contact(id: string, queues: string[]): void {
    const actor = this.#build(address(org, 'conversation', conversation(id)), conversationModel, [])
    const plan = Plan.parse({ name: 'chat', steps: [{ after: 0, queues: queues.map((q) => ({ queue: q })) }] })
    const pinned = { version: 1, planId: chat, plan, queueNames: {}, timings }
    const customer = { id: asId<CustomerId>('c'), name: 'Cleo', verified: false }
    const message = { type: 'start', org, thread: 'chat:x', channel: 'chat', medium: 'chat', customer, pinned } as const
    actor.receive({ from: address(org, 'thread', asId('chat:x')), base: 1, rows: [{ n: 1, message }], config: 0 })
    // A conversation waits from the customer's first words on.
    const by = { kind: 'customer', org, customer: 'c', conversation: id } as const
    actor.command(by, { id: `hello-to-${id}`, name: 'post', body: { text: 'Hello' } })
  }

  accept(id: string): void {
    const actor = this.agents.get(id)
    for (const item of actor?.state.items.values() ?? []) {
      const body = { conversation: item.conversation, lease: item.lease }
      if (item.state === 'ringing')
        actor?.command(staff(id), { id: `accept-${item.conversation}`, name: 'accept', body })
    }
  }

  /** What each agent has in hand: `agent contact state`. */
  inHand(): string[] {
    return [...this.agents].flatMap(([id, { state }]) =>
      state.items.values().map((item) => `${id} ${item.conversation} ${item.state}`),
    )
  }

  async quiet(): Promise<void> {
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve))
  }

  async advance(ms: number): Promise<void> {
    for (let gone = 0; gone < ms; gone += 100) {
      for (const clock of this.#clocks) clock.time += 100
      for (const socket of this.sockets) socket.pinged += 100
      for (const actor of this.#actors.values()) actor.alarm()
      await this.quiet()
    }
  }

  #build<S>(name: ActorName, model: Model<S>, sockets: FakeSocket[]): Actor<S> {
    const clock = new ManualClock()
    clock.time = this.#clocks[0]?.time ?? clock.time
    this.#clocks.push(clock)
    const toActor = async (to: ActorName, packet: Packet) => {
      await Promise.resolve()
      return this.#actors.get(to)?.take(packet) ?? packet.rows.at(-1)?.n ?? 0
    }
    const actor = new Actor(name, model, {
      store: new MemoryStore(),
      link: { toActor, toWorld: async () => {} },
      clock,
      sockets: { all: () => sockets },
      report(error) {
        throw error
      },
    })
    this.#actors.set(name, { take: (packet) => actor.receive(packet), alarm: () => actor.alarm() })
    return actor
  }
}

function town(): Town {
  const built = new Town()
  for (const id of ['sales', 'help']) built.addQueue(id)
  return built
}

describe('contacts and agents', () => {
  it('a contact that arrives while an agent is idle rings without any alarm', async () => {
    const t = town()
    t.addAgent('ann', ['sales', 'help'], 2)
    t.available('ann')
    await t.quiet()
    t.contact('x', ['help', 'sales'])
    await t.quiet()
    expect(t.inHand()).toEqual(['ann x ringing'])
    t.accept('ann')
    await t.quiet()
    expect(t.inHand()).toEqual(['ann x owned'])
    expect([...t.queues.values()].map(({ state }) => state.entries.size)).toEqual([0, 0])
  })

  it('an agent that becomes available gets the oldest of all its queues, as many as there is room', async () => {
    const t = town()
    t.addAgent('ann', ['sales', 'help'], 2)
    for (const [id, queues] of [
      ['x', ['help']],
      ['y', ['sales']],
      ['z', ['sales', 'help']],
    ] as const) {
      t.contact(id, [...queues])
      await t.advance(100)
    }
    t.available('ann')
    await t.quiet()
    expect(t.inHand().sort()).toEqual(['ann x ringing', 'ann y ringing'])
  })

  it('many contacts and agents in both queues: each contact rings once, and nothing is left over', async () => {
    const t = town()
    for (let i = 0; i < 6; i++) t.addAgent(`a${i}`, i % 2 === 0 ? ['sales', 'help'] : ['help', 'sales'], 3)
    for (let i = 0; i < 6; i++) t.available(`a${i}`)
    for (let i = 0; i < 18; i++) t.contact(`c${i}`, ['sales', 'help'])
    await t.advance(2_000)
    for (let i = 0; i < 6; i++) t.accept(`a${i}`)
    await t.advance(100)
    const contacts = t.inHand().map((line) => line.split(' ')[1])
    expect(new Set(contacts).size).toBe(18)
    expect(t.inHand().every((line) => line.endsWith('owned'))).toBe(true)
    expect([...t.queues.values()].map(({ state }) => state.entries.size)).toEqual([0, 0])
  })

  it('what nobody answers goes on to the next agent after the ring', async () => {
    const t = town()
    t.addAgent('ann', ['sales'], 1)
    t.addAgent('bob', ['sales'], 1)
    t.available('ann')
    t.available('bob')
    t.contact('x', ['sales'])
    await t.advance(200)
    const first = t.inHand()[0]?.split(' ')[0]
    await t.advance(15_200)
    expect(t.inHand()).toHaveLength(1)
    expect(t.inHand()[0]?.split(' ')[0]).not.toBe(first)
  })
})

/** Work that can wait steps back for work that cannot, and comes back by itself: AG12 to AG14. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AgentState, agentModel } from '../../core/agent/model.ts'
import { address } from '../../core/ids.ts'
import { type ItemRow, ItemRow as ItemRowSchema } from '../../core/protocol/agent.ts'
import { AgentConfig, Config, Timings } from '../../core/protocol/config.ts'
import type { Medium, MediumConfig } from '../../core/protocol/media.ts'
import { type Capacity, waits } from '../../core/routing/capacity.ts'
import { agent, conversation, Harness, org, staff } from '../support/harness.ts'
import { Talk } from '../support/talk.ts'

const ann = staff('ann')
const card = { customer: { id: 'c', name: 'Cleo', verified: true }, waitingSince: 5 }
const { media } = Config.parse({ organisation: 'o', queues: {}, plans: {}, entrances: { chat: 'p' }, agents: {} })
const patient = { ...media, chat: { ...media.chat, interruptible: true } }

class Desk {
  readonly h: Harness<AgentState> = new Harness(address(org, 'agent', agent('ann')), agentModel)
  #leases = 0
  #version = 0

  constructor(terms: Readonly<Record<Medium, MediumConfig>> = patient, total?: number) {
    this.configure(terms, total)
    this.h.connect(ann)
    this.h.command(ann, 'presence', { presence: 'available' })
  }

  configure(terms: Readonly<Record<Medium, MediumConfig>>, total?: number): void {
    const config = AgentConfig.parse({ name: 'Ann', queues: [], ...(total === undefined ? {} : { total }) })
    const slice = { version: ++this.#version, config, queueNames: {}, reasons: [], media: terms }
    this.h.receive(address(org, 'book', 'book'), { type: 'agent-config', ...slice, timings: Timings.parse({}) })
  }

  rings(id: string, medium: Medium = 'chat', force = false): number {
    const lease = ++this.#leases
    const what = { conversation: conversation(id), lease, medium, stay: 1, force, card }
    this.h.receive(address(org, 'conversation', conversation(id)), { type: 'assign', ...what })
    return lease
  }

  takes(id: string, medium: Medium = 'chat', force = false): number {
    const lease = this.rings(id, medium, force)
    this.h.command(ann, 'accept', { conversation: id, lease })
    return lease
  }

  ends(id: string, lease: number): void {
    const to = address(org, 'conversation', conversation(id))
    this.h.receive(to, { type: 'end', conversation: conversation(id), lease, why: 'closed' })
  }

  /** Those whose row says so. */
  get interrupted(): string[] {
    return this.rows.filter(({ interrupted }) => interrupted !== undefined).map((row) => row.conversation)
  }

  get rows(): ItemRow[] {
    return this.h.state.board.snapshot().flatMap(({ body }) => {
      const row = ItemRowSchema.safeParse(body)
      return row.success ? [row.data] : []
    })
  }

  async told(): Promise<string[]> {
    const sent = await this.h.sentOf('interrupted')
    return sent.map(({ lease, on }) => `${lease} ${on ? 'waits' : 'goes on'}`)
  }
}

describe('at the agent', () => {
  it('AG12: a chat that can wait does while a call is in hand, after-work included, and goes on by itself', async () => {
    const desk = new Desk()
    const [x, y] = [desk.takes('x'), desk.takes('y')]
    expect(desk.interrupted).toEqual([])
    const call = desk.rings('call', 'voice')
    expect(desk.interrupted).toEqual([])
    desk.h.command(ann, 'accept', { conversation: 'call', lease: call })
    expect(desk.interrupted).toEqual(['x', 'y'])
    expect(await desk.told()).toEqual([`${x} waits`, `${y} waits`])
    desk.h.evict()
    desk.ends('call', call)
    expect(desk.h.state.items.get('call')?.state).toBe('wrap')
    expect(desk.interrupted).toEqual(['x', 'y'])
    desk.h.command(ann, 'finish', { conversation: 'call' })
    expect(desk.interrupted).toEqual([])
    expect(await desk.told()).toEqual([`${x} goes on`, `${y} goes on`])
    expect(desk.rows.map((row) => [row.conversation, row.state, row.lease])).toEqual([
      ['x', 'owned', x],
      ['y', 'owned', y],
    ])
  })

  it('AG12: what goes together waits for nobody; what is not interruptible never waits', async () => {
    const beside = new Desk({ ...patient, voice: { ...media.voice, exclusive: false } }, 3)
    beside.takes('x')
    beside.takes('call', 'voice')
    expect(beside.interrupted).toEqual([])
    const firm = new Desk(media)
    firm.takes('x')
    firm.takes('call', 'voice', true)
    expect(firm.interrupted).toEqual([])
  })

  it('AG12: a change of the configuration tells anew who waits', async () => {
    const desk = new Desk({ ...patient, voice: { ...media.voice, exclusive: false } }, 2)
    desk.takes('x')
    desk.takes('call', 'voice')
    desk.configure(patient, 2)
    expect(desk.interrupted).toEqual(['x'])
    desk.configure(media, 2)
    expect(desk.interrupted).toEqual([])
    expect(await desk.told()).toEqual(['1 waits', '1 goes on'])
  })

  it('AG12: what waits can be answered, ended and wrapped up like any other work', async () => {
    const desk = new Desk({ ...patient, chat: { ...patient.chat, wrap: 20_000 } })
    const x = desk.takes('x')
    desk.takes('call', 'voice')
    desk.ends('x', x)
    expect(desk.h.state.items.get('x')).toMatchObject({ state: 'wrap' })
    expect(desk.interrupted).toEqual([])
  })

  it('AG13: an offer that could wait and rings out beside a call is given back, and no miss', async () => {
    const desk = new Desk()
    desk.rings('x')
    desk.takes('call', 'voice')
    await desk.h.sent()
    await desk.h.advance(15_000)
    expect(await desk.h.sentOf('declined')).toMatchObject([{ why: 'away' }])
    expect(desk.h.state.self.get()).toMatchObject({ presence: 'available', notResponding: false, missed: 0 })
  })

  it('AG14: capacity lowered below the load says so on the board until it has drained', async () => {
    const desk = new Desk()
    const x = desk.takes('x')
    const over = () => desk.h.state.board.row('me')
    desk.h.command(ann, 'capacity', { medium: 'chat', units: 0 })
    expect(over()).toMatchObject({ over: { units: { chat: 1 }, weight: 0 } })
    desk.ends('x', x)
    expect(over()).not.toHaveProperty('over')
  })
})

describe('what waits', () => {
  const names = ['chat', 'voice', 'mail'] as const
  const terms = fc.record({
    units: fc.constant(9),
    exclusive: fc.boolean(),
    weight: fc.integer({ min: 0, max: 3 }),
    interruptible: fc.boolean(),
  })
  const capacity: fc.Arbitrary<Capacity<(typeof names)[number]>> = fc.record({
    media: fc.record({ chat: terms, voice: terms, mail: terms }),
    total: fc.option(fc.integer({ min: 0, max: 8 })),
  })

  it('AG12: is nothing or all that can, and only where all together are too much', () => {
    fc.assert(
      fc.property(capacity, fc.array(fc.constantFrom(...names), { maxLength: 6 }), (c, items) => {
        const waiting = waits(items, c)
        const patientOnes = items.filter((each) => c.media[each].interruptible)
        const weight = items.reduce((sum, each) => sum + c.media[each].weight, 0)
        const tooMuch =
          (c.total !== null && weight > c.total) || (items.length > 1 && items.some((each) => c.media[each].exclusive))
        expect(waiting).toEqual(tooMuch && patientOnes.length < items.length ? patientOnes : [])
      }),
      { numRuns: 500 },
    )
  })
})

describe('at the conversation', () => {
  it('AG12: staff see since when; only the present owner’s word counts, and it ends with the ownership', () => {
    const t = new Talk()
    const lease = t.ownedBy('ada')
    const waitsUnder = (of: number, on = true) =>
      t.from('ada', { type: 'interrupted', agent: agent('ada'), lease: of, on })
    waitsUnder(lease + 1)
    expect(t.view('staff').interrupted).toBeNull()
    waitsUnder(lease)
    expect(t.view('staff')).toMatchObject({ status: 'talking', interrupted: { since: t.h.now } })
    waitsUnder(lease, false)
    expect(t.view('staff').interrupted).toBeNull()
    waitsUnder(lease)
    t.lose('ada', lease)
    expect(t.view('staff')).toMatchObject({ status: 'waiting', interrupted: null })
  })
})

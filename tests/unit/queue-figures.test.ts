/** What a queue tells about itself: figures to plans that wait for them, places and expected waits to who waits. */
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { address } from '../../core/ids.ts'
import { QueueConfig, Timings } from '../../core/protocol/config.ts'
import type { Avail, Picture } from '../../core/protocol/messages.ts'
import type { QueueCondition } from '../../core/protocol/plan.ts'
import { type QueueState, queueModel } from '../../core/queue/model.ts'
import { toldPlace } from '../../core/routing/places.ts'
import { agent, conversation, Harness, org, queue } from '../support/harness.ts'

const S = 1_000
const MINUTE = 60_000
let h: Harness<QueueState>
const cvs = new Map<string, number>()

beforeEach(() => {
  h = new Harness(address(org, 'queue', queue('sales')), queueModel)
  cvs.clear()
  configure(1)
})

function configure(version: number, config: object = {}) {
  const whole = QueueConfig.parse({ name: 'Sales', ...config })
  const book = address(org, 'book', 'book')
  h.receive(book, { type: 'queue-config', version, config: whole, timings: Timings.parse({}) })
}

function waits(id: string, since = 0, more: object | null = {}) {
  const cv = (cvs.get(id) ?? 0) + 1
  cvs.set(id, cv)
  const plain = { medium: 'chat', priority: 0, avoid: [], customer: id, need: { level: 1, skills: {} } } as const
  const entry = more === null ? {} : { entry: { ...plain, since, ...more } }
  const from = address(org, 'conversation', conversation(id))
  h.receive(from, { type: 'wait', conversation: conversation(id), cv, stay: 1, ...entry })
}
const leaves = (id: string) => waits(id, 0, null)

function asks(id: string, v: number, picture: Partial<Picture>, more: Partial<Avail> = {}) {
  const plain: Picture = { free: [], items: {}, level: 1, skills: {}, idleSince: 0, on: true, serving: 0 }
  const message = { type: 'avail', agent: agent(id), v, picture: { ...plain, ...picture }, ...more } as const
  h.receive(address(org, 'agent', agent(id)), message)
}

function watches(id: string, ...conditions: QueueCondition[]) {
  h.receive(address(org, 'conversation', conversation(id)), {
    type: 'ask-figures',
    conversation: conversation(id),
    conditions,
  })
}

describe('the figures of a queue', () => {
  const busy: QueueCondition = { is: 'waiting', queue: 'sales', least: 2 }

  it('RT13: are told at once to who asks, and again only when a condition turns, a second later', async () => {
    watches('p', busy)
    expect(await h.sentOf('figures')).toEqual([
      { type: 'figures', queue: 'sales', waiting: 0, agents: 0, predicted: null },
    ])
    waits('x')
    h.advance(S)
    expect(await h.sentOf('figures')).toEqual([])
    waits('y')
    h.evict()
    waits('z')
    h.advance(S)
    expect(await h.sentOf('figures')).toMatchObject([{ waiting: 3 }])
    leaves('z')
    h.advance(S)
    expect(await h.sentOf('figures')).toEqual([])
    watches('p')
    leaves('x')
    leaves('y')
    h.advance(S)
    expect(await h.sentOf('figures')).toEqual([])
    expect(h.timers()).toEqual([])
  })

  it('RT13: count who is available, with room or without, and know the wait of the next from what was handled', async () => {
    asks('ann', 1, { items: { [conversation('c')]: 1 }, serving: 1 })
    asks('bob', 1, { serving: 0, on: false }, { handled: [4 * MINUTE, 6 * MINUTE] })
    waits('x')
    watches('p', busy)
    expect(await h.sentOf('figures')).toMatchObject([{ waiting: 1, agents: 1, predicted: 10 * MINUTE }])
    leaves('x')
    asks('ann', 2, { free: ['chat'] })
    watches('q', busy)
    expect(await h.sentOf('figures')).toMatchObject([{ waiting: 0, predicted: 0 }])
  })
})

describe('places', () => {
  /** What every waiting contact was told last. */
  const known = new Map<string, string>()
  beforeEach(() => known.clear())

  async function told(): Promise<number> {
    const all = await h.sent()
    const places = all.flatMap(({ to, message }) => (message.type === 'place' ? [{ to, message }] : []))
    for (const { to, message } of places)
      known.set(to.split('/')[2] ?? '', `${message.place} ${Math.round((message.wait?.expected ?? 0) / MINUTE)}`)
    return places.length
  }

  it('RT10: come with how long it will take, and again when that has become another step', async () => {
    asks('ann', 1, { items: { [conversation('c')]: 1 }, serving: 1 }, { handled: [5 * MINUTE] })
    waits('x', 1)
    waits('y', 2)
    h.advance(S)
    await told()
    expect([...known]).toEqual([
      ['x', '1 5'],
      ['y', '2 10'],
    ])
    asks('bob', 1, { items: { [conversation('d')]: 1 }, serving: 1 })
    waits('z', 3)
    h.advance(S)
    await told()
    expect([...known]).toEqual([
      ['x', '1 3'],
      ['y', '2 5'],
      ['z', '3 8'],
    ])
  })

  it('QU6: after any coming and going everybody was told what sorting all of them would say', async () => {
    const step = fc.record({
      what: fc.constantFrom('comes', 'comes', 'comes', 'leaves', 'moves', 'order', 'evicted'),
      who: fc.nat({ max: 150 }),
      since: fc.nat({ max: 400 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { maxLength: 60 }), { minLength: 2, maxLength: 6 }), async (seconds) => {
        h = new Harness(address(org, 'queue', queue('sales')), queueModel)
        known.clear()
        cvs.clear()
        configure(1)
        const here = new Map<string, { since: number; priority: number }>()
        let newestFirst = false
        let version = 1
        for (const steps of seconds) {
          for (const { what, who, since } of steps) {
            const id = `c${who}`
            if (what === 'order') {
              newestFirst = !newestFirst
              const list = [{ by: 'waiting', direction: newestFirst ? 'asc' : 'desc' }]
              configure((version += 1), { contactOrder: { by: 'list', list } })
            } else if (what === 'evicted') h.evict()
            else if (what === 'leaves') {
              if (here.delete(id)) leaves(id)
              known.delete(id)
            } else if (what === 'moves' || !here.has(id)) {
              const entry = { since, priority: what === 'moves' ? 1 : 0 }
              here.set(id, entry)
              waits(id, since, entry)
            }
          }
          // Long enough for what was under way when the memory went to be sent again.
          h.advance(90 * S)
          await told()
          const compare = h.state.lineup.compare
          const sorted = h.state.entries.values().sort(compare)
          const expected = new Map(sorted.map(({ conversation: id }, i) => [String(id), `${toldPlace(i + 1)} 0`]))
          const now = new Map([...known].filter(([id]) => here.has(id)))
          expect(Object.fromEntries(now)).toEqual(Object.fromEntries(expected))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('CV14: are told again under a new version, some hundreds a second: who hears of it asks Book', async () => {
    for (let i = 0; i < 700; i += 1) waits(`c${i}`, i)
    h.advance(S)
    await told()
    configure(2)
    for (const expected of [300, 300, 100, 0]) {
      h.advance(S)
      expect(await told()).toBe(expected)
    }
  })

  it('QU6: of a long queue only those at the ends of their brackets are looked at', async () => {
    for (let i = 0; i < 3_000; i += 1) waits(`c${String(i).padStart(4, '0')}`, i)
    h.advance(S)
    expect(await told()).toBe(3_000)
    leaves('c0000')
    h.advance(S)
    // 20 exact places, and one at each border: 8 of tens, 18 of fifties, 3 of five hundreds.
    expect(await told()).toBe(20 + 8 + 18 + 3)
  })
})

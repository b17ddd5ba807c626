/** What an actor tells the record: OB4. */
import { describe, expect, it } from 'vitest'
import type { WorldItem } from '../../core/engine/ports.ts'
import { Harness } from '../support/harness.ts'
import { say, TOLD_AT_ONCE, type ToyState, toyModel, toyName } from '../support/toy.ts'

const make = () => new Harness(toyName('toy'), toyModel())
const write = (h: Harness<ToyState>, ...texts: string[]) =>
  h.actor.decide((state) => {
    for (const text of texts) say(state, text, true)
  })
/** Its reports of itself travel beside it; see engine-trouble.test.ts. */
const isNews = ({ body }: WorldItem) => 'seq' in Object(body)
const seqs = (items: readonly WorldItem[]) => items.filter(isNews).map(({ body }) => Object(body).seq)
const news = async (h: Harness<ToyState>) => {
  await h.sent()
  return seqs(h.link.items)
}

/** Fails as often as told; keeps when it was asked and with what. */
function failing(h: Harness<ToyState>, times: number) {
  const tries: { at: number; seqs: number[] }[] = []
  h.link.toWorld = async (items) => {
    if (!items.some(isNews)) return
    tries.push({ at: h.now, seqs: seqs(items) })
    if (tries.length <= times) throw new Error('the record is away')
    h.link.items.push(...items)
  }
  return tries
}

/** Lets time pass in small steps, so that answers are heard in between. */
async function pass(h: Harness<ToyState>, ms: number, step = 500) {
  for (let left = ms; left > 0; left -= step) {
    h.advance(Math.min(step, left))
    await h.sent()
  }
}

describe('the world lane', () => {
  it('OB4: collects news for a second from the first of them', async () => {
    const h = make()
    write(h, 'one')
    h.advance(600)
    write(h, 'two')
    h.advance(399)
    expect(await news(h)).toEqual([])
    h.advance(1)
    expect(await news(h)).toEqual([1, 2])
    h.advance(60_000)
    expect(await news(h)).toEqual([1, 2])
  })

  it('OB4: rings no alarm while a batch is under way, and writes once when it is sure', async () => {
    const h = make()
    write(h, 'one')
    let answer = () => {}
    h.link.toWorld = () =>
      new Promise((resolve) => {
        answer = resolve
      })
    h.advance(1_000)
    expect(h.clock.wakeAt).toBeGreaterThan(h.now + 1_000)
    h.store.takeWrites()
    answer()
    await h.sent()
    expect(h.store.takeWrites()).toBe(0)
    h.advance(60_000)
    expect(h.store.takeWrites()).toBe(1)
    expect(h.clock.wakeAt).toBeNull()
  })

  it('OB4: goes on where a batch ends, at once and one after another, until all is told', async () => {
    const h = make()
    const tries = failing(h, 0)
    write(h, ...Array.from({ length: 8 }, (_, n) => `word ${n}`))
    h.advance(1_000)
    expect(await news(h)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(TOLD_AT_ONCE).toBe(3)
    expect(tries).toEqual(
      [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8],
      ].map((seqs) => ({ at: h.now, seqs })),
    )
    // What came after the last batch is collected for a second again.
    write(h, 'later')
    h.advance(999)
    expect(await news(h)).toHaveLength(8)
  })

  it('OB4: tries again, ever more seldom, and takes along what has come meanwhile', async () => {
    const h = make()
    const tries = failing(h, 3)
    write(h, 'one')
    await pass(h, 4_000)
    write(h, 'two')
    await pass(h, 20_000)
    const start = tries[0]?.at ?? 0
    expect(tries.map(({ at }) => at - start)).toEqual([0, 2_000, 6_000, 14_000])
    expect(tries.at(-1)?.seqs).toEqual([1, 2])
    expect(h.actor.stuck().parked).toEqual([])
  })

  it('OB4: parks what failed ten times, lists it, and tries no more', async () => {
    const h = make()
    const tries = failing(h, Number.POSITIVE_INFINITY)
    write(h, 'one')
    await pass(h, 4 * 3_600_000, 60_000)
    expect(tries).toHaveLength(10)
    const parked = [{ id: 1, kind: 'projection', attempts: 10, error: 'Error: the record is away' }]
    expect(h.actor.stuck().parked).toEqual(parked)
    h.evict()
    expect(h.actor.stuck().parked).toEqual(parked)
    write(h, 'two')
    await pass(h, 3_600_000, 60_000)
    expect(tries).toHaveLength(10)
  })

  it('OB4: tells all of it when it is replayed', async () => {
    const h = make()
    const tries = failing(h, 10)
    write(h, 'one')
    await pass(h, 4 * 3_600_000, 60_000)
    write(h, 'two')
    h.evict()
    expect(h.actor.replay()).toBe(1)
    expect(await news(h)).toEqual([1, 2])
    expect(tries).toHaveLength(11)
    expect(h.actor.stuck().parked).toEqual([])
    expect(h.actor.replay()).toBe(0)
    write(h, 'three')
    await pass(h, 1_000)
    expect(await news(h)).toEqual([1, 2, 3])
  })

  it('OB4: hands a batch over again when its answer never comes', async () => {
    const h = make()
    let asked = 0
    h.link.toWorld = (items) => {
      asked += 1
      if (asked === 1) return new Promise(() => {})
      h.link.items.push(...items)
      return Promise.resolve()
    }
    write(h, 'one')
    await pass(h, 35_000)
    expect(await news(h)).toEqual([1])
  })

  it('OB4: tells again what was under way when the actor was evicted: at least once', async () => {
    const h = make()
    h.link.toWorld = () => new Promise(() => {})
    write(h, 'one')
    h.advance(1_000)
    h.evict()
    h.link.toWorld = async (items) => void h.link.items.push(...items)
    await pass(h, 1_000)
    expect(await news(h)).toEqual([1])
  })

  it('OB4: tells by its alarm what no timer told, because the life that set it is over', async () => {
    const h = make()
    write(h, 'one')
    const { wakeAt } = h.clock
    h.clock.nudgeAt = null
    await pass(h, 7_999)
    expect(await news(h)).toEqual([])
    expect(h.clock.wakeAt).toBe(wakeAt)
    await pass(h, 1)
    expect(await news(h)).toEqual([1])
  })

  it('OB4: sets one alarm for a lone word: to look whether it has arrived', async () => {
    const h = make()
    const alarms: (number | null)[] = []
    const { wake } = h.clock
    h.clock.wake = (at) => {
      alarms.push(at)
      wake.call(h.clock, at)
    }
    write(h, 'one')
    await pass(h, 60_000)
    expect(alarms).toEqual([1_000_000 + 8_000])
    expect(await news(h)).toEqual([1])
  })

  it('OB4: tells again what the carrier took within 5 s before the end: it may have ended with it', async () => {
    const h = make()
    write(h, 'one')
    await pass(h, 8_000)
    write(h, 'two')
    await pass(h, 1_000)
    expect(await news(h)).toEqual([1, 2])
    h.evict()
    // By itself, although nobody comes.
    await pass(h, 10_000)
    expect(await news(h)).toEqual([1, 2, 2])
    h.evict()
    await pass(h, 60_000)
    expect(await news(h)).toEqual([1, 2, 2])
  })

  it('OB4: a busy actor keeps the last 5 s unsure, and writes how far it is every 20 s', async () => {
    const h = make()
    let cursors = 0
    const { write: store } = h.store
    h.store.write = (statements) => {
      cursors += statements.filter(([, tab]) => tab === 'engine:projection').length
      store.call(h.store, statements)
    }
    for (let second = 1; second <= 60; second++) {
      write(h, `second ${second}`)
      await pass(h, 1_000)
    }
    expect(cursors).toBeLessThanOrEqual(4)
    h.link.items.length = 0
    h.evict()
    await pass(h, 5_000)
    const again = await news(h)
    expect(again.at(-1)).toBe(60)
    expect(again.length).toBeGreaterThanOrEqual(5)
    expect(again.length).toBeLessThanOrEqual(27)
  })
})

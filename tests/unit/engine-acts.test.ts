/** How an act leaves the actor where it was done: AU5. */
import { describe, expect, it } from 'vitest'
import type { Act } from '../../core/protocol/administration.ts'
import { Harness, staff } from '../support/harness.ts'
import { type ToyState, toyModel, toyName } from '../support/toy.ts'

const make = () => new Harness(toyName('a'), toyModel())
const act = (h: Harness<ToyState>, n: number) =>
  h.actor.decide((_state, turn) =>
    turn.audit(staff('sam', 'supervisor'), { action: 'a.b', before: null, after: { n } }),
  )

const acts = (h: Harness<ToyState>): Act[] => h.link.items.flatMap(({ body }) => Object(body).records.map(Object))
const told = (h: Harness<ToyState>) => acts(h).map((record) => Object(record).act)
const numbers = (h: Harness<ToyState>) => told(h).map(({ after }) => after.n)
const rows = (h: Harness<ToyState>) => h.store.exec("SELECT key FROM state WHERE tab = 'engine:acts'").length

/** Lets time pass in small steps, so that answers are heard in between. */
async function pass(h: Harness<ToyState>, ms: number, step = 500) {
  for (let left = ms; left > 0; left -= step) {
    h.advance(Math.min(step, left))
    await h.sent()
  }
}

describe('an act', () => {
  it('AU5: goes to the record with who, to what and when, once, in order, and keeps one row', async () => {
    const h = make()
    const began = h.now
    act(h, 1)
    act(h, 2)
    await pass(h, 60_000)
    act(h, 3)
    await pass(h, 60_000)
    expect(numbers(h)).toEqual([1, 2, 3])
    expect(told(h)[0]).toMatchObject({
      at: began,
      by: { id: 'sam', role: 'supervisor' },
      object: { kind: 'conversation', id: 'a' },
      from: null,
    })
    expect(rows(h)).toBe(1)
    expect(h.clock.wakeAt).toBeNull()
  })

  it('AU5: is not lost with the memory, and told again only as the same act', async () => {
    const h = make()
    act(h, 1)
    h.evict()
    await pass(h, 2_000)
    h.evict()
    await pass(h, 2_000)
    act(h, 2)
    h.evict()
    await pass(h, 60_000)
    expect(numbers(h)).toEqual([1, 1, 1, 2])
    expect(new Set(told(h).map(({ id }) => id)).size).toBe(2)
    h.evict()
    await pass(h, 60_000)
    expect(numbers(h)).toHaveLength(4)
  })

  it('AU5: of a turn that failed is none', async () => {
    const h = make()
    expect(() =>
      h.actor.decide((_state, turn) => {
        turn.audit(staff('sam', 'supervisor'), { action: 'a.b', before: null, after: null })
        throw new Error('a bug')
      }),
    ).toThrow('a bug')
    await pass(h, 10_000)
    expect([numbers(h), h.store.exec('SELECT name FROM sqlite_master'), h.clock.wakeAt]).toEqual([[], [], null])
  })

  it('AU5: is told however long the record was away', async () => {
    const h = make()
    const items = h.link.toWorld.bind(h.link)
    h.link.toWorld = () => Promise.reject(new Error('the record is away'))
    act(h, 1)
    await pass(h, 4 * 3_600_000, 10_000)
    h.link.toWorld = items
    await pass(h, 600_000, 10_000)
    expect(numbers(h)).toEqual([1])
  })
})

/** Deadlines over the one alarm: OB6. */
import { describe, expect, it } from 'vitest'
import type { Turn } from '../../core/engine/model.ts'
import { Harness } from '../support/harness.ts'
import { type Hooks, type ToyState, toyModel, toyName } from '../support/toy.ts'

const make = (hooks: Hooks = {}) => new Harness(toyName('toy'), toyModel(hooks))
const set = (h: Harness<ToyState>, ...times: [name: string, at: number | null][]) =>
  h.actor.decide((_state, turn) => {
    for (const [name, at] of times) turn.deadline(name, at)
  })
const fired = (h: Harness<ToyState>) => h.state.log.after(0, 1_000).map(({ body }) => body.text.replace('due ', ''))
const T = 1_000_000
/** Rings as the platform does: whenever the wanted instant has come. The number of rings. */
function ring(h: Harness<ToyState>, upTo: number): number {
  let rings = 0
  for (; h.clock.wakeAt !== null && h.clock.wakeAt <= h.now && rings < upTo; rings += 1) {
    h.clock.wakeAt = null
    h.actor.alarm()
  }
  return rings
}

describe('a deadline', () => {
  it('OB6: fires once, not before its time, in the order of time', () => {
    const h = make()
    set(h, ['late', T + 9_000], ['early', T + 5_000], ['b', T + 7_000], ['a', T + 7_000])
    expect(h.clock.wakeAt).toBe(T + 5_000)
    h.advance(4_999)
    expect(fired(h)).toEqual([])
    h.advance(1)
    expect(fired(h)).toEqual(['early'])
    h.advance(60_000)
    expect(fired(h)).toEqual(['early', 'a', 'b', 'late'])
  })

  it('OB6: that is moved or lifted fires at its new time, or not at all', () => {
    const h = make()
    set(h, ['moved', T + 1_000], ['lifted', T + 2_000])
    set(h, ['moved', T + 3_000], ['lifted', null], ['never', null])
    h.advance(2_999)
    expect(fired(h)).toEqual([])
    h.advance(1)
    expect(fired(h)).toEqual(['moved'])
  })

  it('OB6: fires after an eviction, and when the actor was away at its time', () => {
    const h = make()
    set(h, ['a', T + 1_000], ['b', T + 2_000])
    h.evict()
    h.advance(1_000)
    expect(fired(h)).toEqual(['a'])
    // Killed over its time: nothing rang, the alarm itself was lost.
    h.clock.wakeAt = null
    h.clock.time = T + 3_600_000
    h.evict()
    expect(h.clock.wakeAt).toBeLessThanOrEqual(h.now)
    h.advance(0)
    expect(fired(h)).toEqual(['a', 'b'])
  })

  it('OB6: of a fraction of a millisecond is rounded up', () => {
    const h = make()
    set(h, ['a', T + 0.2])
    expect(h.clock.wakeAt).toBe(T + 1)
  })

  it('OB6: whose handler throws is tried again a minute later; the others fire all the same', () => {
    let broken = true
    const due = (_state: ToyState, _turn: Turn, name: string) => {
      if (broken && name === 'b') throw new Error('no')
    }
    const h = make({ due })
    set(h, ['a', T + 1_000], ['b', T + 1_000], ['c', T + 1_000], ['d', T + 2_000])
    h.clock.time = T + 2_000
    expect(ring(h, 10)).toBe(1)
    expect(fired(h)).toEqual(['a', 'c', 'd'])
    expect(h.errors).toHaveLength(1)
    h.evict()
    broken = false
    h.advance(59_999)
    expect(fired(h)).toEqual(['a', 'c', 'd'])
    h.advance(1)
    expect(fired(h)).toEqual(['a', 'c', 'd', 'b'])
  })

  it('OB6: that its own handler sets for an instant that has come holds up neither the alarm nor the others', () => {
    let again = 5
    const due = (_state: ToyState, turn: Turn, name: string) => {
      if (name === 'a' && again-- > 0) turn.deadline('a', turn.now - 500)
    }
    const h = make({ due })
    set(h, ['a', T + 1_000], ['b', T + 1_000])
    h.clock.time = T + 1_000
    ring(h, 1)
    expect(fired(h)).toEqual(['a', 'b'])
    ring(h, 20)
    expect(fired(h).filter((name) => name === 'a')).toHaveLength(6)
  })

  it('OB6: does not ring without end when every turn of the actor fails', () => {
    let broken = true
    const h = make({
      settle: () => {
        if (broken) throw new Error('no')
      },
    })
    broken = false
    set(h, ['a', T + 1_000])
    broken = true
    h.clock.time = T + 1_000
    expect(ring(h, 50)).toBeLessThan(3)
    broken = false
    h.advance(60_000)
    expect(fired(h)).toEqual(['a'])
  })

  it('OB6: that is set anew by a turn costs no alarm when the earliest stays', () => {
    const h = make()
    set(h, ['a', T + 5_000])
    h.clock.wakeAt = null
    set(h, ['b', T + 6_000])
    expect(h.clock.wakeAt).toBeNull()
    set(h, ['c', T + 4_000])
    expect(h.clock.wakeAt).toBe(T + 4_000)
  })
})

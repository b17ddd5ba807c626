import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimate, keyOf, type Range, soonest, steps, type Told, tell } from '../../../core/routing/estimate.ts'

const MINUTE = 60_000
const range = (low: number, high: number): Range => ({ low, expected: (low + high) / 2, high })

describe('the expected wait', () => {
  it('RT10: is the work before the contact, shared among those who do it', () => {
    expect(estimate(1, { servers: 1, handle: 5 * MINUTE })?.expected).toBe(5 * MINUTE)
    expect(estimate(6, { servers: 1.5, handle: 5 * MINUTE })?.expected).toBe(20 * MINUTE)
    expect(estimate(6, { servers: 0, handle: 5 * MINUTE })).toBeNull()
  })

  it.each([
    // Quantiles of the gamma distribution with k = 1, where it is -ln(1 - p); k = 2, 10 from tables of chi-square(2k) / 2.
    [1, 0.2231, 1.6094],
    [2, 0.8244, 2.9943],
    [10, 7.2892, 12.519],
  ])('RT10: at place %i a fifth is served before the range, and a fifth after it', (place, low, high) => {
    const found = estimate(place, { servers: 1, handle: 1 })
    expect(found?.low).toBeCloseTo(low, 1)
    expect(found?.high).toBeCloseTo(high, 1)
  })

  it('RT10: in several queues it is the shortest', () => {
    expect(soonest([null, range(4, 6), range(1, 3), null])).toEqual(range(1, 3))
    expect(soonest([null])).toBeNull()
  })
})

describe('the told wait', () => {
  const told = (...ranges: readonly Range[]) => {
    let last: Told | null = null
    return ranges.map((each) => {
      last = tell(last, each)
      return `${steps[last.from]}–${steps[last.to]}`
    })
  }

  it('RT11: is rounded outwards to minutes that people count in', () => {
    expect(told(range(2.4 * MINUTE, 5.5 * MINUTE))).toEqual(['2–7'])
    expect(told(range(0, 1))).toEqual(['0–1'])
    expect(told(range(300 * MINUTE, 400 * MINUTE))).toEqual(['180–240'])
  })

  it('RT11: falls as it likes, and rises by one step only, however bad it gets', () => {
    const worse = [range(4, 9), range(1, 2), range(4, 9), range(30, 50), range(30, 50)].map(({ low, high }) =>
      range(low * MINUTE, high * MINUTE),
    )
    expect(told(...worse)).toEqual(['3–10', '1–2', '2–3', '2–3', '2–3'])
  })

  it('RT11: whatever is estimated, nothing told is more than one step above anything told before', () => {
    const ranges = fc.array(
      fc
        .tuple(fc.nat({ max: 300 }), fc.nat({ max: 300 }))
        .map(([a, b]) => range(Math.min(a, b) * MINUTE, Math.max(a, b) * MINUTE)),
    )
    fc.assert(
      fc.property(ranges, (all) => {
        let last: Told | null = null
        let least: number = steps.length
        for (const each of all) {
          last = tell(last, each)
          expect(last.to).toBeLessThanOrEqual(least + 1)
          expect(last.from).toBeLessThan(last.to)
          least = Math.min(least, last.to)
        }
      }),
    )
  })

  /** Estimates that differ by less than the band, in any order. */
  const around = fc
    .tuple(
      fc.double({ min: 0.2, max: 250, noNaN: true }),
      fc.double({ min: 1.2, max: 4, noNaN: true }),
      fc.array(fc.tuple(fc.double({ min: 0, max: 0.14, noNaN: true }), fc.double({ min: 0, max: 0.14, noNaN: true }))),
    )
    .map(([low, wide, noise]) => noise.map(([a, b]) => range(low * (1 + a) * MINUTE, low * wide * (1 + b) * MINUTE)))

  it('RT21: what is told does not go back and forth while the estimate stays about the same', () => {
    fc.assert(
      fc.property(around, (all) => {
        const said = told(...all)
        const changes = said.filter((each, i) => i === 0 || each !== said[i - 1])
        expect(changes).toEqual([...new Set(changes)])
        expect(changes.length).toBeLessThanOrEqual(3)
      }),
      { numRuns: 1_000 },
    )
  })

  it('RT21: moves up when the estimate has passed its step by the band, and falls at the step', () => {
    const ends = [4.9, 5.1, 4.9, 5.7, 5.8, 5.6, 5.1, 5].map((high) => range(2 * MINUTE, high * MINUTE))
    expect(told(...ends)).toEqual(['2–5', '2–5', '2–5', '2–5', '2–7', '2–7', '2–7', '2–5'])
    const begins = [2.9, 3.1, 3.4, 3.5, 3.1, 3, 2.9].map((low) => range(low * MINUTE, 9 * MINUTE))
    expect(told(...begins)).toEqual(['2–10', '2–10', '2–10', '3–10', '3–10', '3–10', '2–10'])
  })

  it('RT21: estimates of one key are told alike, whatever was told before', () => {
    const any = fc
      .tuple(fc.nat({ max: 300_000 }), fc.nat({ max: 300_000 }))
      .map(([a, b]) => range(Math.min(a, b), Math.max(a, b)))
    fc.assert(
      fc.property(fc.array(any), any, any, (before, x, y) => {
        fc.pre(keyOf(x) === keyOf(y))
        const last = before.reduce<Told | null>((told, each) => tell(told, each), null)
        expect(tell(last, x)).toEqual(tell(last, y))
      }),
      { numRuns: 2_000 },
    )
  })
})

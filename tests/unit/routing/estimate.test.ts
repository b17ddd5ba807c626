import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimate, type Range, soonest, steps, type Told, tell } from '../../../core/routing/estimate.ts'

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
})

/** The formulas against published values; where the last digits are not published, against double precision. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { incompleteBeta, logGamma } from '../../../core/theory/beta.ts'
import { erlangB, erlangC, patient } from '../../../core/theory/erlang.ts'
import { impatient } from '../../../core/theory/impatience.ts'
import { byPriority, meanWait } from '../../../core/theory/priority.ts'

describe('Erlang B', () => {
  it.each([
    [30, 25, 0.0526031722],
    [1, 1, 0.5],
    [5, 3, 0.1100543478],
    [10, 5, 0.0183845703],
    [100, 100, 0.0757004527],
  ])('RT12: %i trunks at %d erlang block %d', (servers, load, share) => {
    expect(erlangB(servers, load)).toBeCloseTo(share, 10)
  })

  it.each([
    [0.01, [0.0101, 0.1526, 1.3608, 4.4612, 12.0306, 37.9014, 84.0642]],
    [0.02, [0.0204, 0.2235, 1.6571, 5.084, 13.1815, 40.2551, 87.972]],
  ])('RT12: blocks %d at the loads of the standard table', (share, loads) => {
    for (const [i, servers] of [1, 2, 5, 10, 20, 50, 100].entries()) {
      const load = loads[i] ?? 0
      expect(erlangB(servers, load - 0.0001)).toBeLessThan(share)
      expect(erlangB(servers, load + 0.0001)).toBeGreaterThan(share)
    }
  })
})

describe('Erlang C', () => {
  it.each([
    // CRAN ErlangC 0.1.0, README: n = 14, 11; pyworkforce, README: n = 14.
    [14, 10, 180, 20, 0.1741319336, 7.83593701, 0.8883500192],
    [13, 10, 180, 20, 0.285270453, 17.11622718, 0.7955947884],
    [12, 10, 180, 20, 0.4493882243, 40.44494019, 0.6401580404],
    [11, 10, 180, 20, 0.6821182047, 122.78127684, 0.3896138117],
    [55, 48, 240, 15, 0.2387009364, 8.1840321, 0.8458830922],
    [50, 48, 60, 20, 0.6944556112, 20.83366834, 0.6434546008],
    [28, 22.9166666667, 330, 30, 0.2272412275, 14.75205346, 0.8568503026],
    [110, 100, 180, 20, 0.2370075003, 4.26613501, 0.9219787928],
  ])('RT12: %i agents at %d erlang', (agents, load, handle, time, waits, mean, level) => {
    const group = patient({ agents, rate: load / handle, handle })
    expect(group.waits).toBeCloseTo(waits, 8)
    expect(group.mean).toBeCloseTo(mean, 5)
    expect(group.within(time)).toBeCloseTo(level, 8)
    expect(group.occupancy).toBeCloseTo(load / agents, 10)
  })

  it('RT12: the closed form of two agents, and a book example (Bronson 24.6)', () => {
    expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 12)
    const shop = patient({ agents: 3, rate: 300, handle: 1 / 182.5 })
    expect(shop.waits).toBeCloseTo(0.2907513803, 9)
    expect(shop.queue).toBeCloseTo(0.352426, 6)
  })

  it('RT12: the 90th percentile of Garnett, Mandelbaum and Reiman; 28 agents are the fewest for 80 % in 30 s', () => {
    expect(patient({ agents: 50, rate: 48 / 60, handle: 60 }).quantile(0.9)).toBeCloseTo(58.139, 3)
    const needs = (agents: number) => patient({ agents, rate: 250 / 3_600, handle: 330 }).within(30)
    expect(needs(28)).toBeGreaterThan(0.8)
    expect(needs(27)).toBeLessThan(0.8)
  })

  it('RT12: a group that cannot keep up', () => {
    expect(patient({ agents: 3, rate: 4, handle: 1 })).toMatchObject({ waits: 1, mean: Number.POSITIVE_INFINITY })
    expect(patient({ agents: 3, rate: 3, handle: 1 }).within(1_000)).toBe(0)
  })
})

describe('Erlang A', () => {
  const of = (agents: number, rate: number, handle: number, patience: number) =>
    impatient({ agents, rate, handle, patience })

  it.each([
    // Garnett et al. 2002: 3.1 % leave, 3.7 s, 3 wait, 93 % busy.
    [50, 48 / 60, 60, 120, 0.46777407, 0.03091225, 3.70947, 2.96757592, 0.93032424, 0.94301895],
    // pyworkforce, documentation.
    [13, 100 / 1_800, 180, 300, 0.225797, 0.024963, 7.48902, 0.416055, 0.750028, 0.858178],
    [12, 100 / 1_800, 180, 120, 0.27980702, 0.06159738, 7.39168, 0.41064918, 0.78200219, 0.82558264],
    [14, 100 / 1_800, 180, 180, 0.13553558, 0.01869372, 3.36487, 0.18693715, 0.70093306, 0.92555979],
    [11, 100 / 1_800, 180, 180, 0.41696025, 0.08341401, 15.01452, 0.83414011, 0.83325999, 0.70537101],
  ])('RT12: %i agents', (agents, rate, handle, patience, waits, left, mean, queue, occupancy, level) => {
    const group = of(agents, rate, handle, patience)
    expect(group.waits).toBeCloseTo(waits, 6)
    expect(group.abandoned).toBeCloseTo(left, 6)
    expect(group.mean).toBeCloseTo(mean, 4)
    expect(group.queue).toBeCloseTo(queue, 6)
    expect(group.occupancy).toBeCloseTo(occupancy, 6)
    expect(group.level(20).ofOffered).toBeCloseTo(level, 6)
  })

  it('RT12: the three definitions of the service level are five points apart', () => {
    const { ofOffered, ofAnswered, withoutShort } = of(12, 100 / 1_800, 180, 120).level(20)
    expect(ofOffered).toBeCloseTo(0.82558, 5)
    expect(ofAnswered).toBeCloseTo(0.87977, 5)
    expect(withoutShort).toBeCloseTo(0.85464, 5)
  })

  it('RT12: with endless patience it is Erlang C, and large quiet groups do not overflow', () => {
    const c = patient({ agents: 14, rate: 10 / 180, handle: 180 })
    const a = of(14, 10 / 180, 180, 1e9)
    expect(a.waits).toBeCloseTo(c.waits, 5)
    expect(a.mean).toBeCloseTo(c.mean, 3)
    expect(of(2_000, 1, 1, 1).waits).toBe(0)
  })
})

describe('priorities', () => {
  it("RT12: Cobham's waits of two classes, whose mean is that of one queue in order of age", () => {
    const rates = [2, 6]
    const waits = byPriority(10, 1, rates)
    expect(waits[0]).toBeCloseTo(0.0511475188, 10)
    expect(waits[1]).toBeCloseTo(0.2557375942, 10)
    expect(meanWait(rates, waits)).toBeCloseTo(0.2045900754, 10)
  })

  it('RT12: the mean over all classes does not depend on the classes', () => {
    const rates = fc.array(fc.double({ min: 0.01, max: 2, noNaN: true }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(rates, (all) => {
        const rate = all.reduce((sum, each) => sum + each, 0)
        const { mean } = patient({ agents: 9, rate, handle: 1 })
        expect(meanWait(all, byPriority(9, 1, all)) / mean).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('the incomplete beta function', () => {
  it.each([
    [0.5, 2, 3, 0.6875],
    [0.2, 1, 5, 1 - 0.8 ** 5],
    [0.9, 10, 1, 0.9 ** 10],
    [0.3, 0.5, 0.5, (2 / Math.PI) * Math.asin(Math.sqrt(0.3))],
  ])('I_%d(%d, %d) = %d', (x, a, b, value) => {
    expect(incompleteBeta(x, a, b)).toBeCloseTo(value, 12)
  })

  it('stands on the gamma function', () => {
    expect(logGamma(10)).toBeCloseTo(Math.log(362_880), 11)
    expect(logGamma(0.25)).toBeCloseTo(Math.log(3.625609908221908), 11)
  })
})

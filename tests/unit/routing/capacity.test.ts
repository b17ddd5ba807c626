import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Capacity, drains, fits, type Terms, waits } from '../../../core/routing/capacity.ts'

const media = ['chat', 'voice', 'video', 'mail'] as const
type M = (typeof media)[number]

const plain: Terms = { units: 1, exclusive: false, weight: 1, interruptible: false }
const office: Capacity<M> = {
  media: {
    chat: { ...plain, units: 3 },
    voice: { ...plain, exclusive: true },
    video: { ...plain, weight: 3 },
    mail: { ...plain, units: 5, interruptible: true },
  },
  total: 4,
}
const terms = fc.record({
  units: fc.integer({ min: 0, max: 3 }),
  exclusive: fc.boolean(),
  weight: fc.integer({ min: 0, max: 3 }),
  interruptible: fc.boolean(),
})
const capacity: fc.Arbitrary<Capacity<M>> = fc.record({
  media: fc.record({ chat: terms, voice: terms, video: terms, mail: terms }),
  total: fc.option(fc.integer({ min: 0, max: 8 })),
})
const medium = fc.constantFrom(...media)
const hand = fc.array(medium, { maxLength: 6 })

/** How many of a medium can come one after another. */
function room<M extends string>(wanted: M, items: readonly M[], capacity: Capacity<M>): number {
  const inHand = [...items]
  while (fits(wanted, inHand, capacity)) inHand.push(wanted)
  return inHand.length - items.length
}

/** What waits when this has come, if it can. */
const setAside = <M extends string>(wanted: M, items: readonly M[], capacity: Capacity<M>): readonly M[] =>
  fits(wanted, items, capacity) ? waits([...items, wanted], capacity) : []

describe('room', () => {
  it.each<[M, M[], boolean]>([
    ['chat', ['chat', 'chat'], true],
    ['chat', ['chat', 'chat', 'chat'], false],
    ['video', ['chat'], true],
    ['video', ['chat', 'chat'], false],
    ['voice', ['chat'], false],
    ['chat', ['voice'], false],
    ['voice', ['mail', 'mail'], true],
    ['video', ['mail', 'mail'], true],
    ['mail', ['voice'], false],
    ['mail', ['chat', 'chat', 'chat'], true],
    ['mail', ['chat', 'chat', 'chat', 'mail'], false],
  ])('RT6: for %s beside %j: %s', (wanted, items, expected) => {
    expect(fits(wanted, items, office)).toBe(expected)
  })

  it('RT6: what is taken only where it fits never passes units, total or exclusivity', () => {
    fc.assert(
      fc.property(capacity, fc.array(medium, { maxLength: 12 }), (c, comers) => {
        const items: M[] = []
        for (const comer of comers) if (fits(comer, items, c)) items.push(comer)
        const talking = items.filter((each) => !c.media[each].interruptible)
        const weight = talking.reduce((sum, each) => sum + c.media[each].weight, 0)
        for (const each of media)
          expect(items.filter((m) => m === each).length).toBeLessThanOrEqual(c.media[each].units)
        if (c.total !== null) expect(weight).toBeLessThanOrEqual(c.total)
        if (talking.some((each) => c.media[each].exclusive)) expect(talking).toHaveLength(1)
      }),
      { numRuns: 500 },
    )
  })

  it('RT6: less in hand never leaves less room, and neither does more capacity', () => {
    fc.assert(
      fc.property(capacity, hand, medium, fc.nat({ max: 5 }), (c, items, wanted, at) => {
        fc.pre(fits(wanted, items, c))
        expect(fits(wanted, items.toSpliced(at, 1), c)).toBe(true)
        const more = { ...c.media, [wanted]: { ...c.media[wanted], units: c.media[wanted].units + 1 } }
        expect(fits(wanted, items, { media: more, total: c.total === null ? null : c.total + 1 })).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('RT6: is as many as can come one after another', () => {
    expect(room('mail', ['chat'], office)).toBe(3)
    expect(room('chat', [], office)).toBe(3)
    expect(room('voice', ['chat'], office)).toBe(0)
    fc.assert(
      fc.property(capacity, hand, medium, (c, items, wanted) => {
        expect(room(wanted, items, c) > 0).toBe(fits(wanted, items, c))
      }),
    )
  })

  it('RT6: a call sets aside what can wait, and only what is in its way', () => {
    expect(setAside('voice', ['mail', 'mail'], office)).toEqual(['mail', 'mail'])
    expect(setAside('chat', ['mail'], office)).toEqual([])
    expect(setAside('video', ['mail', 'mail'], office)).toEqual(['mail', 'mail'])
    expect(setAside('voice', ['chat'], office)).toEqual([])
    expect(setAside('mail', ['chat', 'mail'], office)).toEqual([])
  })

  it('RT6: capacity lowered below the load leaves no room until it has drained', () => {
    const lowered = { ...office, media: { ...office.media, chat: { ...plain, units: 1 } } }
    expect(drains(['chat', 'chat', 'chat'], lowered)).toEqual({ units: { chat: 2 }, weight: 0 })
    expect(drains(['video', 'chat', 'chat'], office)).toEqual({ units: {}, weight: 1 })
    fc.assert(
      fc.property(capacity, hand, medium, (c, items, wanted) => {
        const excess = drains(items, c)
        if (excess.units[wanted] !== undefined) expect(fits(wanted, items, c)).toBe(false)
      }),
    )
  })
})

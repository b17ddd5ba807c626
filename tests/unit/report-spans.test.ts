/** The spans of a report: as the clocks of a place divide the day, also when they are put forward or back. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wallAt } from '../../core/calendar/zone.ts'
import { clockSpans, intervals, spansTouching } from '../../core/reports/spans.ts'

const berlin = 'Europe/Berlin'
const hour = 3_600_000
const at = (text: string) => Date.parse(text)
/** How long the spans are, in hours. */
const hours = (from: string, to: string, interval: 'hour' | 'day', zone = berlin) =>
  clockSpans({ from: at(from), to: at(to) }, interval, zone, 1_000).map((span) => (span.to - span.from) / hour)

describe('spans by the clock', () => {
  it('RP5: a day is as long as it is, and the first and last are cut', () => {
    expect(hours('2026-03-28T12:00Z', '2026-03-31T12:00Z', 'day')).toEqual([11, 23, 24, 14])
    expect(hours('2026-10-23T22:00Z', '2026-10-25T23:00Z', 'day')).toEqual([24, 25])
    // In Lebanon the clocks went back over midnight: that day's last hour came twice.
    expect(hours('2025-10-24T21:00Z', '2025-10-26T22:00Z', 'day', 'Asia/Beirut')).toEqual([25, 24])
  })

  it('RP5: an hour that comes twice is two, one that is skipped is none', () => {
    expect(hours('2026-10-25T00:00Z', '2026-10-25T03:00Z', 'hour')).toEqual([1, 1, 1])
    expect(hours('2026-03-29T00:00Z', '2026-03-29T02:00Z', 'hour')).toEqual([1, 1])
    expect(hours('2026-05-01T00:10Z', '2026-05-01T02:00Z', 'hour', 'Asia/Kathmandu')).toEqual([5 / 60, 1, 45 / 60])
  })

  it('RP5: they follow one another, begin with the clock, and are no more than asked for', () => {
    const zones = fc.constantFrom(
      berlin,
      'Australia/Lord_Howe',
      'America/St_Johns',
      'Asia/Beirut',
      'America/Havana',
      'UTC',
    )
    const instant = fc.integer({ min: at('2025-01-01'), max: at('2026-12-01') })
    const interval = fc.constantFrom('15min', 'hour', 'day')
    fc.assert(
      fc.property(zones, instant, fc.integer({ min: 1, max: 4 * 86_400_000 }), interval, (zone, from, length, each) => {
        const spans = clockSpans({ from, to: from + length }, each, zone, 5_000)
        expect([spans[0]?.from, spans.at(-1)?.to]).toEqual([from, from + length])
        for (const [n, span] of spans.entries()) {
          expect(span.to).toBeGreaterThan(span.from)
          expect(span.from).toBe(spans[n - 1]?.to ?? from)
          // Where the clocks jump within it, a span may begin at what they read after the jump.
          const isJump = wallAt(zone, span.from) - wallAt(zone, span.from - 1) !== 1
          if (n > 0 && !isJump && each !== 'day') expect(wallAt(zone, span.from) % 900_000).toBe(0)
          expect(span.to - span.from).toBeLessThanOrEqual(intervals[each] + hour)
        }
        expect(clockSpans({ from, to: from + length }, each, zone, 3).length).toBeLessThanOrEqual(4)
      }),
      { numRuns: 100 },
    )
  })

  it('RP2: those that a time touches are found without looking at all', () => {
    const some = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(some, fc.integer({ min: -20, max: 300 }), fc.nat(60), (lengths, from, length) => {
        let begin = 0
        const spans = lengths.map((long) => ({ from: begin, to: (begin += long) }))
        const [first, end] = spansTouching(spans, from, from + length)
        const touched = spans.filter((span) => span.from < from + length && span.to > from)
        expect(length === 0 ? [] : spans.slice(first, end)).toEqual(length === 0 ? [] : touched)
      }),
    )
  })
})

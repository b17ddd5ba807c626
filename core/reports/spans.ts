/** Into which spans of time a report is cut. */
import { instantOf, wallAt } from '../calendar/zone.ts'
import type { Span } from './figures.ts'

/** What the clocks of a place divide a day into, in ms by those clocks. */
export const intervals = { '15min': 900_000, hour: 3_600_000, day: 86_400_000 } as const
export type Interval = keyof typeof intervals

/**
 * The spans from `from` to `to` that begin when the clocks of a zone do: at midnight, at the hour, at the quarter. A day on
 * which the clocks are put forward or back is as long as it is, and an hour that comes twice is two. The first and the last
 * may be shorter. At most `most`, and one more to tell that there would be more.
 */
export function clockSpans({ from, to }: Span, interval: Interval, zone: string, most: number): Span[] {
  const spans: Span[] = []
  for (let start = from; start < to && spans.length <= most; ) {
    const end = Math.min(to, nextBeginning(start, interval, zone))
    spans.push({ from: start, to: end })
    start = end
  }
  return spans
}

function nextBeginning(at: number, interval: Interval, zone: string): number {
  const length = intervals[interval]
  const wall = wallAt(zone, at)
  const next = (Math.floor(wall / length) + 1) * length
  if (interval !== 'day') return at + next - wall
  // Where the clocks go back over midnight, the first midnight of two may be past.
  const midnight = instantOf(zone, next)
  return midnight > at ? midnight : instantOf(zone, next + length)
}

/** The places of the first span that ends after `from`, and of the first that begins at `to` or later. */
export function spansTouching(spans: readonly Span[], from: number, to: number): readonly [number, number] {
  const first = (holds: (span: Span) => boolean) => {
    let [low, high] = [0, spans.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const span = spans[middle]
      if (span !== undefined && holds(span)) high = middle
      else low = middle + 1
    }
    return low
  }
  return [first((span) => span.to > from), first((span) => span.from >= to)]
}

/** Opening hours: whether something is open, and when that changes. Pure: the time comes as an argument, in ms. */
import { own } from '../own.ts'
import { type Hours, type HoursSpan, weekdays } from '../protocol/config.ts'
import { instantOf, wallAt } from './zone.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** How far ahead a change is looked for, in days. */
export const HORIZON = 400

/** Open from an instant to another, at which it no longer is. */
interface Opening {
  readonly from: number
  readonly to: number
}

/** Whether it is open at an instant. */
export function isOpen(hours: Hours, at: number): boolean {
  const day = dayAt(hours, at)
  for (const { from, to } of openings(hours, day - 1, day + 1)) if (from <= at && at < to) return true
  return false
}

/** The next instant at which {@link isOpen} turns; null when it does not within {@link HORIZON} days. */
export function nextChange(hours: Hours, at: number): number | null {
  const day = dayAt(hours, at)
  let end: number | undefined
  for (const { from, to } of openings(hours, day - 1, day + HORIZON)) {
    if (to <= at) continue
    if (end === undefined && from > at) return from
    // What begins before the one before it ends is one opening with it, and so is what begins just then.
    if (end !== undefined && from > end) return end
    end = Math.max(end ?? to, to)
  }
  const horizon = instantOf(hours.zone, (day + HORIZON) * DAY)
  return end !== undefined && end < horizon ? end : null
}

/** The instant from which it is open, which may be this one; null when there is none within {@link HORIZON} days. */
export const nextOpening = (hours: Hours, at: number): number | null => (isOpen(hours, at) ? at : nextChange(hours, at))

/** The date there is at an instant, as days since 1970. */
const dayAt = ({ zone }: Hours, at: number) => Math.floor(wallAt(zone, at) / DAY)

/** The openings that begin on the days from `first` to `last`, in the order of their beginnings. */
function* openings(hours: Hours, first: number, last: number): Generator<Opening> {
  for (let day = first; day <= last; day += 1) {
    const ofDay = spansOf(hours, day).map((span) => openingOf(hours.zone, day * DAY, span))
    // Where clocks are put forward, a span may have no time at all.
    yield* ofDay.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)
  }
}

/** The spans of a day: those of its date if it is an exception, else those of its weekday. */
function spansOf({ weekly, exceptions }: Hours, day: number): readonly HoursSpan[] {
  const midnight = new Date(day * DAY)
  const exception = own(exceptions, midnight.toISOString().slice(0, 10))
  if (exception !== undefined) return exception.open
  const weekday = weekdays[midnight.getUTCDay()]
  return (weekday === undefined ? undefined : weekly[weekday]) ?? []
}

/** A span belongs to the day on which it begins, also when it ends on the next. */
function openingOf(zone: string, midnight: number, { from, to }: HoursSpan): Opening {
  const begins = minutesOf(from)
  const ends = minutesOf(to)
  const until = ends > begins ? ends : ends + 24 * 60
  return { from: instantOf(zone, midnight + begins * MINUTE), to: instantOf(zone, midnight + until * MINUTE) }
}

/** `09:30` in minutes since midnight. */
function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(':')
  return Number(hours) * 60 + Number(minutes)
}

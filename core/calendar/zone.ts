/** What the clocks of a time zone read at an instant, and the way back, by the runtime's own data. All times in ms. */

const SECOND = 1_000
const DAY = 86_400_000
/** No zone put its clocks twice within this, or not between 2000 and 2037: a test looks at every change. */
const STEP = 7 * DAY

/** From an instant on, clocks are this far ahead of UTC. */
interface Change {
  readonly at: number
  readonly offset: number
}

/** Whether the runtime knows a zone of this name. */
export function isZone(name: string): boolean {
  try {
    formatterOf(name)
    return true
  } catch {
    return false
  }
}

/** How far the clocks of a zone are ahead of UTC at an instant. Throws on a zone that {@link isZone} does not know. */
export function offsetAt(zone: string, at: number): number {
  const change = changesOf(zone, new Date(at).getUTCFullYear()).findLast((known) => known.at <= at)
  return change?.offset ?? 0
}

/** What the clocks read, as the UTC instant at which UTC's clocks read the same. */
export const wallAt = (zone: string, at: number): number => at + offsetAt(zone, at)

/**
 * The first instant at which the clocks of a zone read `wall` or later. So a time that is skipped comes when the clocks
 * are put forward, and of a time that comes twice the first one counts.
 */
export function instantOf(zone: string, wall: number): number {
  // No zone is further than 15 hours from UTC: the instant is between these, and so is a change that concerns it.
  const before = offsetAt(zone, wall - DAY)
  const after = offsetAt(zone, wall + DAY)
  const early = wall - before
  if (before === after || offsetAt(zone, early) === before) return early
  const late = wall - after
  return offsetAt(zone, late) === after ? late : changeBetween(late, early, (at) => offsetAt(zone, at) === after)
}

/** Asking the runtime is slow, so it is asked once for each year: for the offset at its beginning, and what changes it. */
const known = new Map<string, readonly Change[]>()

function changesOf(zone: string, year: number): readonly Change[] {
  const key = `${zone} ${year}`
  const found = known.get(key)
  if (found !== undefined) return found
  const formatter = formatterOf(zone)
  const end = Date.UTC(year + 1, 0)
  let last: Change = { at: Date.UTC(year, 0), offset: ask(formatter, Date.UTC(year, 0)) }
  const changes = [last]
  for (let from = last.at; from < end; from += STEP) {
    const to = Math.min(from + STEP, end)
    const offset = ask(formatter, to)
    if (offset === last.offset) continue
    const { offset: old } = last
    last = { at: changeBetween(from, to, (at) => ask(formatter, at) !== old), offset }
    changes.push(last)
  }
  known.set(key, changes)
  return changes
}

/** The first instant after `from`, to the second, at which something holds that holds at `to` and not at `from`. */
function changeBetween(from: number, to: number, holds: (at: number) => boolean): number {
  let not = Math.floor(from / SECOND)
  let does = Math.ceil(to / SECOND)
  while (does - not > 1) {
    const middle = Math.floor((not + does) / 2)
    if (holds(middle * SECOND)) does = middle
    else not = middle
  }
  return does * SECOND
}

/** The offset as the runtime writes it: GMT, GMT-03:30, and with seconds in earlier times. */
function ask(formatter: Intl.DateTimeFormat, at: number): number {
  const [, sign, hours, minutes, seconds = '0'] =
    /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(formatter.format(at)) ?? []
  if (sign === undefined) return 0
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * SECOND
  return sign === '-' ? -size : size
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', timeZoneName: 'longOffset' })
}

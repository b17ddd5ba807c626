/** How long a waiting contact will still wait: a range, from what the queue has observed; and what of it is told. */

/** What a queue has observed. */
export interface Observed {
  /** How many of its contacts are served at once: an agent with three chats of this queue and one of another counts three. */
  readonly servers: number
  /** Mean time that a contact keeps an agent, after-work included, in ms. */
  readonly handle: number
}

/** In ms. */
export interface Range {
  readonly low: number
  readonly expected: number
  readonly high: number
}

/** One in five waits is shorter than the range, one in five longer: the quantile of the normal distribution. */
const Z = 0.8416

/**
 * Whoever stands at place k is served after k contacts have left their agents. If handle times are exponential that takes a
 * time of the gamma distribution; its quantiles are taken by E. B. Wilson and M. M. Hilferty, 1931. Null: nobody serves.
 */
export function estimate(place: number, { servers, handle }: Observed): Range | null {
  if (servers === 0) return null
  const expected = (place * handle) / servers
  const part = 1 / (9 * place)
  const at = (z: number) => expected * Math.max(0, 1 - part + z * Math.sqrt(part)) ** 3
  return { low: at(-Z), expected, high: at(Z) }
}

/** The shortest of several queues that a contact waits in at once. */
export function soonest(ranges: readonly (Range | null)[]): Range | null {
  return ranges.reduce(
    (best, each) => (best === null || (each !== null && each.expected < best.expected) ? each : best),
    null,
  )
}

/** The times that are told, in minutes: people do not wait by seconds. */
export const steps = [0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240] as const
const MINUTE = 60_000

/** What a customer was told last in this wait. */
export interface Told {
  /** Indexes into {@link steps}: from … to. */
  readonly from: number
  readonly to: number
  /** The shortest `to` of this wait. */
  readonly shortest: number
}

/**
 * How far an estimate must pass a step before the range moves up to the next: it falls at the step itself. Two that lie closer
 * together than this never make the range go up and down again; it is less than what lies between a step and the next.
 */
const BAND = 1.15

/** What is told next: within one wait the end of the range never rises by more than one step above the shortest told. */
export function tell(before: Told | null, { low, high }: Range): Told {
  const last = steps.length - 1
  const above = steps.findIndex((minutes) => minutes * MINUTE >= high)
  const wanted = kept(before?.to, above < 0 ? last : Math.max(1, above), high)
  const to = before === null ? wanted : Math.min(wanted, before.shortest + 1)
  const below = steps.findLastIndex((minutes) => minutes * MINUTE <= low)
  // The begin moves up on reaching the step after it, the end on passing its own.
  const from = kept(before?.from, Math.max(0, below), low, 1)
  return { from: Math.min(from, to - 1), to, shortest: Math.min(to, before?.shortest ?? to) }
}

/** Stays where it was told as long as the estimate is no more than the band above the step that leads on. */
function kept(told: number | undefined, wanted: number, at: number, ahead = 0): number {
  const step = told === undefined ? undefined : steps[told + ahead]
  return told !== undefined && step !== undefined && wanted > told && at < step * MINUTE * BAND ? told : wanted
}

/** By what of a range {@link tell} may say something else: ranges of one key are told alike, whatever was told before. */
export function keyOf({ low, high }: Range): string {
  const count = (isPassed: (edge: number) => boolean) => steps.filter((step) => isPassed(step * MINUTE)).length
  const begin = count((edge) => low >= edge) + count((edge) => low >= edge * BAND)
  const end = count((edge) => high > edge) + count((edge) => high >= edge * BAND)
  return `${begin}-${end}`
}

/** Which place in the queue a waiting customer is told. */

/** From each of these positions on, places are rounded up to so many: there, a step says nothing. */
const coarseness = [
  { above: 10_000, by: 5_000 },
  { above: 1_000, by: 500 },
  { above: 100, by: 50 },
  { above: 20, by: 10 },
] as const

/** `position` 1 is next. Exact up to 20, then rounded up to tens, beyond 100 to fifties, and so on. */
export function toldPlace(position: number): number {
  const step = coarseness.find(({ above }) => position > above)?.by ?? 1
  return Math.ceil(position / step) * step
}

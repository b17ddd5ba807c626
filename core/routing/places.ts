/** Which place in the queue a waiting customer is told. */

/** `position` 1 is next. Exact up to 20, then rounded up to tens, beyond 100 to fifties: there, a step says nothing. */
export function toldPlace(position: number): number {
  if (position <= 20) return position
  const step = position <= 100 ? 10 : 50
  return Math.ceil(position / step) * step
}

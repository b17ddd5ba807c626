/**
 * A group that serves classes of contacts strictly by priority, without breaking off what it has begun.
 * A. Cobham, Priority assignment in waiting line problems, 1954; equal exponential handle times.
 */
import { erlangC } from './erlang.ts'

/** The mean wait of each class, the first being served first; Infinity for classes that the group cannot keep up with. */
export function byPriority(agents: number, handle: number, rates: readonly number[]): readonly number[] {
  const all = rates.reduce((sum, rate) => sum + rate, 0)
  const base = (erlangC(agents, all * handle) * handle) / agents
  let above = 0
  return rates.map((rate) => {
    const before = 1 - above
    above += (rate * handle) / agents
    return above < 1 ? base / (before * (1 - above)) : Number.POSITIVE_INFINITY
  })
}

/**
 * The mean wait over all classes: the same for every order of service that leaves nobody idle beside waiting work and does
 * not know how long a contact will take (L. Kleinrock's conservation law, 1965).
 */
export function meanWait(rates: readonly number[], waits: readonly number[]): number {
  const all = rates.reduce((sum, rate) => sum + rate, 0)
  return rates.reduce((sum, rate, i) => sum + rate * (waits[i] ?? 0), 0) / all
}

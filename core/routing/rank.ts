/** The one total order of waiting contacts, used by queues and agents alike. */

/** What a point of priority is worth, in ms of age. */
export const POINT = 60_000

/** A contact as far as its order is concerned. `since` in ms. */
export interface Ranked {
  readonly conversation: string
  readonly since: number
  readonly priority: number
}

/** The smaller, the sooner: age, with a minute for each point of priority. In ms. */
export function rank(since: number, priority: number): number {
  return since - POINT * priority
}

/** Compares by rank, then by id, so that no two contacts are equal. */
export function byRank(a: Ranked, b: Ranked): number {
  const difference = rank(a.since, a.priority) - rank(b.since, b.priority)
  if (difference !== 0) return difference
  return a.conversation < b.conversation ? -1 : a.conversation > b.conversation ? 1 : 0
}

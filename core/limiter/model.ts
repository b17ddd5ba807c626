/** The Limiter actor: counts what may be tried only so often. One counts for many keys; what is over is forgotten. */
import type { Model, Turn } from '../engine/model.ts'
import type { Rows } from '../engine/parts.ts'
import { refuse } from '../result.ts'

/** So many tries within the window, then none for the pause. Lengths in ms. */
export interface Limit {
  readonly tries: number
  readonly window: number
  readonly pause: number
}

interface Count {
  readonly tries: number
  /** When it begins anew, in ms. */
  readonly until: number
}

export interface LimiterState {
  readonly counts: Rows<Count>
}

/** Keys that are counted at a time; of more, those that are over soonest are let go. */
export const MOST_KEYS = 5_000
const OVER = 'over'
const TIDY = 900_000

/** Counts a try; how long to wait in ms, 0 when it may be made. Who is told to wait waits no longer for asking again. */
export function take(state: LimiterState, turn: Turn, key: string, limit: Limit): number {
  const known = state.counts.get(key)
  const count = known !== undefined && known.until > turn.now ? known : { tries: 0, until: turn.now + limit.window }
  if (count.tries >= limit.tries) return count.until - turn.now
  const tries = count.tries + 1
  state.counts.put(key, { tries, until: tries === limit.tries ? turn.now + limit.pause : count.until })
  if (state.counts.size > MOST_KEYS) dropSoonest(state.counts, key)
  return 0
}

/** It was no failure: takes this try back, or all of them. */
export function giveBack(state: LimiterState, key: string, how: 'one' | 'all'): void {
  const count = state.counts.get(key)
  if (count === undefined) return
  if (how === 'all' || count.tries <= 1) state.counts.delete(key)
  else state.counts.put(key, { ...count, tries: count.tries - 1 })
}

export const limiterModel: Model<LimiterState> = {
  kind: 'limiter',
  migrations: [],
  open: (tables) => ({ counts: tables.rows('counts') }),
  admit: () => refuse('not_found', 'nobody connects here'),
  receive() {},
  command: () => ({ result: refuse('bad_input', 'there are no commands here'), remember: false }),
  due(state, turn) {
    for (const [key, { until }] of state.counts.entries()) if (until <= turn.now) state.counts.delete(key)
  },
  settle(state, turn) {
    let first = Infinity
    for (const { until } of state.counts.values()) first = Math.min(first, until)
    // On the quarter of an hour: an alarm for each key would be more than the counts are worth.
    turn.deadline(OVER, first === Infinity ? null : Math.ceil(first / TIDY) * TIDY)
  },
  stream: () => undefined,
}

function dropSoonest(counts: Rows<Count>, but: string): void {
  const others = counts.entries().filter(([key]) => key !== but)
  const [soonest] = others.reduce((a, b) => (b[1].until < a[1].until ? b : a))
  counts.delete(soonest)
}

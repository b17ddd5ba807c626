/** How fast a queue serves, from what its agents tell it: what the expected wait and its figures are made of. */
import { estimate, type Observed, type Range } from '../routing/estimate.ts'
import type { QueueFigures } from '../routing/plan/course.ts'
import type { QueueState, Seat } from './state.ts'

/** Over so many contacts the mean handle time goes back. */
const REMEMBERED = 200

/** The mean time that a contact keeps an agent, after-work included, in ms; null before the first. */
export interface Pace {
  readonly handle: number | null
  readonly count: number
}

export const unknownPace: Pace = { handle: null, count: 0 }

/** Contacts have ended, after these times (ms). */
export function handled(state: QueueState, times: readonly number[]): void {
  for (const took of times) {
    const { handle, count } = state.pace.get()
    const weight = Math.min(count + 1, REMEMBERED)
    state.pace.set({ handle: handle === null ? took : handle + (took - handle) / weight, count: weight })
  }
}

/** What is observed now; null while nobody serves, or nobody has ended a contact yet. */
export function observed(state: QueueState): Observed | null {
  const { handle } = state.pace.get()
  const seats = state.roster.values()
  // Who serves other queues now may turn to this one: better than nothing, while nobody else does.
  const servers = seats.reduce((sum, { picture }) => sum + (picture.serving ?? 0), 0) || seats.filter(isOn).length
  return handle === null || servers === 0 ? null : { servers, handle }
}

/** What is told to plans. A newcomer who finds an agent free and nobody before it does not wait. */
export function figures(state: QueueState): QueueFigures {
  const seats = state.roster.values()
  const waiting = state.lineup.line?.size ?? 0
  const agents = seats.filter(isOn).length
  const isFree = waiting === 0 && seats.some(({ picture, silent }) => picture.free.length > 0 && !silent)
  return { waiting, agents, predicted: isFree ? 0 : (expected(waiting + 1, observed(state))?.expected ?? null) }
}

export const expected = (place: number, pace: Observed | null): Range | null =>
  pace === null ? null : estimate(place, pace)

/** An earlier program does not say: who has room or work is there. */
const isOn = ({ picture: { on, free, items } }: Seat) => on ?? (free.length > 0 || Object.keys(items).length > 0)

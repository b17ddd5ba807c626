/** Tells waiting customers their place, at most once a second, and only what is news to them. */
import type { Turn } from '../engine/model.ts'
import { address, asId, type QueueId } from '../ids.ts'
import { toldPlace } from '../routing/places.ts'
import type { QueueState } from './state.ts'

export const PLACES = 'places'
/** How long changes are collected, in ms. */
const COLLECT = 1_000

/**
 * After a change of the order. A deadline that is set stays where it is, so that a busy queue tells its places all the
 * same; an eviction forgets that and costs one more second.
 */
export function placesLater(state: QueueState, turn: Turn): void {
  if (state.placesAt === 0) state.placesAt = turn.now + COLLECT
  turn.deadline(PLACES, state.placesAt)
}

export function tellPlaces(state: QueueState, turn: Turn): void {
  state.placesAt = 0
  const { org } = turn.self
  const queue = asId<QueueId>(turn.self.id)
  for (const [index, entry] of state.entries.values().sort(state.lineup.compare).entries()) {
    const place = toldPlace(index + 1)
    if (place === entry.told) continue
    state.entries.put(entry.conversation, { ...entry, told: place })
    turn.send(address(org, 'conversation', entry.conversation), { type: 'place', queue, stay: entry.stay, place })
  }
}

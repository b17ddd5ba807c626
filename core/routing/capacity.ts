/** Whether there is room for one more contact of a medium beside the work in hand. */
import { type Medium, media } from '../protocol/agent.ts'

export interface Room {
  /** How many contacts of each medium at once. */
  readonly capacity: Readonly<Record<Medium, number>>
  /** Media that bear nothing beside them. */
  readonly exclusive: Readonly<Record<Medium, boolean>>
}

/** Work in any state counts, after-work too: its slot is taken. */
export function fits(medium: Medium, items: readonly Medium[], room: Room): boolean {
  if (items.some((m) => room.exclusive[m])) return false
  if (room.exclusive[medium] && items.length > 0) return false
  return items.filter((m) => m === medium).length < room.capacity[medium]
}

/** Media for which there is room. */
export function freeMedia(items: readonly Medium[], room: Room): Medium[] {
  return media.filter((medium) => fits(medium, items, room))
}

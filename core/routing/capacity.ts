/** Whether there is room for one more contact of a medium beside the work in hand. Work in any state counts: its slot is taken. */

/** What an agent's capacity says of one medium. */
export interface Terms {
  /** How many at once. */
  readonly units: number
  /** Bears nothing beside it, and blocks what is new. */
  readonly exclusive: boolean
  /** What one takes of the total. */
  readonly weight: number
  /** Waits without harm while the agent talks, as a mail does: set aside, it is in nobody's way. */
  readonly interruptible: boolean
}

export interface Capacity<M extends string> {
  readonly media: Readonly<Record<M, Terms>>
  /** Weights of all work together; null for no such bound. */
  readonly total: number | null
}

export function fits<M extends string>(medium: M, items: readonly M[], { media, total }: Capacity<M>): boolean {
  const terms = media[medium]
  if (items.filter((each) => each === medium).length >= terms.units) return false
  const beside = inTheWay(medium, items, media)
  if (beside.some((each) => media[each].exclusive)) return false
  if (terms.exclusive && beside.length > 0) return false
  return total === null || weightOf(beside, media) + terms.weight <= total
}

/** Interruptible work is in the way of its like only. */
function inTheWay<M extends string>(medium: M, items: readonly M[], media: Capacity<M>['media']): readonly M[] {
  return media[medium].interruptible ? items : items.filter((each) => !media[each].interruptible)
}

function weightOf<M extends string>(items: readonly M[], media: Capacity<M>['media']): number {
  return items.reduce((sum, each) => sum + media[each].weight, 0)
}

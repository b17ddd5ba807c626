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

/**
 * What of the work in hand waits, since it does not go together with what cannot: all that is interruptible, or nothing.
 * It asks what is in hand now and not what came when, so what waits comes back by itself as soon as nothing is in its way.
 */
export function waits<M extends string>(items: readonly M[], { media, total }: Capacity<M>): readonly M[] {
  const canWait = items.filter((each) => media[each].interruptible)
  if (canWait.length === items.length) return []
  const isCrowded = items.length > 1 && items.some((each) => media[each].exclusive)
  return isCrowded || (total !== null && weightOf(items, media) > total) ? canWait : []
}

/** What is above the capacity since it was lowered: it is finished in peace, and nothing new comes until it is. */
export interface Excess<M extends string> {
  readonly units: Readonly<Partial<Record<M, number>>>
  readonly weight: number
}

export function drains<M extends string>(items: readonly M[], { media, total }: Capacity<M>): Excess<M> {
  const units: Partial<Record<M, number>> = {}
  for (const medium of new Set(items)) {
    const excess = items.filter((each) => each === medium).length - media[medium].units
    if (excess > 0) units[medium] = excess
  }
  // What is set aside beside a call weighs nothing until the call is over.
  const talking = items.filter((each) => !media[each].interruptible)
  const weight = talking.length > 0 ? weightOf(talking, media) : weightOf(items, media)
  return { units, weight: total === null ? 0 : Math.max(0, weight - total) }
}

/** Interruptible work is in the way of its like only. */
function inTheWay<M extends string>(medium: M, items: readonly M[], media: Capacity<M>['media']): readonly M[] {
  return media[medium].interruptible ? items : items.filter((each) => !media[each].interruptible)
}

function weightOf<M extends string>(items: readonly M[], media: Capacity<M>['media']): number {
  return items.reduce((sum, each) => sum + media[each].weight, 0)
}

/**
 * One leg of a call. Its state only moves forward: every event joins it (commutative, associative, idempotent), so callbacks
 * that come twice, late, early or never lead to the same state in whatever order they come.
 */
import { type CallEvent, type CallEventOf, type Cause, causes, type LegId } from './events.ts'

/** How far a leg has come; one may be skipped, none is ever gone back to. */
export const stages = ['known', 'ringing', 'answered', 'ended'] as const
export type Stage = (typeof stages)[number]

export interface Leg {
  readonly id: LegId
  readonly parent: LegId | null
  readonly stage: Stage
  /** Null until it has ended. */
  readonly cause: Cause | null
  /** From the answer to the end, as the carrier says; null when it does not. */
  readonly seconds: number | null
  /** Null until the carrier has said who calls whom. */
  readonly parties: Parties | null
  /** By room, of which each the newest counts. */
  readonly rooms: Readonly<Record<string, Presence>>
  /** When the carrier last told of it, by our clock, in ms. */
  readonly heardAt: number
}

export type Parties = Pick<CallEventOf<'began'>, 'direction' | 'from' | 'to' | 'name' | 'forwardedFrom'>

interface Presence {
  readonly order: number
  readonly inside: boolean
}

export const newLeg = (id: LegId, at: number): Leg => ({
  id,
  parent: null,
  stage: 'known',
  cause: null,
  seconds: null,
  parties: null,
  rooms: {},
  heardAt: at,
})

/** The leg after an event of its own, heard at `at` (ms). */
export function heard(leg: Leg, event: CallEvent, at: number): Leg {
  const parent = least(leg.parent, event.parent ?? null)
  return joined({ ...leg, parent, heardAt: Math.max(leg.heardAt, at) }, event)
}

function joined(leg: Leg, event: CallEvent): Leg {
  switch (event.is) {
    case 'began':
      return { ...leg, parties: leastParties(leg.parties, partiesOf(event)) }
    case 'ringing':
    case 'answered':
      return { ...leg, stage: later(leg.stage, event.is) }
    case 'ended':
      return {
        ...leg,
        stage: 'ended',
        cause: moreTelling(leg.cause, event.cause),
        seconds: most(leg.seconds, event.seconds ?? null),
      }
    case 'joined':
    case 'left':
      // Only who has been connected is in a room.
      return {
        ...leg,
        stage: later(leg.stage, 'answered'),
        rooms: { ...leg.rooms, [event.room]: presence(leg, event) },
      }
    case 'asked':
    case 'recorded':
      return leg
  }
}

/** Whether the leg is in the room now: a leg that has ended is in none. */
export const isInside = (leg: Leg, room: string): boolean =>
  leg.stage !== 'ended' && Object.hasOwn(leg.rooms, room) && leg.rooms[room]?.inside === true

/** Whether the leg is in any room. */
export const isTalking = (leg: Leg): boolean => Object.keys(leg.rooms).some((room) => isInside(leg, room))

/** What is told of the same moment: gone is gone. */
function presence(leg: Leg, { is, room, order = 0 }: CallEventOf<'joined' | 'left'>): Presence {
  const known = Object.hasOwn(leg.rooms, room) ? leg.rooms[room] : undefined
  const now = { order, inside: is === 'joined' }
  if (known === undefined || order > known.order) return now
  return order === known.order && !now.inside ? now : known
}

const later = (a: Stage, b: Stage): Stage => (stages.indexOf(b) > stages.indexOf(a) ? b : a)

const moreTelling = (a: Cause | null, b: Cause): Cause => (a !== null && causes.indexOf(a) > causes.indexOf(b) ? a : b)

const most = (a: number | null, b: number | null) => (a === null || (b !== null && b > a) ? b : a)

/** Of two that contradict each other, the same one whichever came first. */
const least = <T extends string>(a: T | null, b: T | null): T | null => (a === null || (b !== null && b < a) ? b : a)

function leastParties(a: Parties | null, b: Parties): Parties {
  return a !== null && JSON.stringify(a) <= JSON.stringify(b) ? a : b
}

function partiesOf({ direction, from, to, name, forwardedFrom }: CallEventOf<'began'>): Parties {
  return { direction, from, to, ...(name && { name }), ...(forwardedFrom && { forwardedFrom }) }
}

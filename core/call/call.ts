/** A call: its legs and recordings as the carrier has told of them, and what news each telling was. */
import type { CallEvent, CallEventOf, LegId } from './events.ts'
import { heard, isInside, isTalking, type Leg, newLeg } from './leg.ts'

export interface Call {
  readonly legs: ReadonlyMap<LegId, Leg>
  readonly recordings: ReadonlyMap<string, Recording>
}

export interface Recording {
  readonly leg: LegId
  readonly state: CallEventOf<'recorded'>['state']
  readonly url: string | null
  readonly seconds: number | null
}

/** What changed by what was told; the same telling again is no news. */
export type News =
  | { readonly is: 'began' | 'ringing' | 'answered' | 'ended'; readonly leg: LegId }
  | { readonly is: 'joined' | 'left'; readonly leg: LegId; readonly room: string }
  | { readonly is: 'recorded'; readonly recording: string }

export const newCall: Call = { legs: new Map(), recordings: new Map() }

/** The call after what was told of it at `at` (our clock, ms). `asked` only shows that the leg lives: see `told.ts`. */
export function hear(
  call: Call,
  event: CallEvent,
  at: number,
): { readonly call: Call; readonly news: readonly News[] } {
  const before = call.legs.get(event.leg)
  const after = heard(before ?? newLeg(event.leg, at), event, at)
  const legs = new Map(call.legs).set(event.leg, after)
  const news = newsOf(before, after)
  if (event.is !== 'recorded') return { call: { ...call, legs }, news }
  const old = call.recordings.get(event.recording)
  const now = fuller(old, recordingOf(event))
  if (now === old) return { call: { ...call, legs }, news }
  const recordings = new Map(call.recordings).set(event.recording, now)
  return { call: { legs, recordings }, news: [...news, { is: 'recorded', recording: event.recording }] }
}

/** A leg that is heard of for the first time when all is over says that it began and that it ended. */
function newsOf(before: Leg | undefined, after: Leg): News[] {
  const leg = after.id
  const news: News[] = before === undefined ? [{ is: 'began', leg }] : []
  const { stage } = after
  if (stage !== 'known' && stage !== before?.stage) news.push({ is: stage, leg })
  for (const room of Object.keys(after.rooms)) {
    const was = before !== undefined && isInside(before, room)
    const inside = isInside(after, room)
    if (inside !== was) news.push({ is: inside ? 'joined' : 'left', leg, room })
  }
  return news
}

const recordingOf = ({ leg, state, url, seconds }: CallEventOf<'recorded'>): Recording => ({
  leg,
  state,
  url: url ?? null,
  seconds: seconds ?? null,
})

const fullness = ['started', 'none', 'done'] as const

/** Of two tellings of one recording, the one that says more of its end; of two alike, the same whichever came first. */
function fuller(a: Recording | undefined, b: Recording): Recording {
  if (a === undefined) return b
  const difference = fullness.indexOf(b.state) - fullness.indexOf(a.state)
  if (difference !== 0) return difference > 0 ? b : a
  return JSON.stringify(a) <= JSON.stringify(b) ? a : b
}

/** How long a leg may be silent before the carrier is asked whether it lives, in ms: less while it waits than while it talks. */
export const SILENCE = { waiting: 60_000, talking: 300_000 } as const

/** When the carrier is to be asked about this leg, in ms; null when there is nothing left to ask. */
export function probeAt(leg: Leg): number | null {
  if (leg.stage === 'ended') return null
  return leg.heardAt + (isTalking(leg) ? SILENCE.talking : SILENCE.waiting)
}

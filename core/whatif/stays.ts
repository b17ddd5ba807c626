/** From the stays of a day, recorded or simulated, to its contacts: each wait once, however many queues it was in. */
import { mediumFrom } from '../protocol/media.ts'
import type { Segment } from '../protocol/segments.ts'
import type { TrafficContact } from '../protocol/whatif.ts'

/** A stay and whose it is. */
export interface Stay {
  readonly conversation: string
  readonly segment: Segment
}

/** The contacts that came in the span and whose wait is over, by their beginning. */
export function contactsOf(
  stays: Iterable<Stay>,
  { from, to }: { readonly from: number; readonly to: number },
): TrafficContact[] {
  const byConversation = Map.groupBy(stays, ({ conversation }) => conversation)
  return [...byConversation.values()]
    .flatMap((some) => waitsOf(some.map(({ segment }) => segment)))
    .filter(({ at }) => at >= from && at < to)
    .sort((a, b) => a.at - b.at)
}

/** Stays in queues that belong together: a plan moves a contact from one to the next without a moment between. */
function waitsOf(segments: readonly Segment[]): TrafficContact[] {
  const stays = segments
    .filter(({ kind, endedAt }) => kind === 'queue' && endedAt !== null)
    .sort((a, b) => a.beganAt - b.beganAt || (a.first ?? 0) - (b.first ?? 0))
  const waits: Segment[][] = []
  for (const stay of stays) {
    const last = waits.at(-1)
    if (last !== undefined && isOf(last, stay)) last.push(stay)
    else waits.push([stay])
  }
  return waits.map((wait, n) => contactOf(wait, segments, n === 0))
}

/** Begun with one of them, or while they lasted, or where they led on to. */
function isOf(wait: readonly Segment[], stay: Segment): boolean {
  if (wait.some(({ first }) => first !== null && first === stay.first) || stay.beganAt < endOf(wait)) return true
  return stay.beganAt === endOf(wait) && wait.every(({ outcome }) => outcome === 'moved')
}

const endOf = (stays: readonly Segment[]) => Math.max(...stays.map(({ endedAt, beganAt }) => endedAt ?? beganAt))

function contactOf(wait: readonly Segment[], all: readonly Segment[], isFirst: boolean): TrafficContact {
  const at = Math.min(...wait.map(({ beganAt }) => beganAt))
  const answered =
    wait.find(({ outcome }) => outcome === 'answered') ?? wait.find(({ outcome }) => outcome === 'elsewhere')
  const waited = (answered === undefined ? endOf(wait) : endOf([answered])) - at
  const hasLeft = wait.some(({ outcome }) => outcome === 'abandoned')
  const first = wait.filter(({ beganAt }) => beganAt === at)
  const talk =
    answered === undefined ? undefined : all.find(({ kind, first }) => kind === 'talk' && first === answered.last)
  const ring = all.find(({ kind, last }) => kind === 'ring' && answered !== undefined && last === answered.last)
  const wrap = all.find(({ kind, lease }) => kind === 'wrap-up' && talk !== undefined && lease === talk.lease)
  return {
    at,
    plan: null,
    queue: isFirst || first.length > 1 ? null : (first[0]?.queue ?? null),
    medium: mediumFrom(first[0]?.medium),
    via: answered?.queue ?? first[0]?.queue ?? null,
    end: answered !== undefined ? 'answered' : hasLeft ? 'abandoned' : 'other',
    waited,
    ring: lengthOf(ring),
    talk: lengthOf(talk),
    wrap: talk === undefined ? null : (lengthOf(wrap) ?? 0),
  }
}

const lengthOf = (stay: Segment | undefined): number | null =>
  stay === undefined || stay.endedAt === null ? null : stay.endedAt - stay.beganAt

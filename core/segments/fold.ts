/**
 * From the entries of a conversation to its segments, one entry after another: the only maker of a conversation's segments,
 * so that the record, a rebuild and a transcript all come to the same rows.
 */
import type { botEnds, StaffEntry } from '../protocol/conversation.ts'
import type { Segment, SegmentOutcome } from '../protocol/segments.ts'

/** The segments that last, in the order in which they began: all that the fold must know of the past. */
export type Open = readonly Segment[]

/** How a stay ends, by an entry; undefined: it goes on. */
type Ending = (segment: Segment) => SegmentOutcome | undefined

/** What this entry begins and ends: the rows that change, and those that then last. */
export function foldEntry(open: Open, entry: StaffEntry): { readonly open: Open; readonly changed: Segment[] } {
  const ending = withHolds(endingOf(open, entry), entry)
  const ended: Segment[] = []
  const left = open.filter((segment) => {
    const outcome = ending(segment)
    if (outcome !== undefined)
      ended.push(end(segment, entry, outcome, outcome === 'answered' ? ringIn(open) : undefined))
    return outcome === undefined
  })
  const began = beginningsOf(open, left, entry)
  return { open: [...left, ...began], changed: [...ended, ...began] }
}

/** All segments of a conversation, from its first entry on, in the order in which they began. */
export function segmentsOf(entries: Iterable<StaffEntry>): Segment[] {
  const all = new Map<string, Segment>()
  let open: Open = []
  for (const entry of entries) {
    const folded = foldEntry(open, entry)
    open = folded.open
    for (const segment of folded.changed) all.set(segment.id, segment)
  }
  return [...all.values()]
}

/** A hold is a part of a talk: it ends when it is taken back, and with the talk. */
function withHolds(ending: Ending, { body }: StaffEntry): Ending {
  return (segment) => {
    if (segment.kind !== 'hold') return ending(segment)
    return body.type === 'resumed' ? 'resumed' : ending({ ...segment, kind: 'talk' })
  }
}

function endingOf(open: Open, { body }: StaffEntry): Ending {
  switch (body.type) {
    case 'waiting':
      if (body.consult === true) return () => undefined
      return ({ kind, queue }) => {
        if (kind === 'fallback' || kind === 'snooze') return 'resumed'
        return kind === 'queue' && !body.queues.includes(queue ?? '') ? 'moved' : undefined
      }
    // Another was asked by hand meanwhile, unless it rings for several.
    case 'offered':
      return ({ kind }) => {
        if (kind === 'snooze') return 'resumed'
        return kind === 'ring' && body.beside !== true ? 'withdrawn' : undefined
      }
    case 'snoozed':
      return ({ kind }) => {
        if (kind === 'talk') return 'laid-aside'
        return kind === 'queue' ? 'moved' : undefined
      }
    case 'woken':
      return ({ kind }) => (kind === 'snooze' ? 'woken' : undefined)
    case 'declined':
      return ({ kind, lease }) => {
        if (lease !== body.lease) return undefined
        if (kind === 'ring') return body.how ?? howOf(body.why)
        return kind === 'talk' ? 'given-back' : undefined
      }
    case 'consulted':
      return ({ kind, lease }) => (kind === 'ring' && lease === body.lease ? 'accepted' : undefined)
    case 'consult-ended':
      return ({ kind, lease }) => {
        if (lease === null || lease !== body.lease) return undefined
        if (kind === 'ring') return 'withdrawn'
        return kind === 'consult' && body.how !== 'unanswered' ? body.how : undefined
      }
    // Still owned, it was handed over warm, and was sought beside the talk.
    case 'pulled-back': {
      const isTalking = open.some(({ kind }) => kind === 'talk')
      return ({ kind }) => (kind === 'ring' || (kind === 'queue' && isTalking) ? 'withdrawn' : undefined)
    }
    case 'lost':
      return ({ kind, lease }) => (kind === 'talk' && lease === body.lease ? 'lost' : undefined)
    case 'transferred':
      return ({ kind }) => (kind === 'talk' && !body.warm ? 'transferred' : undefined)
    // Whoever still owns it when the leaving is told has somebody after it.
    case 'left':
      return ({ kind }) => (kind === 'talk' ? 'handed-over' : undefined)
    case 'joined':
      return takenBy(ringIn(open))
    case 'fallback':
      return ({ kind }) => (kind === 'queue' ? 'fallback' : undefined)
    case 'bot-ended':
      return ({ kind }) => (kind === 'bot' ? botEnded[body.how] : undefined)
    case 'closed':
      return closedBy(
        body.by,
        open.some(({ kind }) => kind === 'talk'),
      )
    default:
      return () => undefined
  }
}

/** Somebody has taken it: out of the queue through which it rang, if it rang through one. */
function takenBy(ring: Segment | undefined): Ending {
  return ({ kind, queue }) => {
    if (kind === 'ring') return 'accepted'
    if (kind === 'fallback') return 'answered'
    if (kind === 'queue') return ring !== undefined && queue === ring.queue ? 'answered' : 'elsewhere'
    return undefined
  }
}

/** A customer who leaves a talk has not abandoned the queue in which a second agent was sought meanwhile. */
function closedBy(by: 'customer' | 'agent' | 'system', isTalking: boolean): Ending {
  return ({ kind }) => {
    if (kind === 'ring' || (kind === 'queue' && isTalking)) return 'withdrawn'
    return kind === 'queue' && by === 'customer' ? 'abandoned' : `closed-by-${by}`
  }
}

function beginningsOf(open: Open, left: Open, entry: StaffEntry): Segment[] {
  const { body } = entry
  switch (body.type) {
    case 'waiting': {
      // No contact waits where a colleague is asked in private.
      if (body.consult === true) return []
      const waits = new Set(left.filter(({ kind }) => kind === 'queue').map(({ queue }) => queue))
      const { medium } = body
      return body.queues.filter((queue) => !waits.has(queue)).map((queue) => begin(entry, 'queue', { queue, medium }))
    }
    case 'offered':
      return [
        begin(entry, 'ring', { queue: body.via ?? null, agent: body.agent, lease: body.lease, medium: body.medium }),
      ]
    case 'joined': {
      const ring = ringIn(open)
      if (ring === undefined) return []
      return [begin(entry, 'talk', ring)]
    }
    case 'consulted': {
      const ring = open.find(({ kind, lease }) => kind === 'ring' && lease === body.lease)
      const { agent, lease } = body
      return [begin(entry, 'consult', { queue: ring?.queue ?? null, agent, lease, medium: ring?.medium })]
    }
    case 'held': {
      const talk = open.find(({ kind }) => kind === 'talk')
      return talk === undefined ? [] : [begin(entry, 'hold', talk)]
    }
    case 'fallback':
      return [begin(entry, 'fallback', { medium: open.find(({ kind }) => kind === 'queue')?.medium })]
    case 'bot':
      return [begin(entry, 'bot', {})]
    case 'snoozed': {
      const talk = open.find(({ kind }) => kind === 'talk')
      return [begin(entry, 'snooze', { agent: talk?.agent ?? null, medium: talk?.medium ?? body.medium })]
    }
    default:
      return []
  }
}

const ringIn = (open: Open) => open.find(({ kind }) => kind === 'ring')

function begin(
  { seq, at }: StaffEntry,
  kind: Segment['kind'],
  { queue = null, agent = null, lease = null, medium }: Partial<Pick<Segment, 'queue' | 'agent' | 'lease' | 'medium'>>,
): Segment {
  // Only queues begin several at once.
  const id = kind === 'queue' ? `${kind}:${seq}:${queue}` : `${kind}:${seq}`
  const ending = { endedAt: null, outcome: null, first: seq, last: null }
  const work = medium === undefined ? {} : { medium }
  return { id, version: seq, kind, ...work, queue, agent, lease, beganAt: at, ...ending }
}

/** A clock that was set back makes nothing end before it began. */
function end(segment: Segment, { seq, at }: StaffEntry, outcome: SegmentOutcome, answer?: Segment): Segment {
  const agent = answer?.agent ?? segment.agent
  return { ...segment, agent, version: seq, endedAt: Math.max(at, segment.beganAt), outcome, last: seq }
}

const botEnded: Record<(typeof botEnds)[number], SegmentOutcome> = {
  'passed-on': 'passed-on',
  'hung-up': 'closed-by-system',
  person: 'asked-for-person',
  broken: 'broken',
  taken: 'elsewhere',
}

/** Entries of an earlier program say in words only why an offer ended. */
function howOf(why: string): SegmentOutcome {
  const known = ['missed', 'away', 'unclaimed', 'guard'] as const
  return known.find((each) => each === why) ?? 'declined'
}

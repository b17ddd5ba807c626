/** From the log to the two streams: what staff read, and the part of it that customers read. */

import type { Stream, Turn } from '../engine/model.ts'
import type {
  KeptBody,
  PrivateBody,
  PublicBody,
  PublicEntry,
  PublicFrom,
  StaffEntry,
  StaffFrom,
} from '../protocol/conversation.ts'
import type { Event } from '../protocol/frames.ts'
import { SNAPSHOT_ENTRIES } from '../protocol/link.ts'
import type { Medium } from '../protocol/media.ts'
import type { Entry, Log } from '../streams/log.ts'
import { type Fields, seenBy, type Viewer } from './seen.ts'
import { type ConversationState, mediumOf, type Said } from './state.ts'

/** Who is further behind than this takes the snapshot. */
const MOST_MISSED = 500

const system: StaffFrom = { role: 'system' }

/** Adds what everybody may read. */
export function say(
  state: ConversationState,
  turn: Turn,
  body: KeptBody,
  from = system,
  command?: string,
): Entry<Said> {
  return append(state, turn, { public: true, at: turn.now, from, body }, command)
}

/** Adds what only staff may read. */
/** What kind of work it is, as entries say it that begin a stay: nothing of a chat. */
export function mediumSaid(state: ConversationState): { readonly medium?: Medium } {
  const medium = mediumOf(state.talk.get())
  return medium === 'chat' ? {} : { medium }
}

export function record(
  state: ConversationState,
  turn: Turn,
  body: PrivateBody,
  from = system,
  command?: string,
): Entry<Said> {
  return append(state, turn, { public: false, at: turn.now, from, body }, command)
}

function append(state: ConversationState, turn: Turn, said: Said, command = turn.newId()): Entry<Said> {
  return state.log.append({ sender: senderKey(said.from), command, public: said.public, body: said })
}

export function senderKey(from: StaffFrom): string {
  if (from.role === 'system') return 'system'
  return `${from.role === 'customer' ? 'customer' : 'staff'}:${from.id}`
}

export function toStaff({ seq, pub, command, body }: Entry<Said>): StaffEntry {
  return { stream: 'staff', seq, pub, at: body.at, id: command, from: body.from, body: body.body }
}

/** The one way from the log to a customer: null for what is not theirs to read. */
export function toPublic({ pub, command, body }: Entry<Said>): PublicEntry | null {
  if (!body.public || pub === null) return null
  const from = body.body.type === 'removal' ? system : body.from
  return {
    stream: 'public',
    seq: pub,
    at: body.at,
    id: command,
    from: toPublicFrom(from),
    body: toPublicBody(body.body),
  }
}

/** Who took something away, and why, stays inside. */
function toPublicBody(body: KeptBody): PublicBody {
  if (body.type === 'removed') return { type: 'removed', at: body.at }
  if (body.type === 'removal') return { type: 'removal', entry: body.pub, at: body.at }
  return body
}

function toPublicFrom(from: StaffFrom): PublicFrom {
  if (from.role === 'agent') return { role: 'agent', name: from.name }
  return { role: from.role }
}

/** As one role reads it. */
export function staffStream(log: Log<Said>, fields: Fields, viewer: Viewer): Stream {
  const events = (entries: readonly Entry<Said>[]) =>
    entries.map((entry) => toEvent(seenBy(toStaff(entry), fields, viewer)))
  return {
    head: () => log.head,
    fresh: () => events(log.fresh),
    since: (seq) => (seq > log.head || log.head - seq > MOST_MISSED ? null : events(log.after(seq, MOST_MISSED))),
    snapshot: () => events(log.before(log.head + 1, SNAPSHOT_ENTRIES)),
  }
}

export function publicStream(log: Log<Said>): Stream {
  const events = (entries: readonly Entry<Said>[]) =>
    entries
      .map(toPublic)
      .filter((entry) => entry !== null)
      .map(toEvent)
  return {
    head: () => log.publicHead,
    fresh: () => events(log.fresh),
    since: (seq) => {
      const tooFar = seq > log.publicHead || log.publicHead - seq > MOST_MISSED
      return tooFar ? null : events(log.publicAfter(seq, MOST_MISSED))
    },
    snapshot: () => events(log.publicBefore(log.publicHead + 1, SNAPSHOT_ENTRIES)),
  }
}

function toEvent(entry: PublicEntry | StaffEntry): Event {
  return { seq: entry.seq, at: entry.at, name: 'entry', body: entry }
}

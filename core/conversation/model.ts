/** The Conversation actor: the authority of what was said, who takes part and who owns it. */

import type { Source } from '../engine/feed.ts'
import type { Model, Relay, Turn } from '../engine/model.ts'
import type { Address, ConversationId } from '../ids.ts'
import type { TranscriptPage } from '../protocol/actors.ts'
import type { StaffEntry } from '../protocol/conversation.ts'
import type { Message, Start } from '../protocol/messages.ts'
import { may } from '../protocol/permissions.ts'
import type { Principal } from '../protocol/principal.ts'
import type { ConversationRecord, ProjectionBatch } from '../protocol/projection.ts'
import { registerOf } from '../register/model.ts'
import { ok, type Result, refuse } from '../result.ts'
import { foldEntry, type Open } from '../segments/fold.ts'
import { entryRecord, recordsOf } from '../segments/records.ts'
import type { Log } from '../streams/log.ts'
import { ofCustomer } from '../widget/pre-chat.ts'
import { snoozeDue } from './aside.ts'
import { botDue } from './bot.ts'
import { byCustomer } from './by-customer.ts'
import { byStaff } from './by-staff.ts'
import { close, endUnwritten } from './closing.ts'
import { mayJoinIn } from './colleagues.ts'
import { publicStream, staffStream, toStaff } from './entries.ts'
import { interrupted } from './interruption.ts'
import { beginFrom, join, joined, part } from './joining.ts'
import { askPlan, fieldsOf, pinAnew } from './known.ts'
import { retentionDue, revive, syncLife } from './life.ts'
import { accepted, avoidDue, claimed, declined, guardDue, lost } from './offers.ts'
import { leftBy } from './removing.ts'
import { figuresCame, planCame, queueGone } from './seeking.ts'
import { audienceOf, toEveryStaff, viewerIn } from './seen.ts'
import { placed, sync } from './settling.ts'
import { belongingOf, type ConversationState, openState, type Said, statusOf } from './state.ts'
import { publicView, staffView } from './views.ts'

/** How long a conversation waits for its first word, in ms. */
const UNWRITTEN = 24 * 3_600_000

/** A batch for the record stays well below the platform's 128 kB; an entry is at most about 25 kB of UTF-8. */
const BATCH_CHARACTERS = 30_000
const BATCH_ENTRIES = 100

export const conversationModel: Model<ConversationState> = {
  kind: 'conversation',
  migrations: [],
  open: openState,
  admit,

  receive(state, turn, _from, message) {
    receive(state, turn, message)
  },

  command(state, turn, by, command) {
    return by.kind === 'customer' ? byCustomer(state, turn, by, command) : byStaff(state, turn, by, command)
  },

  due(state, turn, name) {
    // What a step of the plan changes comes with every turn's end: its deadline needs no more than a turn.
    if (name === 'guard') guardDue(state, turn)
    else if (name === 'avoid') avoidDue(state, turn)
    else if (name === 'retention') retentionDue(state, turn)
    else if (name === 'snooze') snoozeDue(state, turn)
    else if (name === 'bot') botDue(state, turn)
    else if (name === 'unwritten') endUnwritten(state, turn)
  },

  settle(state, turn) {
    sync(state, turn)
    syncLife(state, turn)
    register(state, turn)
  },

  mark(state, _turn, by, { delivered, read }) {
    const side = by.kind === 'customer' ? 'customer' : state.talk.get().owner?.agent === by.id ? 'staff' : null
    if (side === null) return
    const head = state.log.publicHead
    const before = state.marks.get()[side]
    const marks = {
      read: Math.max(before.read, Math.min(read, head)),
      delivered: Math.max(before.delivered, Math.min(Math.max(delivered, read), head)),
    }
    if (marks.read !== before.read || marks.delivered !== before.delivered) state.marks.patch({ [side]: marks })
  },

  typing(state, by, on, text): readonly Relay[] {
    const isShown = text !== undefined && state.known.get().pinned?.typingPreview === true
    if (by.kind === 'customer') return toEveryStaff({ role: 'customer', on, ...(isShown ? { text } : {}) })
    const { owner } = state.talk.get()
    if (owner?.agent !== by.id) return []
    const body = { role: 'agent', name: owner.name, on }
    return [{ audience: 'public', body }, ...toEveryStaff(body)]
  },

  isSeenHere: (by) => by.kind === 'staff',

  stream(state, audience) {
    if (audience === 'public') return publicStream(state.log)
    const viewer = viewerIn(audience)
    return viewer === undefined ? undefined : staffStream(state.log, fieldsOf(state), viewer)
  },
  view: (state, audience) => (audience === 'public' ? publicView(state) : staffView(state, viewerIn(audience) ?? null)),
  source,
  configVersion: (state) => state.known.get().pinned?.version ?? 0,
  newerConfig: askPlan,
  lasting: ['talk', 'known', 'marks', 'about', 'kin', 'files', 'life', 'bot'],
  revive,
}

function admit(state: ConversationState, self: Address, by: Principal): Result<string> {
  if (by.org !== self.org) return refuse('not_found', 'no such conversation')
  if (state.life.get().erased !== null) return refuse('not_found', 'this conversation was erased')
  const talk = state.talk.get()
  if (by.kind === 'staff') {
    if (talk.begun === null) return refuse('not_found', 'no such conversation')
    const action = 'conversation.connect'
    const mayLook = may(by, action, belongingOf(talk)) || mayJoinIn(talk, by, action)
    return mayLook
      ? ok(audienceOf(by.role))
      : refuse('forbidden', 'this conversation is not for your role or your team')
  }
  const customer = talk.begun?.customer.id
  const theirs = by.conversation === self.id && (customer === undefined || customer === by.customer)
  return theirs ? ok('public') : refuse('not_found', 'no such conversation')
}

function receive(state: ConversationState, turn: Turn, message: Message): void {
  // What comes late revives nothing; only who asks is owed an answer.
  if (state.life.get().erased !== null && message.type !== 'claim' && message.type !== 'join') return
  switch (message.type) {
    case 'start':
      return begin(state, turn, message)
    case 'claim':
      return claimed(state, turn, message)
    case 'accepted':
      return accepted(state, turn, message)
    case 'declined':
      return declined(state, turn, message)
    case 'lost':
      return lost(state, turn, message)
    case 'interrupted':
      return interrupted(state, turn, message)
    case 'place':
      return placed(state, message)
    case 'figures':
      return figuresCame(state, message)
    case 'gone':
      return queueGone(state, turn, message)
    case 'plan':
      return planCame(state, turn, message)
    case 'pin-anew':
      return pinAnew(state, message.pinned)
    case 'succeeded':
      return succeeded(state, turn, message.next)
    case 'join':
      return join(state, turn, message)
    case 'joined':
      return joined(state, turn, message)
    case 'part':
      return part(state, turn, message)
  }
}

function begin(state: ConversationState, turn: Turn, start: Start): void {
  if (state.talk.get().begun !== null) return
  const { pinned, origin, ...begun } = start
  state.talk.patch({ begun })
  state.known.patch({ pinned })
  if (origin === undefined) turn.deadline('unwritten', turn.now + UNWRITTEN)
  else beginFrom(state, turn, begun.thread, origin)
}

/** Once, as soon as there is something to tell. */
function register(state: ConversationState, turn: Turn): void {
  if (state.log.head === 0 || state.talk.get().registered) return
  state.talk.patch({ registered: true })
  turn.send(registerOf(turn.self.org, turn.self.id), { type: 'register' })
}

/** The customer goes on elsewhere; whatever still stands open here has nobody to talk to. */
function succeeded(state: ConversationState, turn: Turn, next: ConversationId): void {
  if (state.talk.get().closed === null) close(state, turn, 'system')
  state.talk.patch({ next })
}

/**
 * The record learns the conversation, its entries and its segments together; the log's head is the version of all. What the
 * fold must know of the past, the segments that last, is kept with the cursor.
 */
function source(state: ConversationState, self: Address): Source<Open> {
  return {
    head: () => state.log.head,
    collect(cursor, known) {
      const entries = batchAfter(state.log, cursor)
      const open = known ?? openAt(state.log, cursor)
      const told = recordsOf(self, open, entries)
      const left = leftBy(state.log, entries).map((entry) => entryRecord(self, entry))
      const body: ProjectionBatch = { records: [conversationRecord(state, self), ...told.records, ...left] }
      return { items: [{ kind: 'projection', body }], upTo: entries.at(-1)?.seq ?? cursor, memo: told.open }
    },
  }
}

/** A page of what a transcript holds: the entries after `seq`, and the place of the next page. */
export function transcriptPage(state: ConversationState, self: Address, seq: number): TranscriptPage {
  const entries = batchAfter(state.log, seq)
  const last = entries.at(-1)?.seq ?? state.log.head
  return { conversation: conversationRecord(state, self), entries, next: last < state.log.head ? last : null }
}

/** What a message of the Queue can take. */
function batchAfter(log: Log<Said>, cursor: number): StaffEntry[] {
  const entries: StaffEntry[] = []
  let characters = 0
  for (const entry of log.after(cursor, BATCH_ENTRIES)) {
    if (entries.length > 0 && characters > BATCH_CHARACTERS) break
    characters += JSON.stringify(entry.body).length
    entries.push(toStaff(entry))
  }
  return entries
}

/** The segments that lasted after an entry, for a cursor that an earlier program left without them. */
function openAt(log: Log<Said>, seq: number): Open {
  let open: Open = []
  for (let last = 0; last < seq; ) {
    const entries = log.after(last, BATCH_ENTRIES).filter((entry) => entry.seq <= seq)
    for (const entry of entries) open = foldEntry(open, toStaff(entry)).open
    last = entries.at(-1)?.seq ?? seq
  }
  return open
}

export function conversationRecord(state: ConversationState, self: Address): ConversationRecord {
  const talk = state.talk.get()
  const { erased } = state.life.get()
  const { tags, disposition, rating, introduced, told, forgotten } = state.about.get()
  return {
    type: 'conversation',
    org: self.org,
    id: self.id,
    version: state.log.head,
    customer: talk.begun?.customer.id ?? '',
    customerName: talk.begun?.customer.name ?? '',
    channel: talk.begun?.channel ?? '',
    status: statusOf(talk),
    owner: talk.owner?.agent ?? null,
    openedAt: talk.openedAt ?? 0,
    closedAt: talk.closed?.at ?? null,
    entries: state.log.head,
    teams: talk.teams ?? [],
    about: {
      tags,
      disposition,
      rating: rating?.rating ?? null,
      snoozedUntil: talk.snooze?.until ?? null,
      mergedInto: talk.merge?.done === true ? talk.merge.into : null,
      splitFrom: state.kin.get().origin?.conversation ?? null,
    },
    ...(introduced === undefined ? {} : { introduced: { at: introduced.at, details: ofCustomer(introduced.fields) } }),
    ...(told === undefined ? {} : { told }),
    ...(forgotten === undefined ? {} : { forgotten }),
    ...(erased === null ? {} : { erased }),
  }
}

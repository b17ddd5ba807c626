/** What crosses the wire of a conversation: commands, the two kinds of entries, the two views. */
import * as z from 'zod/mini'
import { Choices, Chosen, OfferedChoices } from './choices.ts'
import { Draft, DraftBody, Mentioned, Mentions } from './colleagues.ts'
import { Decision } from './explanation.ts'
import { SNAPSHOT_ENTRIES } from './link.ts'
import { AskedField } from './widget.ts'

const count = z.int().check(z.nonnegative())
const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(8_000))
const lease = z.int().check(z.positive())
const name = z.string().check(z.maxLength(200))
const ref = z.string().check(z.minLength(1), z.maxLength(128))
const refs = z.array(ref).check(z.maxLength(20))
const rating = z.int().check(z.minimum(1), z.maximum(5))
const comment = z.string().check(z.trim(), z.maxLength(2_000))
const contact = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  email: z.string().check(z.trim(), z.email(), z.maxLength(200)),
}

/** What an attribute may hold; a date is a text as 2026-12-31. */
export const AttributeValue = z.union([
  z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
  z.number(),
  z.boolean(),
])
export type AttributeValue = z.infer<typeof AttributeValue>

/** What is known of a customer, by the names that a form before the first word has for it: email, customer.company. */
export const Details = z.record(z.string().check(z.maxLength(80)), AttributeValue)
export type Details = z.infer<typeof Details>

/** From 1, the worst, to 5. */
export const Rating = z.object({ rating, comment, at: z.number() })
export type Rating = z.infer<typeof Rating>

export const Contact = z.object(contact)
export type Contact = z.infer<typeof Contact>

const wordToNext = z.string().check(z.trim(), z.maxLength(500))

/** Commands of the customer. */
export const CustomerCommand = z.discriminatedUnion('name', [
  /** `chosen`: by pressing one of the answers that a message offered; its label is what was said then. */
  z.object({ name: z.literal('post'), body: z.object({ text, chosen: z.optional(Chosen) }) }),
  /** Withdraws: ends the wait or the talk from the customer's side. */
  z.object({ name: z.literal('leave'), body: z.object({}) }),
  /** Entries before `before`, newest last, at most {@link SNAPSHOT_ENTRIES}. */
  z.object({ name: z.literal('history'), body: z.object({ before: count }) }),
  /** A message outside opening hours, and how its writer can be reached. */
  z.object({ name: z.literal('leave-message'), body: z.object({ text, ...contact }) }),
  /** What is asked before the first word, by the fields of the view's `ask`; what is required has to be said before it. */
  z.object({ name: z.literal('introduce'), body: z.object({ fields: Details }) }),
  /** What the page says of its user, by the ids of the attributes that the organisation's customers have. */
  z.object({ name: z.literal('set-attributes'), body: z.object({ attributes: z.record(ref, AttributeValue) }) }),
  /** What the customer thinks of a conversation that is over; again within the time for it replaces it. */
  z.object({ name: z.literal('rate'), body: z.object({ rating, comment: z._default(comment, '') }) }),
])
export type CustomerCommand = z.infer<typeof CustomerCommand>

/** Why staff took away what an entry says: chosen, not written, so that it cannot say it again. */
export const removalReasons = ['payment', 'personal', 'mistaken', 'abusive', 'other'] as const
export const RemovalReason = z.enum(removalReasons)
export type RemovalReason = z.infer<typeof RemovalReason>

/** Commands of staff. What only the owner may do carries the lease under which it was granted: a stale one is refused. */
export const StaffCommand = z.discriminatedUnion('name', [
  /** `choices`: answers that the customer may choose from, beside writing. */
  z.object({ name: z.literal('post'), body: z.object({ text, lease, choices: z.optional(Choices) }) }),
  /** `mentions`: agents whom it names; each hears of it, and may look on. */
  z.object({ name: z.literal('note'), body: z.object({ text, mentions: z.optional(Mentions) }) }),
  /** What one has begun to write, for colleagues to see, and for one's other devices. Forgotten when it is sent. */
  z.object({ name: z.literal('draft'), body: DraftBody }),
  z.object({ name: z.literal('close'), body: z.object({ lease, disposition: z.optional(ref) }) }),
  /** To a queue or to an agent: one of them. `warm` keeps the present owner until somebody accepts; `note` is for the next. */
  z.object({
    name: z.literal('transfer'),
    body: z.object({
      lease,
      queue: z.optional(ref),
      agent: z.optional(ref),
      warm: z.boolean(),
      note: z.optional(wordToNext),
    }),
  }),
  /**
   * Asks a colleague, or whoever is next in a queue, in private: one of them. The owner keeps the conversation, the customer
   * sees nothing of it. A transfer to who is consulted is taken at once.
   */
  z.object({
    name: z.literal('consult'),
    body: z.object({ lease, queue: z.optional(ref), agent: z.optional(ref), note: z.optional(wordToNext) }),
  }),
  /** Ends it, or the asking: by the owner or by the colleague, each under the own lease. */
  z.object({ name: z.literal('end-consult'), body: z.object({ lease }) }),
  /** The customer is asked to wait a moment. It ends with `resume`, with the owner's next word, and with the ownership. */
  z.object({ name: z.literal('hold'), body: z.object({ lease }) }),
  z.object({ name: z.literal('resume'), body: z.object({ lease }) }),
  /** Takes back what one has handed over, as long as nobody has accepted it. */
  z.object({ name: z.literal('pull-back'), body: z.object({}) }),
  /** Adds and takes away tags of the configuration. */
  z.object({
    name: z.literal('tag'),
    body: z.object({ add: z._default(refs, []), remove: z._default(refs, []) }),
  }),
  /** What came of it; null takes it back. Of the owner, or of whoever had it last. */
  z.object({ name: z.literal('dispose'), body: z.object({ disposition: z.nullable(ref) }) }),
  /** Sets attributes of the configuration; null empties one. */
  z.object({
    name: z.literal('describe'),
    body: z.object({ attributes: z.record(ref, z.nullable(AttributeValue)) }),
  }),
  /** Lays it aside until then (ms): it comes back to the same agent, or to the queue. A word of the customer brings it back. */
  z.object({ name: z.literal('snooze'), body: z.object({ lease, until: z.int().check(z.positive()) }) }),
  /** Brings back at once what was laid aside, or left outside opening hours. */
  z.object({ name: z.literal('wake'), body: z.object({}) }),
  /** The customer's talk goes on in an earlier conversation, and this one closes. By its owner, or by a supervisor. */
  z.object({ name: z.literal('merge'), body: z.object({ into: ref, lease: z.optional(lease) }) }),
  /** Takes a merge back: this conversation goes on by itself. */
  z.object({ name: z.literal('unmerge'), body: z.object({}) }),
  /**
   * The talk goes on in a new conversation, which points to the entries from `from` to `to` (of the staff stream; absent: to
   * the last); this one closes. Taken back by merging the new one into this. `queue`: it waits there, else it stays in the
   * same hands.
   */
  z.object({
    name: z.literal('split'),
    body: z.object({ from: lease, to: z.optional(lease), queue: z.optional(ref), lease: z.optional(lease) }),
  }),
  /** Takes away what somebody wrote into the entry `entry` (of the staff stream), whatever its kind. By those who lead. */
  z.object({ name: z.literal('remove'), body: z.object({ entry: lease, why: RemovalReason }) }),
  /** By hand, to one agent. `force` passes presence and capacity, never a second live call. Supervisors only. */
  z.object({
    name: z.literal('assign'),
    body: z.object({ agent: z.string().check(z.maxLength(128)), force: z.boolean() }),
  }),
  /** Entries before `before`, newest last: at most `limit`, and fewer where they are long. */
  z.object({
    name: z.literal('history'),
    body: z.object({ before: count, limit: z._default(lease.check(z.maximum(200)), SNAPSHOT_ENTRIES) }),
  }),
])
export type StaffCommand = z.infer<typeof StaffCommand>

export const PublicFrom = z.discriminatedUnion('role', [
  z.object({ role: z.literal('customer') }),
  z.object({ role: z.literal('agent'), name }),
  z.object({ role: z.literal('system') }),
])
export type PublicFrom = z.infer<typeof PublicFrom>

export const StaffFrom = z.discriminatedUnion('role', [
  z.object({ role: z.literal('customer'), id: z.string(), name }),
  z.object({ role: z.literal('agent'), id: z.string(), name }),
  z.object({ role: z.literal('system') }),
])
export type StaffFrom = z.infer<typeof StaffFrom>

export const closers = ['customer', 'agent', 'system'] as const
/** Why nobody is sought for the time being: an agent laid it aside, or it was left outside opening hours. */
export const snoozes = ['agent', 'hours'] as const
/** What brings it back: its time, its customer's word, a member of staff. */
export const wakers = ['time', 'customer', 'staff'] as const

/** A file that was sent: `id` is its name under `/files/<conversation>/`, `media` its media type, `size` in bytes. */
export const FileBody = z.object({
  type: z.literal('file'),
  id: z.string(),
  name,
  media: z.string(),
  size: count,
  /** Of a picture, in pixels, as far as its sender told. */
  width: z.optional(lease),
  height: z.optional(lease),
})
export type FileBody = z.infer<typeof FileBody>

/** Why what was said here is gone: its time was over, or somebody had the right to have it erased. */
export const Erased = z.object({ type: z.literal('erased'), why: z.enum(['retention', 'request']) })
export type Erased = z.infer<typeof Erased>

const removed = { type: z.literal('removed'), at: z.number() }
const removal = { type: z.literal('removal'), entry: lease, at: z.number() }
const remover = { by: z.object({ id: z.string(), name }), why: RemovalReason }
/** Who took words away, when and why. */
export const RemovalMark = z.object({ at: z.number(), ...remover })
export type RemovalMark = z.infer<typeof RemovalMark>
/** Of an entry that tells what happened: the words that were said with it were taken away. */
const wordless = { removed: z.optional(RemovalMark) }
/** In place of what an entry said, under its old number: as staff read it. */
const Removed = z.object({ ...removed, ...remover })
/** What entry `entry` said was taken away. It follows in the stream, so that whoever has read that entry hears of it. */
const Removal = z.object({ ...removal, ...remover })
/** The same of a public entry; `pub` is its number in the public stream. */
const PublicRemoval = z.object({ ...removal, pub: lease, ...remover })

const spoken = [
  /** `choices` may be chosen from until the customer has said something after it; `chosen` is such an answer. */
  z.object({
    type: z.literal('message'),
    text: z.string(),
    choices: z.optional(OfferedChoices),
    chosen: z.optional(Chosen),
  }),
  z.object({ type: z.literal('joined'), name }),
  z.object({ type: z.literal('left'), name }),
  z.object({ type: z.literal('closed'), by: z.enum(closers) }),
  z.object({ type: z.literal('reopened') }),
  /** The customer is asked to wait a moment, and that moment is over. */
  z.object({ type: z.literal('held') }),
  z.object({ type: z.literal('resumed') }),
  FileBody,
  Erased,
] as const
/** What everybody in the talk may read. Who took something away, and why, is for staff; `entry` counts the public stream. */
export const PublicBody = z.discriminatedUnion('type', [...spoken, z.object(removed), z.object(removal)])
export type PublicBody = z.infer<typeof PublicBody>
/** The same as it is kept, and as staff read it. */
export const KeptBody = z.discriminatedUnion('type', [...spoken, Removed, PublicRemoval])
export type KeptBody = z.infer<typeof KeptBody>

/** How an offer ended without being accepted; `guard`: the agent said nothing at all. */
export const refusals = ['declined', 'missed', 'unclaimed', 'away', 'guard', 'taken'] as const

/**
 * Why an agent does not take what is given to it by hand: it has it already, its console is away, it is in a call; and, unless
 * forced, it is not available or has no room. The entry's `why`; its `how` is `away`.
 */
export const obstacles = ['has-it', 'no-console', 'on-call', 'not-available', 'full'] as const
export type Obstacle = (typeof obstacles)[number]

/**
 * How a consult ended: by the owner, by the colleague, because the colleague has the conversation now or the owner has it no
 * more, because the colleague's console stayed away or took it without asking and was not there. Of an asking: `ended`,
 * `withdrawn`, or nobody answered.
 */
export const consultEnds = ['ended', 'left', 'handed-over', 'withdrawn', 'lost', 'given-back', 'unanswered'] as const

/** What kind of work it is; absent: a chat. A word that is not known is one of a newer release. */
const medium = z.optional(z.string().check(z.maxLength(40)))

/**
 * How a flow ended: it led to a queue, or closed; its customer asked for a person; it could not go on; somebody took the
 * conversation.
 */
export const botEnds = ['passed-on', 'hung-up', 'person', 'broken', 'taken'] as const

/** What only staff may read. */
export const PrivateBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('note'), text: z.string(), mentions: z.optional(Mentioned) }),
  /** `consult`: no contact waits there, a colleague is asked in private. */
  z.object({
    type: z.literal('waiting'),
    queues: z.array(z.string()),
    step: count,
    consult: z.optional(z.boolean()),
    medium,
  }),
  /** `via`: the queue through which the agent got it; absent: by hand, and `why` in its last agent's or a wished one's case. */
  z.object({
    type: z.literal('offered'),
    agent: z.string(),
    lease,
    via: z.optional(z.string()),
    why: z.optional(z.enum(['returned', 'woken', 'transferred', 'merged', 'pulled-back', 'preferred', 'pulled'])),
    /** Others are rung at the same time, and go on being rung. */
    beside: z.optional(z.boolean()),
    /** Why this agent, of all that could; absent by hand, and in entries of an earlier program. */
    decision: z.optional(Decision),
    consult: z.optional(z.boolean()),
    medium,
  }),
  /** `why` is for people: the reason that the agent gave, if one was given; `word`: and what it said beside. */
  z.object({
    type: z.literal('declined'),
    agent: z.string(),
    lease,
    why: z.string(),
    word: z.optional(z.string()),
    how: z.optional(z.enum(refusals)),
    ...wordless,
  }),
  z.object({ type: z.literal('lost'), agent: z.string(), lease }),
  /** `to` is a queue, or the agent `agent` in words. */
  z.object({
    type: z.literal('transferred'),
    to: z.string(),
    warm: z.boolean(),
    agent: z.optional(z.boolean()),
    note: z.optional(z.string()),
    ...wordless,
  }),
  /** A colleague is asked in private: a queue, or the agent `agent` in words. */
  z.object({
    type: z.literal('consulting'),
    to: z.string(),
    agent: z.optional(z.boolean()),
    note: z.optional(z.string()),
    ...wordless,
  }),
  /** The colleague sees along from here. */
  z.object({ type: z.literal('consulted'), agent: z.string(), name, lease }),
  /** The consult is over, or the asking for one; null: nobody was being rung. */
  z.object({
    type: z.literal('consult-ended'),
    agent: z.nullable(z.string()),
    lease: z.nullable(lease),
    how: z.enum(consultEnds),
  }),
  /** Whoever handed it over has taken it back. */
  z.object({ type: z.literal('pulled-back') }),
  z.object({ type: z.literal('fallback'), to: z.string() }),
  /** From here on a flow leads the customer; it is the one of this version, whatever is published meanwhile. */
  z.object({ type: z.literal('bot'), flow: z.string(), version: count }),
  /** `problem`: why it could not go on. */
  z.object({ type: z.literal('bot-ended'), how: z.enum(botEnds), problem: z.optional(z.string()) }),
  z.object({ type: z.literal('tagged'), add: z.array(z.string()), remove: z.array(z.string()) }),
  z.object({ type: z.literal('disposed'), disposition: z.nullable(z.string()) }),
  z.object({ type: z.literal('described'), attributes: z.record(z.string(), z.nullable(AttributeValue)) }),
  z.object({ type: z.literal('snoozed'), until: z.number(), why: z.enum(snoozes), medium }),
  z.object({ type: z.literal('woken'), by: z.enum(wakers) }),
  z.object({ type: z.literal('rated'), rating, comment, ...wordless }),
  z.object({ type: z.literal('contact'), ...contact }),
  /** What the customer was asked before the first word; `page`: what the page said of its user. */
  z.object({ type: z.literal('introduced'), fields: Details, page: z.optional(z.boolean()) }),
  /** This conversation goes on in `into`. */
  z.object({ type: z.literal('merged'), into: z.string() }),
  /** `into` would not have it. */
  z.object({ type: z.literal('not-merged'), into: z.string(), why: z.string() }),
  z.object({ type: z.literal('unmerged'), from: z.string() }),
  /** The talk of `conversation` goes on here; its entries stay there. */
  z.object({ type: z.literal('joined-by'), conversation: z.string() }),
  z.object({ type: z.literal('parted'), conversation: z.string() }),
  /** Entries `first` to `last` go on in `into`. */
  z.object({ type: z.literal('split'), into: z.string(), first: count, last: count }),
  /** Begun with the entries `first` to `last` of `conversation`, which stay there. */
  z.object({ type: z.literal('split-from'), conversation: z.string(), first: count, last: count }),
  Removed,
  Removal,
])
export type PrivateBody = z.infer<typeof PrivateBody>

/**
 * An entry as a customer gets it: `seq` counts the public stream, gapless in itself. `id` is the command that made it.
 * `by` is the sender's own tab-independent key, so that a client knows its own messages again.
 */
export const PublicEntry = z.object({
  stream: z.literal('public'),
  seq: lease,
  at: z.number(),
  id: z.string(),
  from: PublicFrom,
  body: PublicBody,
})
export type PublicEntry = z.infer<typeof PublicEntry>

/** An entry as staff get it: `seq` counts the staff stream, `pub` is its number in the public one, if it has one. */
export const StaffEntry = z.object({
  stream: z.literal('staff'),
  seq: lease,
  pub: z.nullable(lease),
  at: z.number(),
  id: z.string(),
  from: StaffFrom,
  body: z.union([KeptBody, PrivateBody]),
})
export type StaffEntry = z.infer<typeof StaffEntry>

/** How far one side has received and read, as numbers of the public stream. */
export const Marks = z.object({ delivered: count, read: count })
export type Marks = z.infer<typeof Marks>

/**
 * `new`: nothing written yet. `waiting`: in queues, or being offered. `talking`: owned. `fallback`: its plan ended
 * without an agent and nobody is sought. `closed`: may be reopened by the customer for the configured time.
 */
export const statuses = ['new', 'waiting', 'talking', 'fallback', 'closed'] as const
export type Status = (typeof statuses)[number]

/** A range of minutes. Within one wait its end never rises by more than one step above the shortest that was told. */
export const Wait = z.object({ from: count, to: count })
export type Wait = z.infer<typeof Wait>

/** What a customer sees of the present. */
export const PublicView = z.object({
  status: z.enum(statuses),
  agent: z.nullable(z.object({ name })),
  /** 1 = next. Null while unknown or not waiting. */
  place: z.nullable(lease),
  /** How long it will take, about: minutes, from … to. Absent while nobody knows. */
  wait: z.optional(Wait),
  /** The plan's fallback text, when nobody could be found. */
  notice: z.nullable(z.string()),
  marks: z.object({ customer: Marks, staff: Marks }),
  /** Where the customer's talk goes on: after the time for reopening, after a merge or a split. */
  next: z.nullable(z.string()),
  /** Nobody is sought for the time being; `until` in ms, told only for opening hours. */
  later: z.optional(z.object({ why: z.enum(snoozes), until: z.nullable(z.number()) })),
  /** A flow leads: nobody is sought yet. Absent: none does. */
  bot: z.optional(z.boolean()),
  /** What may be chosen instead of waiting. */
  offer: z.optional(z.enum(['callback', 'message'])),
  /** What is asked before the first word; absent: nothing, or nothing any more. */
  ask: z.optional(z.array(AskedField)),
  /** Until when it may be rated (ms), and how it was. Absent: not to be rated. */
  rate: z.optional(z.object({ until: z.number(), rating: z.nullable(Rating) })),
})
export type PublicView = z.infer<typeof PublicView>

/** What staff see of the present. `since` is when the present wait began, in ms. */
export const StaffView = z.object({
  status: z.enum(statuses),
  customer: z.object({ id: z.string(), name, verified: z.boolean(), details: z._default(Details, {}) }),
  channel: z.string(),
  /** What kind of work it is; absent: a chat, or what its channel says. */
  medium,
  queues: z.array(z.string()),
  /** The flow that leads, by its id; absent: none does. */
  bot: z.optional(z.string()),
  /** The one through which it was given to an agent last. */
  queue: z._default(z.nullable(z.string()), null),
  priority: z.number(),
  wait: z.optional(Wait),
  since: z.nullable(z.number()),
  owner: z.nullable(z.object({ agent: z.string(), name, lease })),
  offer: z.nullable(z.object({ agent: z.string(), name, lease })),
  /** Who is rung at the same time; absent: nobody. */
  beside: z.optional(z.array(z.object({ agent: z.string(), name, lease }))),
  /** A colleague who is asked in private (`lease` null: sought in `queue`), or consulted. */
  consult: z._default(
    z.nullable(
      z.object({
        state: z.enum(['asked', 'joined']),
        agent: z.nullable(z.string()),
        name: z.nullable(name),
        lease: z.nullable(lease),
        queue: z.nullable(z.string()),
      }),
    ),
    null,
  ),
  /** The customer was asked to wait a moment, since (ms). */
  hold: z._default(z.nullable(z.object({ since: z.number() })), null),
  /** Its owner has work in hand that cannot wait, since (ms): it comes back by itself. */
  interrupted: z._default(z.nullable(z.object({ since: z.number() })), null),
  /** Who has handed it over and may take it back, as long as nobody has accepted it. */
  handed: z._default(z.nullable(z.object({ agent: z.string(), name })), null),
  marks: z.object({ customer: Marks, staff: Marks }),
  tags: z._default(z.array(z.string()), []),
  disposition: z._default(z.nullable(z.string()), null),
  /** A disposition must be given before it may be closed. */
  dispositionRequired: z._default(z.boolean(), false),
  attributes: z._default(z.record(z.string(), AttributeValue), {}),
  snooze: z._default(z.nullable(z.object({ until: z.number(), why: z.enum(snoozes) })), null),
  rating: z._default(z.nullable(Rating), null),
  contact: z._default(z.nullable(Contact), null),
  /** Merged into another, or about to be. */
  merge: z._default(z.nullable(z.object({ into: z.string(), done: z.boolean() })), null),
  origin: z._default(z.nullable(z.object({ conversation: z.string(), first: count, last: count })), null),
  joined: z._default(z.array(z.string()), []),
  /** What colleagues, and the reader, have begun to write; absent: nothing. */
  drafts: z.optional(z.array(Draft)),
})
export type StaffView = z.infer<typeof StaffView>

/** What crosses the wire of a conversation: commands, the two kinds of entries, the two views. */
import * as z from 'zod/mini'

const count = z.int().check(z.nonnegative())
const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(8_000))
const lease = z.int().check(z.positive())
const name = z.string().check(z.maxLength(200))

/** Commands of the customer. */
export const CustomerCommand = z.discriminatedUnion('name', [
  z.object({ name: z.literal('post'), body: z.object({ text }) }),
  /** Withdraws: ends the wait or the talk from the customer's side. */
  z.object({ name: z.literal('leave'), body: z.object({}) }),
  /** Entries before `before`, newest last, at most {@link SNAPSHOT_ENTRIES}. */
  z.object({ name: z.literal('history'), body: z.object({ before: count }) }),
])
export type CustomerCommand = z.infer<typeof CustomerCommand>

/** Commands of staff. What only the owner may do carries the lease under which it was granted: a stale one is refused. */
export const StaffCommand = z.discriminatedUnion('name', [
  z.object({ name: z.literal('post'), body: z.object({ text, lease }) }),
  z.object({ name: z.literal('note'), body: z.object({ text }) }),
  z.object({ name: z.literal('close'), body: z.object({ lease }) }),
  /** To a queue. `warm` keeps the present owner until somebody accepts. */
  z.object({
    name: z.literal('transfer'),
    body: z.object({ lease, queue: z.string().check(z.maxLength(128)), warm: z.boolean() }),
  }),
  /** By hand, to one agent. `force` passes presence and capacity, never a second live call. Supervisors only. */
  z.object({
    name: z.literal('assign'),
    body: z.object({ agent: z.string().check(z.maxLength(128)), force: z.boolean() }),
  }),
  z.object({ name: z.literal('history'), body: z.object({ before: count }) }),
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

/** A file that was sent: `id` is its name under `/files/<conversation>/`, `media` its media type, `size` in bytes. */
export const FileBody = z.object({
  type: z.literal('file'),
  id: z.string(),
  name,
  media: z.string(),
  size: count,
})
export type FileBody = z.infer<typeof FileBody>

/** Why what was said here is gone: its time was over, or somebody had the right to have it erased. */
export const Erased = z.object({ type: z.literal('erased'), why: z.enum(['retention', 'request']) })
export type Erased = z.infer<typeof Erased>

/** What everybody in the talk may read. */
export const PublicBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), text: z.string() }),
  z.object({ type: z.literal('joined'), name }),
  z.object({ type: z.literal('left'), name }),
  z.object({ type: z.literal('closed'), by: z.enum(closers) }),
  z.object({ type: z.literal('reopened') }),
  FileBody,
  Erased,
])
export type PublicBody = z.infer<typeof PublicBody>

/** How an offer ended without being accepted; `guard`: the agent said nothing at all. */
export const refusals = ['declined', 'missed', 'unclaimed', 'away', 'guard'] as const

/** What only staff may read. */
export const PrivateBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('note'), text: z.string() }),
  z.object({ type: z.literal('waiting'), queues: z.array(z.string()), step: count }),
  /** `via`: the queue through which the agent got it; absent: by hand. */
  z.object({ type: z.literal('offered'), agent: z.string(), lease, via: z.optional(z.string()) }),
  /** `why` is for people: the agent's own words, if there were any. */
  z.object({
    type: z.literal('declined'),
    agent: z.string(),
    lease,
    why: z.string(),
    how: z.optional(z.enum(refusals)),
  }),
  z.object({ type: z.literal('lost'), agent: z.string(), lease }),
  z.object({ type: z.literal('transferred'), to: z.string(), warm: z.boolean() }),
  z.object({ type: z.literal('fallback'), to: z.string() }),
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
  body: z.union([PublicBody, PrivateBody]),
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

/** What a customer sees of the present. */
export const PublicView = z.object({
  status: z.enum(statuses),
  agent: z.nullable(z.object({ name })),
  /** 1 = next. Null while unknown or not waiting. */
  place: z.nullable(lease),
  /** The plan's fallback text, when nobody could be found. */
  notice: z.nullable(z.string()),
  marks: z.object({ customer: Marks, staff: Marks }),
  /** The conversation that follows this one, when the customer came back after the time for reopening. */
  next: z.nullable(z.string()),
})
export type PublicView = z.infer<typeof PublicView>

/** What staff see of the present. `since` is when the present wait began, in ms. */
export const StaffView = z.object({
  status: z.enum(statuses),
  customer: z.object({ id: z.string(), name, verified: z.boolean() }),
  channel: z.string(),
  queues: z.array(z.string()),
  priority: z.number(),
  since: z.nullable(z.number()),
  owner: z.nullable(z.object({ agent: z.string(), name, lease })),
  offer: z.nullable(z.object({ agent: z.string(), name, lease })),
  marks: z.object({ customer: Marks, staff: Marks }),
})
export type StaffView = z.infer<typeof StaffView>

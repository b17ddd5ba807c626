/** What a batch of projection records comes down to, without a database: newer versions win, each entry counts once. */
import * as z from 'zod/mini'
import { removedFrom } from '../../core/conversation/words.ts'
import { Act } from '../../core/protocol/administration.ts'
import { StuckLists } from '../../core/protocol/api.ts'
import { AttributeValue, Details, StaffEntry, statuses } from '../../core/protocol/conversation.ts'
import type {
  AgentIntervalRecord,
  AuditRecord,
  ConversationRecord,
  EntryRecord,
  ProjectionRecord,
  SegmentRecord,
  TroubleRecord,
} from '../../core/protocol/projection.ts'
import { AgentInterval, Segment } from '../../core/protocol/segments.ts'

const text = z.string().check(z.minLength(1), z.maxLength(200))
const count = z.int().check(z.nonnegative())

export const ConversationShape = z.object({
  type: z.literal('conversation'),
  org: text,
  id: text,
  version: count,
  customer: z.string(),
  customerName: z.string(),
  channel: z.string(),
  status: z.enum(statuses),
  owner: z.nullable(z.string()),
  openedAt: z.number(),
  closedAt: z.nullable(z.number()),
  entries: count,
  teams: z.optional(z.array(z.string())),
  about: z.optional(
    z.object({
      tags: z.array(z.string()),
      disposition: z.nullable(z.string()),
      rating: z.nullable(z.number()),
      snoozedUntil: z.nullable(z.number()),
      mergedInto: z.nullable(z.string()),
      splitFrom: z.nullable(z.string()),
    }),
  ),
  introduced: z.optional(z.object({ at: z.number(), details: Details })),
  told: z.optional(z.record(z.string(), z.object({ value: AttributeValue, at: z.number() }))),
  forgotten: z.optional(z.array(z.object({ field: z.string(), at: z.number() }))),
  erased: z.optional(z.object({ at: z.number(), why: z.enum(['retention', 'request']) })),
})
const EntryShape = z.object({ type: z.literal('entry'), org: text, conversation: text, entry: StaffEntry })
const SegmentShape = z.object({ type: z.literal('segment'), org: text, conversation: text, segment: Segment })
const IntervalShape = z.object({
  type: z.literal('agent-interval'),
  org: text,
  agent: text,
  interval: AgentInterval,
})
const AuditShape = z.object({ type: z.literal('audit'), org: text, act: Act })
const TroubleShape = z.object({
  type: z.literal('trouble'),
  org: text,
  actor: z.string().check(z.minLength(1), z.maxLength(300)),
  version: count,
  at: z.number(),
  ...StuckLists.shape,
})
const RecallShape = z.object({ type: z.literal('recall'), org: text, n: count })
const Shape = z.discriminatedUnion('type', [
  RecallShape,
  AuditShape,
  ConversationShape,
  EntryShape,
  SegmentShape,
  IntervalShape,
  TroubleShape,
])
const Batch = z.object({ records: z.array(Shape) })

/** The records of one message of the Queue, JSON or what it says, or why it is none. */
export function readBatch(message: unknown): { ok: true; records: ProjectionRecord[] } | { ok: false; why: string } {
  const parsed = Batch.safeParse(typeof message === 'string' ? parseJson(message) : message)
  if (parsed.success) return { ok: true, records: parsed.data.records }
  const issue = parsed.error.issues[0]
  // The path and the rule only: the value may be somebody's words.
  return { ok: false, why: `${issue?.path.join('.') ?? ''}: ${issue?.code ?? 'unreadable'}` }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No JSON is no batch: the schema refuses it like any other.
    return undefined
  }
}

/** Whether `record` replaces `known`: the law of every versioned row, in the database too. */
export const isNewer = (record: { version: number }, known: { version: number } | undefined) =>
  known === undefined || record.version > known.version

/** What a batch comes down to: the newest record of each thing, in the order in which they first came. */
export function foldRecords(records: Iterable<ProjectionRecord>) {
  const acts = new Newest<AuditRecord>()
  const conversations = new Newest<ConversationRecord>()
  const entries = new Newest<EntryRecord>()
  const segments = new Newest<SegmentRecord>()
  const intervals = new Newest<AgentIntervalRecord>()
  const troubles = new Newest<TroubleRecord>()
  for (const record of records) {
    const { org } = record
    if (record.type === 'audit') acts.take(`${org}/${record.act.id}`, record, 0)
    else if (record.type === 'conversation') conversations.take(`${org}/${record.id}`, record, record.version)
    // An entry never changes, but that what it said is taken away: else the first is as good as any.
    else if (record.type === 'entry')
      entries.take(`${org}/${record.conversation}/${record.entry.seq}`, record, isRemoved(record) ? 1 : 0)
    else if (record.type === 'segment')
      segments.take(`${org}/${record.conversation}/${record.segment.id}`, record, record.segment.version)
    else if (record.type === 'trouble') troubles.take(`${org}/${record.actor}`, record, record.version)
    else if (record.type === 'agent-interval')
      intervals.take(`${org}/${record.agent}/${record.interval.id}`, record, record.interval.version)
  }
  return {
    acts: acts.all(),
    conversations: conversations.all(),
    entries: entries.all(),
    segments: segments.all(),
    intervals: intervals.all(),
    troubles: troubles.all(),
  }
}

/** Whether somebody's words were taken out of the entry. */
export const isRemoved = ({ entry }: EntryRecord) => removedFrom(entry.body) !== null

class Newest<R> {
  readonly #known = new Map<string, { readonly record: R; readonly version: number }>()

  take(key: string, record: R, version: number): void {
    if (isNewer({ version }, this.#known.get(key))) this.#known.set(key, { record, version })
  }

  all(): R[] {
    return [...this.#known.values()].map(({ record }) => record)
  }
}

/** The row of a conversation, by the columns' names. */
export const conversationRow = (record: ConversationRecord) => ({
  org_id: record.org,
  id: record.id,
  version: record.version,
  customer_id: record.customer,
  customer_name: record.customerName,
  channel: record.channel,
  status: record.status,
  owner_id: record.owner,
  opened_at: record.openedAt,
  closed_at: record.closedAt,
  entries: record.entries,
  teams: record.teams ?? [],
  tags: record.about?.tags ?? [],
  disposition: record.about?.disposition ?? null,
  rating: record.about?.rating ?? null,
  snoozed_until: record.about?.snoozedUntil ?? null,
  merged_into: record.about?.mergedInto ?? null,
  split_from: record.about?.splitFrom ?? null,
  erased_at: record.erased?.at ?? null,
  erased_why: record.erased?.why ?? null,
})

/** The row of an entry, by the columns' names. */
export const entryRow = ({ org, conversation, entry }: EntryRecord) => ({
  org_id: org,
  conversation_id: conversation,
  seq: entry.seq,
  pub: entry.pub,
  at: entry.at,
  command_id: entry.id,
  sender: entry.from,
  body: entry.body,
})

/** The row of a segment, by the columns' names. */
export const segmentRow = ({ org, conversation, segment }: SegmentRecord) => ({
  org_id: org,
  conversation_id: conversation,
  id: segment.id,
  version: segment.version,
  kind: segment.kind,
  medium: segment.medium ?? 'chat',
  queue_id: segment.queue,
  agent_id: segment.agent,
  lease: segment.lease,
  began_at: segment.beganAt,
  ended_at: segment.endedAt,
  outcome: segment.outcome,
  first_seq: segment.first,
  last_seq: segment.last,
})

/** The row of an agent's time, by the columns' names. */
export const intervalRow = ({ org, agent, interval }: AgentIntervalRecord) => ({
  org_id: org,
  agent_id: agent,
  id: interval.id,
  version: interval.version,
  presence: interval.presence,
  reason: interval.reason,
  not_responding: interval.notResponding ? 1 : 0,
  connected: interval.connected ? 1 : 0,
  occupied: interval.occupied ? 1 : 0,
  began_at: interval.beganAt,
  ended_at: interval.endedAt,
})

/** The row of an actor's report, by the columns' names. */
export const troubleRow = ({ org, actor, version, at, peers, parked }: TroubleRecord) => ({
  org_id: org,
  actor,
  version,
  at,
  stuck: peers.length + parked.length > 0 ? 1 : 0,
  peers,
  parked,
})

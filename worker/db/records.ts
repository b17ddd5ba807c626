/** What a batch of projection records comes down to, without a database: newer versions win, each entry counts once. */
import * as z from 'zod/mini'
import { StaffEntry, statuses } from '../../core/protocol/conversation.ts'
import type { ConversationRecord, EntryRecord, ProjectionRecord } from '../../core/protocol/projection.ts'

const text = z.string().check(z.minLength(1), z.maxLength(200))
const count = z.int().check(z.nonnegative())

const ConversationShape = z.object({
  type: z.literal('conversation'),
  org: text,
  id: text,
  version: count,
  customer: text,
  customerName: z.string(),
  channel: text,
  status: z.enum(statuses),
  owner: z.nullable(z.string()),
  openedAt: z.number(),
  closedAt: z.nullable(z.number()),
  entries: count,
})
const EntryShape = z.object({ type: z.literal('entry'), org: text, conversation: text, entry: StaffEntry })
const Batch = z.object({ records: z.array(z.discriminatedUnion('type', [ConversationShape, EntryShape])) })

/** The records of one message of the Queue, or why it is none. */
export function readBatch(body: unknown): { ok: true; records: ProjectionRecord[] } | { ok: false; why: string } {
  const parsed = Batch.safeParse(body)
  if (parsed.success) return { ok: true, records: parsed.data.records }
  const issue = parsed.error.issues[0]
  // The path and the rule only: the value may be somebody's words.
  return { ok: false, why: `${issue?.path.join('.') ?? ''}: ${issue?.code ?? 'unreadable'}` }
}

/** Whether `record` replaces `known`: the law of every versioned row, in the database too. */
export const isNewer = (record: { version: number }, known: { version: number } | undefined) =>
  known === undefined || record.version > known.version

/** The newest record of each conversation and one of each entry, in the order in which they first came. */
export function foldRecords(records: Iterable<ProjectionRecord>) {
  const conversations = new Map<string, ConversationRecord>()
  const entries = new Map<string, EntryRecord>()
  for (const record of records) {
    if (record.type === 'conversation') {
      const key = `${record.org}/${record.id}`
      if (isNewer(record, conversations.get(key))) conversations.set(key, record)
    } else {
      const key = `${record.org}/${record.conversation}/${record.entry.seq}`
      if (!entries.has(key)) entries.set(key, record)
    }
  }
  return { conversations: [...conversations.values()], entries: [...entries.values()] }
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

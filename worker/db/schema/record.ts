/** Mirrors of what actors know; the consumer of the Queue `projection` is the only writer. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { presences } from '../../../core/protocol/agent.ts'
import { outcomes, segmentKinds } from '../../../core/protocol/segments.ts'

/** Projection of the Conversation actors; `version` only grows. */
export const conversations = sqliteTable(
  'conversations',
  {
    orgId: text('org_id').notNull(),
    id: text('id').notNull(),
    version: integer('version').notNull(),
    customerId: text('customer_id').notNull(),
    customerName: text('customer_name').notNull(),
    channel: text('channel').notNull(),
    status: text('status', { enum: ['new', 'waiting', 'talking', 'fallback', 'closed'] }).notNull(),
    ownerId: text('owner_id'),
    openedAt: integer('opened_at').notNull(),
    closedAt: integer('closed_at'),
    entries: integer('entries').notNull(),
    /** The teams that have had to do with it; none: the common team. */
    teams: text('teams', { mode: 'json' }).$type<readonly string[]>().notNull().default([]),
    tags: text('tags', { mode: 'json' }).$type<readonly string[]>().notNull().default([]),
    disposition: text('disposition'),
    /** From 1 to 5. */
    rating: integer('rating'),
    snoozedUntil: integer('snoozed_until'),
    mergedInto: text('merged_into'),
    splitFrom: text('split_from'),
    /** Set on a tombstone: what was said is gone. */
    erasedAt: integer('erased_at'),
    erasedWhy: text('erased_why', { enum: ['retention', 'request'] }),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.id] }),
    index('conversations_customer').on(table.orgId, table.customerId, table.id),
    // The open ones are few beside the closed ones: an index of them alone stays small. Only open ones have an owner.
    index('conversations_open').on(table.orgId, table.id).where(sql`status <> 'closed'`),
    index('conversations_owner').on(table.orgId, table.ownerId, table.id).where(sql`owner_id is not null`),
  ],
)

/** By what conversations are found of which each may have several: teams, tags, queues it waited in, agents who had it. */
export const facetKinds = ['team', 'tag', 'queue', 'agent'] as const
export type FacetKind = (typeof facetKinds)[number]

/**
 * The conversations of each team, tag, queue and agent, newest last. Nobody writes here: triggers of `conversations` and
 * `segments` keep it, so that it says what they say. A conversation of no team is the common team's, whose name is empty.
 */
export const facets = sqliteTable(
  'facets',
  {
    orgId: text('org_id').notNull(),
    kind: text('kind', { enum: facetKinds }).notNull(),
    value: text('value').notNull(),
    conversationId: text('conversation_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.kind, table.value, table.conversationId] }),
    index('facets_conversation').on(table.orgId, table.conversationId),
  ],
)

/** Projection of the Conversation actors' entries; `body` is JSON as staff may read it. */
export const entries = sqliteTable(
  'entries',
  {
    orgId: text('org_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    seq: integer('seq').notNull(),
    pub: integer('pub'),
    at: integer('at').notNull(),
    commandId: text('command_id').notNull(),
    sender: text('sender', { mode: 'json' }).notNull(),
    body: text('body', { mode: 'json' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.conversationId, table.seq] })],
)

/** Projection of stays: those of the Conversation actors, and the Agent actors' wrap-ups. Reports are folds over it. */
export const segments = sqliteTable(
  'segments',
  {
    orgId: text('org_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    id: text('id').notNull(),
    version: integer('version').notNull(),
    kind: text('kind', { enum: segmentKinds }).notNull(),
    /** What kind of work it was when the stay began. */
    medium: text('medium').notNull().default('chat'),
    queueId: text('queue_id'),
    agentId: text('agent_id'),
    lease: integer('lease'),
    beganAt: integer('began_at').notNull(),
    endedAt: integer('ended_at'),
    outcome: text('outcome', { enum: outcomes }),
    /** Numbers of the entries with which it began and ended. */
    firstSeq: integer('first_seq'),
    lastSeq: integer('last_seq'),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.conversationId, table.id] }),
    index('segments_ended').on(table.orgId, table.endedAt, table.conversationId, table.id),
  ],
)

/** Projection of the Agent actors: what each was, from when to when. */
export const agentIntervals = sqliteTable(
  'agent_intervals',
  {
    orgId: text('org_id').notNull(),
    agentId: text('agent_id').notNull(),
    id: integer('id').notNull(),
    version: integer('version').notNull(),
    presence: text('presence', { enum: presences }).notNull(),
    reason: text('reason'),
    notResponding: integer('not_responding', { mode: 'boolean' }).notNull(),
    connected: integer('connected', { mode: 'boolean' }).notNull(),
    occupied: integer('occupied', { mode: 'boolean' }).notNull(),
    beganAt: integer('began_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.agentId, table.id] }),
    index('agent_intervals_began').on(table.orgId, table.agentId, table.beganAt, table.id),
  ],
)

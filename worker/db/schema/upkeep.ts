/** What is under way and passes: answers that are kept, uploads, errands, what does not get through. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { StuckReport } from '../../../core/protocol/actors.ts'
import type { Principal } from '../../../core/protocol/principal.ts'

/** Answers to requests that named an `Idempotency-Key`, for a day: sent again, a request gets its first answer. */
export const keptAnswers = sqliteTable(
  'kept_answers',
  {
    orgId: text('org_id').notNull(),
    /** A hash of who asked, the route and the key. */
    key: text('key').notNull(),
    /** A hash of the whole request: one key is one request. */
    request: text('request').notNull(),
    /** Null while the request is under way. */
    status: integer('status'),
    body: text('body'),
    /** Until when it counts; while under way, how long it is waited for. */
    until: integer('until').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.key] }), index('kept_answers_until').on(table.until)],
)

/** Uploads of files under way: until they have become an entry, or their time is over. */
export const uploads = sqliteTable(
  'uploads',
  {
    orgId: text('org_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    id: text('id').notNull(),
    /** Who sends it. */
    principal: text('principal', { mode: 'json' }).$type<Principal>().notNull(),
    name: text('name').notNull(),
    media: text('media').notNull(),
    size: integer('size').notNull(),
    /** The bucket's name for an upload in parts; null for one that comes in one piece. */
    multipart: text('multipart'),
    until: integer('until').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.conversationId, table.id] }),
    index('uploads_until').on(table.until),
  ],
)

export const uploadParts = sqliteTable(
  'upload_parts',
  {
    orgId: text('org_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    uploadId: text('upload_id').notNull(),
    number: integer('number').notNull(),
    /** By which the bucket knows the part. */
    etag: text('etag').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.conversationId, table.uploadId, table.number] })],
)

/**
 * What is still to be done in the bucket and in the search index because of what the record was told: `transcript` keeps
 * that of a closed conversation, `clear` takes away what is left of an erased one, `remove` what
 * was said in entries that were removed, `purge` what lies outside of the record's window. Done, the row goes.
 */
export const errands = sqliteTable(
  'errands',
  {
    orgId: text('org_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    kind: text('kind', { enum: ['transcript', 'clear', 'purge', 'remove'] }).notNull(),
    /** Of the conversation, when it was noted; what was done for an older one does not count. */
    version: integer('version').notNull(),
    dueAt: integer('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Why the last try failed, and since when all have. */
    error: text('error'),
    since: integer('since'),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.conversationId, table.kind] }),
    index('errands_due').on(table.dueAt),
    index('errands_failing').on(table.orgId, table.conversationId, table.kind).where(sql`attempts >= 10`),
  ],
)

/**
 * What does not get through from actors, as each reports of itself. Who is well again keeps its row for a while, so that a
 * late report changes nothing. Nobody tells of it twice: what makes the record anew leaves it alone.
 */
export const troubles = sqliteTable(
  'troubles',
  {
    orgId: text('org_id').notNull(),
    /** The actor's whole name. */
    actor: text('actor').notNull(),
    version: integer('version').notNull(),
    /** Since when it is so. */
    at: integer('at').notNull(),
    /** Whether anything is stuck. */
    stuck: integer('stuck', { mode: 'boolean' }).notNull(),
    /** To whom it gets nothing through. */
    peers: text('peers', { mode: 'json' }).$type<StuckReport['peers']>().notNull(),
    /** What it has given up to tell the record. */
    parked: text('parked', { mode: 'json' }).$type<StuckReport['parked']>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.actor] }),
    index('troubles_stuck').on(table.orgId, table.actor).where(sql`stuck = 1`),
  ],
)

/** When each duty of the installation ran to its end last, and since when it has failed. */
export const dutyRuns = sqliteTable('duty_runs', {
  name: text('name').primaryKey(),
  ranAt: integer('ran_at'),
  failedSince: integer('failed_since'),
})

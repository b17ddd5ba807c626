/** The tables of D1: what it owns (staff, customers, identifiers) and what it only mirrors (the rest). */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { StuckReport } from '../../core/protocol/actors.ts'
import type { Act } from '../../core/protocol/administration.ts'
import { presences } from '../../core/protocol/agent.ts'
import type { Findings } from '../../core/protocol/api.ts'
import type { KeyAction } from '../../core/protocol/permissions.ts'
import { type Principal, staffRoles } from '../../core/protocol/principal.ts'
import { outcomes, segmentKinds } from '../../core/protocol/segments.ts'

export const organisations = sqliteTable('organisations', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
})

export const staff = sqliteTable(
  'staff',
  {
    orgId: text('org_id').notNull(),
    /** The agent's id too. */
    id: text('id').notNull(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: staffRoles }).notNull(),
    passwordHash: text('password_hash').notNull(),
    active: integer('active', { mode: 'boolean' }).notNull().default(true),
    /** Counts the changes of what this member may do; a socket's ticket names the count it was made under. */
    rights: integer('rights').notNull().default(0),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.id] }),
    // Not led by the organisation: who signs in says only an address, and the organisation follows from it.
    uniqueIndex('staff_email').on(table.email),
  ],
)

export const sessions = sqliteTable(
  'sessions',
  {
    orgId: text('org_id').notNull(),
    /** SHA-256 of the token; the token itself is nowhere but in the cookie. */
    tokenHash: text('token_hash').notNull(),
    staffId: text('staff_id').notNull(),
    createdAt: integer('created_at').notNull(),
    /** When a person last used it, to the minute. */
    usedAt: integer('used_at').notNull().default(0),
    /** How long it lives without use, in ms. */
    idle: integer('idle').notNull().default(1_800_000),
    /** It can do nothing yet but turn on the second factor that its owner has to have. */
    mustEnrol: integer('must_enrol', { mode: 'boolean' }).notNull().default(false),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.tokenHash] }),
    index('sessions_staff').on(table.orgId, table.staffId, table.expiresAt),
  ],
)

/** Second factors of the staff; the secret is among {@link secrets}. */
export const secondFactors = sqliteTable(
  'second_factors',
  {
    orgId: text('org_id').notNull(),
    staffId: text('staff_id').notNull(),
    /** Null while its app has shown no code yet. */
    confirmedAt: integer('confirmed_at'),
    /** The newest time step whose code was used. */
    usedStep: integer('used_step').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.staffId] })],
)

/** SHA-256 of the recovery codes that are left. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  { orgId: text('org_id').notNull(), staffId: text('staff_id').notNull(), hash: text('hash').notNull() },
  (table) => [primaryKey({ columns: [table.orgId, table.staffId, table.hash] })],
)

/** Secrets at rest, sealed by the vault. */
export const secrets = sqliteTable(
  'secrets',
  {
    orgId: text('org_id').notNull(),
    name: text('name').notNull(),
    sealed: text('sealed').notNull(),
    /** The number of the key that sealed it. */
    keyId: integer('key_id').notNull(),
    setAt: integer('set_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.name] }), index('secrets_key').on(table.keyId)],
)

/** Keys by which partners' programs ask the API. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    orgId: text('org_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** SHA-256 of the secret, which is kept nowhere. */
    hash: text('hash').notNull(),
    /** With what the key begins. */
    start: text('start').notNull(),
    scopes: text('scopes', { mode: 'json' }).$type<readonly KeyAction[]>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at'),
    /** To the minute. */
    usedAt: integer('used_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.id] }),
    uniqueIndex('api_keys_hash').on(table.orgId, table.hash),
  ],
)

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

export const customers = sqliteTable(
  'customers',
  {
    orgId: text('org_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** Vouched for by the shop. */
    verified: integer('verified', { mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
)

export const identifiers = sqliteTable(
  'identifiers',
  {
    orgId: text('org_id').notNull(),
    /** `visitor` (a browser), `user` (an account of the shop), `email`; later `phone` and others. */
    kind: text('kind').notNull(),
    value: text('value').notNull(),
    customerId: text('customer_id').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.kind, table.value] }),
    index('identifiers_customer').on(table.orgId, table.customerId),
  ],
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
    // The open ones are few beside the closed ones: an index of them alone stays small.
    index('conversations_open').on(table.orgId, table.id).where(sql`status <> 'closed'`),
  ],
)

/** Erasures of persons: what was asked for, how far it has come, and the proof, which stays. */
export const erasures = sqliteTable(
  'erasures',
  {
    orgId: text('org_id').notNull(),
    customerId: text('customer_id').notNull(),
    requestedBy: text('requested_by').notNull(),
    requestedAt: integer('requested_at').notNull(),
    /** Null: it goes on. */
    doneAt: integer('done_at'),
    found: text('found', { mode: 'json' }).$type<Findings>().notNull(),
    /** Conversations that the threads named and the record does not yet. */
    named: text('named', { mode: 'json' }).$type<readonly string[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.customerId] }),
    index('erasures_open').on(table.requestedAt).where(sql`done_at is null`),
  ],
)

/**
 * What is still to be done in the bucket and in the search index because of what the record was told: `transcript` keeps
 * that of a closed conversation, `clear` takes away what is left of an erased one, `purge` what lies outside of the
 * record's window. Done, the row goes.
 */
export const errands = sqliteTable(
  'errands',
  {
    orgId: text('org_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    kind: text('kind', { enum: ['transcript', 'clear', 'purge'] }).notNull(),
    /** Of the conversation, when it was noted; what was done for an older one does not count. */
    version: integer('version').notNull(),
    dueAt: integer('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.conversationId, table.kind] }),
    index('errands_due').on(table.dueAt),
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

/**
 * What members of staff did to the organisation and to each other. Only ever added to: triggers refuse to change a row, or
 * to delete one that is younger than a year.
 */
export const audit = sqliteTable(
  'audit',
  {
    orgId: text('org_id').notNull(),
    /** A ULID: acts are in the order of their ids. */
    id: text('id').notNull(),
    at: integer('at').notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    byRole: text('by_role').notNull(),
    /** The team at that time; empty: the common one. */
    byTeam: text('by_team').notNull(),
    action: text('action').notNull(),
    objectKind: text('object_kind').notNull(),
    objectId: text('object_id').notNull(),
    before: text('before', { mode: 'json' }).$type<Act['before']>(),
    after: text('after', { mode: 'json' }).$type<Act['after']>(),
    origin: text('origin', { mode: 'json' }).$type<Act['from']>(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.id] }),
    index('audit_by').on(table.orgId, table.byId, table.id),
    index('audit_action').on(table.orgId, table.action, table.id),
    index('audit_object').on(table.orgId, table.objectKind, table.objectId, table.id),
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

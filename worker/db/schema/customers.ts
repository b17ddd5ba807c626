/** What D1 owns of customers: who they are, by what they are recognised, and that they were erased. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Findings } from '../../../core/protocol/api.ts'
import type { AttributeValue } from '../../../core/protocol/conversation.ts'

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

/** What customers said of themselves before the first word: the newest word on each field. */
export const customerDetails = sqliteTable(
  'customer_details',
  {
    orgId: text('org_id').notNull(),
    customerId: text('customer_id').notNull(),
    /** `name`, `email`, `phone`, or an attribute as `customer.company`. */
    field: text('field').notNull(),
    value: text('value', { mode: 'json' }).$type<AttributeValue>().notNull(),
    /** When it was said, in ms: a row's version. */
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.customerId, table.field] })],
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
    /** How often it failed in a row, why the last time, and since when. */
    attempts: integer('attempts').notNull().default(0),
    error: text('error'),
    since: integer('since'),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.customerId] }),
    index('erasures_open').on(table.requestedAt).where(sql`done_at is null`),
  ],
)

/** A person across the record: what identifies them, their conversations, and how far their erasure has come. */
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Findings } from '../../core/protocol/api.ts'
import type { Database } from './client.ts'
import { customerDetails, customers, erasures, identifiers } from './schema/customers.ts'
import { conversations, entries } from './schema/record.ts'

export type ErasureRow = typeof erasures.$inferSelect

export async function customerById(db: Database, org: string, id: string) {
  const [row] = await db
    .select()
    .from(customers)
    .where(and(eq(customers.orgId, org), eq(customers.id, id)))
    .limit(1)
  return row
}

export const identifiersOf = (db: Database, org: string, customer: string) =>
  db
    .select({ kind: identifiers.kind, value: identifiers.value, createdAt: identifiers.createdAt })
    .from(identifiers)
    .where(and(eq(identifiers.orgId, org), eq(identifiers.customerId, customer)))

export const detailsOf = (db: Database, org: string, customer: string) =>
  db
    .select({ field: customerDetails.field, value: customerDetails.value, at: customerDetails.at })
    .from(customerDetails)
    .where(and(eq(customerDetails.orgId, org), eq(customerDetails.customerId, customer)))

/** Identifiers of an organisation after one of them, in the order of their key. */
export const identifiersAfter = (db: Database, org: string, after: { kind: string; value: string }, limit: number) =>
  db
    .select({ kind: identifiers.kind, value: identifiers.value })
    .from(identifiers)
    .where(and(eq(identifiers.orgId, org), sql`(kind, value) > (${after.kind}, ${after.value})`))
    .orderBy(identifiers.kind, identifiers.value)
    .limit(limit)

/** Ids of a person's conversations that are not erased, after one of them, oldest first. */
export async function conversationsOf(db: Database, org: string, customer: string, after: string, limit: number) {
  const rows = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.orgId, org),
        eq(conversations.customerId, customer),
        gt(conversations.id, after),
        isNull(conversations.erasedAt),
      ),
    )
    .orderBy(conversations.id)
    .limit(limit)
  return rows.map(({ id }) => id)
}

export const countEntries = (db: Database, org: string, conversation: string) =>
  db.$count(entries, and(eq(entries.orgId, org), eq(entries.conversationId, conversation)))

/** A row of the record that no actor stands behind. */
export async function dropConversation(db: Database, org: string, id: string) {
  await db.batch([
    db.delete(entries).where(and(eq(entries.orgId, org), eq(entries.conversationId, id))),
    db.delete(conversations).where(and(eq(conversations.orgId, org), eq(conversations.id, id))),
  ])
}

/** Deletes who somebody is; in one transaction with how far the erasure has come. */
export async function dropIdentifiers(db: Database, org: string, customer: string) {
  await db.delete(identifiers).where(and(eq(identifiers.orgId, org), eq(identifiers.customerId, customer)))
}

/** Also what they said of themselves; how many fields that were. */
export async function dropCustomer(db: Database, org: string, customer: string) {
  const isTheirs = and(eq(customerDetails.orgId, org), eq(customerDetails.customerId, customer))
  const [, gone] = await db.batch([
    db.delete(customers).where(and(eq(customers.orgId, org), eq(customers.id, customer))),
    db.delete(customerDetails).where(isTheirs).returning({ field: customerDetails.field }),
  ])
  return gone.length
}

const isThis = ({ orgId, customerId }: Pick<ErasureRow, 'orgId' | 'customerId'>) =>
  and(eq(erasures.orgId, orgId), eq(erasures.customerId, customerId))

export async function erasureOf(db: Database, org: string, customer: string) {
  const [row] = await db
    .select()
    .from(erasures)
    .where(isThis({ orgId: org, customerId: customer }))
    .limit(1)
  return row
}

export const neverFailed = { attempts: 0, error: null, since: null }

/** Notes that an erasure is wanted; one that is there goes on, or begins again when the person came back. */
export async function beginErasure(db: Database, row: ErasureRow) {
  await db
    .insert(erasures)
    .values(row)
    .onConflictDoUpdate({ target: [erasures.orgId, erasures.customerId], set: { doneAt: null } })
}

export async function saveErasure(db: Database, row: ErasureRow) {
  const { doneAt, found, named } = row
  await db
    .update(erasures)
    .set({ doneAt, found, named, ...neverFailed })
    .where(isThis(row))
}

/** It failed, and goes on the next time. */
export async function erasureFailed(db: Database, row: ErasureRow, error: string, now: number) {
  const failed = { attempts: row.attempts + 1, error: error.slice(0, 300), since: row.since ?? now }
  await db.update(erasures).set(failed).where(isThis(row))
}

export const openErasures = (db: Database, limit: number) =>
  db
    .select()
    .from(erasures)
    .where(isNull(erasures.doneAt))
    .orderBy(erasures.attempts, erasures.requestedAt)
    .limit(limit)

export const nothingFound: Findings = {
  identifiers: 0,
  threads: 0,
  conversations: 0,
  entries: 0,
  recordedEntries: 0,
  files: 0,
  transcripts: 0,
  uploads: 0,
  indexed: 0,
  customers: 0,
  details: 0,
}

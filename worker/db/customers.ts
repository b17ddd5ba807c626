/** Customers and what they are known by. */
import { and, eq, sql } from 'drizzle-orm'
import type { Database } from './client.ts'
import { customers, identifiers, organisations } from './schema.ts'

/** An organisation by its id. */
export async function organisationById(db: Database, id: string) {
  const [row] = await db.select().from(organisations).where(eq(organisations.id, id)).limit(1)
  return row
}

export interface Known {
  readonly org: string
  readonly kind: 'visitor' | 'user'
  readonly value: string
  readonly name: string
  readonly verified: boolean
  readonly email?: string | undefined
}

/**
 * The customer of an identifier, made at first sight. `newId` is used only then. The unique key decides between two who
 * come at once: whoever is second finds the first one's customer and makes none.
 */
export async function customerOf(db: Database, known: Known, newId: string, now: number) {
  const { org, kind, value, name, verified } = known
  const identifier = { orgId: org, kind, value, customerId: newId, createdAt: now }
  const isThis = and(eq(identifiers.orgId, org), eq(identifiers.kind, kind), eq(identifiers.value, value))
  const owner = db.select({ id: identifiers.customerId }).from(identifiers).where(isThis)
  const [, , , , found] = await db.batch([
    db.insert(identifiers).values(identifier).onConflictDoNothing(),
    db.run(sql`insert into customers (org_id, id, name, verified, created_at)
      select ${org}, ${newId}, ${name}, ${verified ? 1 : 0}, ${now}
      where (${owner}) = ${newId} on conflict do nothing`),
    // The shop's newest word on the name counts; a visitor's made-up name never changes.
    db
      .update(customers)
      .set({ name })
      .where(and(eq(customers.orgId, org), eq(customers.id, owner), sql`${verified ? 1 : 0} and name <> ${name}`)),
    // An e-mail that already is somebody else's stays theirs.
    db.run(sql`insert into identifiers (org_id, kind, value, customer_id, created_at)
      select ${org}, 'email', ${known.email ?? null}, (${owner}), ${now}
      where ${known.email ?? null} is not null on conflict do nothing`),
    db
      .select({ id: customers.id, name: customers.name, verified: customers.verified })
      .from(identifiers)
      .innerJoin(customers, and(eq(customers.orgId, identifiers.orgId), eq(customers.id, identifiers.customerId)))
      .where(isThis),
  ])
  const [customer] = found
  if (customer === undefined) throw new Error('a customer that was just made is not there')
  return customer
}

/** Customers and what they are known by. */
import { and, eq, ne, sql } from 'drizzle-orm'
import type { Database } from './client.ts'
import { customerDetails, customers, identifiers } from './schema/customers.ts'
import { organisations } from './schema/staff.ts'

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
  const { org, kind, value, name, verified, email } = known
  const isThis = and(eq(identifiers.orgId, org), eq(identifiers.kind, kind), eq(identifiers.value, value))
  const owner = db.select({ id: identifiers.customerId }).from(identifiers).where(isThis)
  const newCustomer = {
    orgId: identifiers.orgId,
    id: identifiers.customerId,
    name: sql<string>`${name}`.as('name'),
    verified: sql<boolean>`${verified ? 1 : 0}`.as('verified'),
    createdAt: identifiers.createdAt,
  }
  const isNew = and(isThis, eq(identifiers.customerId, newId))
  const [, , , found, details] = await db.batch([
    db.insert(identifiers).values({ orgId: org, kind, value, customerId: newId, createdAt: now }).onConflictDoNothing(),
    db.insert(customers).select(db.select(newCustomer).from(identifiers).where(isNew)).onConflictDoNothing(),
    // The shop's newest word on the name counts; a visitor's name is nobody's word.
    db
      .update(customers)
      .set({ name: verified ? name : sql`name` })
      .where(and(eq(customers.orgId, org), eq(customers.id, owner), ne(customers.name, name))),
    db
      .select({ id: customers.id, name: customers.name, verified: customers.verified })
      .from(identifiers)
      .innerJoin(customers, and(eq(customers.orgId, identifiers.orgId), eq(customers.id, identifiers.customerId)))
      .where(isThis),
    db
      .select({ field: customerDetails.field, value: customerDetails.value })
      .from(customerDetails)
      .where(and(eq(customerDetails.orgId, org), eq(customerDetails.customerId, owner))),
  ])
  const [customer] = found
  if (customer === undefined) throw new Error('a customer that was just made is not there')
  // An e-mail that already is somebody else's stays theirs.
  const mail = { orgId: org, kind: 'email', value: email ?? '', customerId: customer.id, createdAt: now }
  if (email !== undefined) await db.insert(identifiers).values(mail).onConflictDoNothing()
  const said = Object.fromEntries(details.map(({ field, value: one }) => [field, one]))
  return { ...customer, details: { ...said, ...(email === undefined ? {} : { email }) } }
}

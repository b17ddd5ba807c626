/** Staff and their sessions. */
import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { Database } from './client.ts'
import { organisations, sessions, staff } from './schema/staff.ts'

const member = {
  org: staff.orgId,
  orgName: organisations.name,
  id: staff.id,
  name: staff.name,
  email: staff.email,
  role: staff.role,
}

/** The active member of staff with this e-mail, with the password's hash. */
export async function staffByEmail(db: Database, email: string) {
  const [row] = await db
    .select({ ...member, passwordHash: staff.passwordHash })
    .from(staff)
    .innerJoin(organisations, eq(organisations.id, staff.orgId))
    .where(and(eq(staff.email, email), eq(staff.active, true)))
    .limit(1)
  return row
}

/** Whose session this is, if it is not over, was used lately, and its owner is still active. */
export async function staffBySession(db: Database, org: string, tokenHash: string, now: number) {
  const [row] = await db
    .select({
      ...member,
      rights: staff.rights,
      expiresAt: sessions.expiresAt,
      usedAt: sessions.usedAt,
      idle: sessions.idle,
      mustEnrol: sessions.mustEnrol,
    })
    .from(sessions)
    .innerJoin(staff, and(eq(staff.orgId, sessions.orgId), eq(staff.id, sessions.staffId)))
    .innerJoin(organisations, eq(organisations.id, sessions.orgId))
    .where(
      and(
        eq(sessions.orgId, org),
        eq(sessions.tokenHash, tokenHash),
        gt(sessions.expiresAt, now),
        sql`${sessions.usedAt} + ${sessions.idle} > ${now}`,
        eq(staff.active, true),
      ),
    )
    .limit(1)
  return row
}

/** Opens a session, and clears away those of the same member that are over. */
export async function addSession(db: Database, session: typeof sessions.$inferInsert) {
  const { orgId, staffId, createdAt } = session
  await db.batch([
    db
      .delete(sessions)
      .where(and(eq(sessions.orgId, orgId), eq(sessions.staffId, staffId), lt(sessions.expiresAt, createdAt))),
    db.insert(sessions).values(session),
  ])
}

/** Notes that a session was used. */
export async function useSession(db: Database, org: string, tokenHash: string, usedAt: number): Promise<void> {
  await db
    .update(sessions)
    .set({ usedAt })
    .where(and(eq(sessions.orgId, org), eq(sessions.tokenHash, tokenHash)))
}

/** The session's owner has a second factor now. */
export async function freeSession(db: Database, org: string, tokenHash: string): Promise<void> {
  await db
    .update(sessions)
    .set({ mustEnrol: false })
    .where(and(eq(sessions.orgId, org), eq(sessions.tokenHash, tokenHash)))
}

/** Ends a session at once; whose it was. */
export async function endSession(db: Database, org: string, tokenHash: string): Promise<string | undefined> {
  const [row] = await db
    .delete(sessions)
    .where(and(eq(sessions.orgId, org), eq(sessions.tokenHash, tokenHash)))
    .returning({ id: sessions.staffId })
  return row?.id
}

/** Counts a change of what a member may do; the new count, undefined when there is no such member. */
export async function raiseRights(db: Database, org: string, id: string): Promise<number | undefined> {
  const [row] = await db
    .update(staff)
    .set({ rights: sql`${staff.rights} + 1` })
    .where(and(eq(staff.orgId, org), eq(staff.id, id)))
    .returning({ rights: staff.rights })
  return row?.rights
}

/** How many changes there were of what a member may do. */
export async function rightsOf(db: Database, org: string, id: string): Promise<number | undefined> {
  const [row] = await db
    .select({ rights: staff.rights })
    .from(staff)
    .where(and(eq(staff.orgId, org), eq(staff.id, id)))
  return row?.rights
}

/** The names of these members, 90 at most, by id. */
export async function staffNames(db: Database, org: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(and(eq(staff.orgId, org), inArray(staff.id, [...ids])))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Staff and their sessions. */
import { and, eq, gt, lt } from 'drizzle-orm'
import type { Database } from './client.ts'
import { organisations, sessions, staff } from './schema.ts'

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

/** Whose session this is, if it is not over and its owner is still active. */
export async function staffBySession(db: Database, org: string, tokenHash: string, now: number) {
  const [row] = await db
    .select({ ...member, expiresAt: sessions.expiresAt })
    .from(sessions)
    .innerJoin(staff, and(eq(staff.orgId, sessions.orgId), eq(staff.id, sessions.staffId)))
    .innerJoin(organisations, eq(organisations.id, sessions.orgId))
    .where(
      and(
        eq(sessions.orgId, org),
        eq(sessions.tokenHash, tokenHash),
        gt(sessions.expiresAt, now),
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

/** Moves a session's end. */
export async function prolongSession(db: Database, org: string, tokenHash: string, expiresAt: number) {
  await db
    .update(sessions)
    .set({ expiresAt })
    .where(and(eq(sessions.orgId, org), eq(sessions.tokenHash, tokenHash)))
}

/** Ends a session at once. */
export async function endSession(db: Database, org: string, tokenHash: string) {
  await db.delete(sessions).where(and(eq(sessions.orgId, org), eq(sessions.tokenHash, tokenHash)))
}

/** The members of staff as administrators see and change them; each change in one batch with its act in the audit. */
import { and, eq, gt, or, sql } from 'drizzle-orm'
import type { Act } from '../../core/protocol/administration.ts'
import type { StaffRole } from '../../core/protocol/principal.ts'
import { insertActIfDone } from './audit.ts'
import type { Database } from './client.ts'
import { organisations, recoveryCodes, secondFactors, sessions, staff } from './schema/staff.ts'

const columns = {
  id: staff.id,
  email: staff.email,
  name: staff.name,
  role: staff.role,
  active: staff.active,
  createdAt: staff.createdAt,
}
export interface MemberRow {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: StaffRole
  readonly active: boolean
  readonly createdAt: number
}

/** By id, after the id `after`. */
export async function listMembers(db: Database, org: string, after: string, limit: number): Promise<MemberRow[]> {
  return db
    .select(columns)
    .from(staff)
    .where(and(eq(staff.orgId, org), gt(staff.id, after)))
    .orderBy(staff.id)
    .limit(limit)
}

/** One member of this organisation. */
export async function memberById(db: Database, org: string, id: string): Promise<MemberRow | undefined> {
  const [row] = await db.select(columns).from(staff).where(isMember(org, id)).limit(1)
  return row
}

export interface InvitedRow extends MemberRow {
  readonly org: string
  readonly orgName: string
  readonly passwordHash: string
}

/** A member who may sign in, with the password's hash. */
export async function invitedMember(db: Database, org: string, id: string): Promise<InvitedRow | undefined> {
  const [row] = await db
    .select({ ...columns, org: staff.orgId, orgName: organisations.name, passwordHash: staff.passwordHash })
    .from(staff)
    .innerJoin(organisations, eq(organisations.id, staff.orgId))
    .where(and(isMember(org, id), eq(staff.active, true)))
    .limit(1)
  return row
}

/** Adds a member, or tells what is taken already. */
export async function addMember(
  db: Database,
  org: string,
  member: MemberRow & { readonly passwordHash: string },
  act: Act,
): Promise<'id' | 'email' | undefined> {
  const [added] = await db.batch([
    db
      .insert(staff)
      .values({ orgId: org, ...member })
      .onConflictDoNothing()
      .returning({ id: staff.id }),
    insertActIfDone(db, org, act),
  ])
  if (added.length > 0) return undefined
  return (await memberById(db, org, member.id)) === undefined ? 'email' : 'id'
}

/**
 * Changes a member, if it is still as it was `before` and an administrator is left; false when not. Somebody who may no
 * longer sign in is signed out.
 */
export async function changeMember(
  db: Database,
  org: string,
  before: MemberRow,
  after: Pick<MemberRow, 'name' | 'role' | 'active'>,
  act: Act,
): Promise<boolean> {
  const isAsBefore = and(eq(staff.name, before.name), eq(staff.role, before.role), eq(staff.active, before.active))
  const stays = after.role === 'administrator' && after.active
  const isAnotherLeft = sql`exists (select 1 from staff as other where other.org_id = ${org} and other.id <> ${before.id}
    and other.role = 'administrator' and other.active = 1)`
  const [changed] = await db.batch([
    db
      .update(staff)
      .set(after)
      .where(
        and(isMember(org, before.id), isAsBefore, stays ? undefined : or(sql`role <> 'administrator'`, isAnotherLeft)),
      )
      .returning({ id: staff.id }),
    insertActIfDone(db, org, act),
    endSessions(
      db,
      org,
      before.id,
      sql`exists (select 1 from staff where org_id = ${org} and id = ${before.id} and active = 0)`,
    ),
  ])
  return changed.length > 0
}

/** Sets a password, and ends all sessions. */
export async function setPassword(
  db: Database,
  org: string,
  id: string,
  passwordHash: string,
  act: Act,
): Promise<void> {
  await db.batch([
    db.update(staff).set({ passwordHash }).where(isMember(org, id)),
    insertActIfDone(db, org, act),
    endSessions(db, org, id),
  ])
}

/** Sets the password of somebody who was invited, if it is still the one `before`; whether it was. */
export async function joinMember(
  db: Database,
  org: string,
  id: string,
  hash: { readonly before: string; readonly after: string },
  act: Act,
): Promise<boolean> {
  const [changed] = await db.batch([
    db
      .update(staff)
      .set({ passwordHash: hash.after })
      .where(and(isMember(org, id), eq(staff.active, true), eq(staff.passwordHash, hash.before)))
      .returning({ id: staff.id }),
    insertActIfDone(db, org, act),
  ])
  return changed.length > 0
}

/** Ends all sessions of a member; whether there were any. */
export async function endMemberSessions(db: Database, org: string, id: string, act: Act): Promise<boolean> {
  const [ended] = await db.batch([
    endSessions(db, org, id).returning({ id: sessions.staffId }),
    insertActIfDone(db, org, act),
  ])
  return ended.length > 0
}

/** Takes a member's second factor away and ends all their sessions; false when there was none. */
export async function resetMemberFactor(db: Database, org: string, id: string, act: Act): Promise<boolean> {
  const [gone] = await db.batch([
    db
      .delete(secondFactors)
      .where(and(eq(secondFactors.orgId, org), eq(secondFactors.staffId, id)))
      .returning({ id: secondFactors.staffId }),
    insertActIfDone(db, org, act),
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.orgId, org), eq(recoveryCodes.staffId, id))),
    endSessions(db, org, id),
  ])
  return gone.length > 0
}

const isMember = (org: string, id: string) => and(eq(staff.orgId, org), eq(staff.id, id))

const endSessions = (db: Database, org: string, id: string, when = sql`true`) =>
  db.delete(sessions).where(and(eq(sessions.orgId, org), eq(sessions.staffId, id), when))

/** Adding to the audit in D1: nothing else is done to it, which the table itself sees to; see migrations. */
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Act } from '../../core/protocol/administration.ts'
import type { AuditRecord } from '../../core/protocol/projection.ts'
import type { Database } from './client.ts'
import { audit } from './schema/audit.ts'

/** The row of an act, by the columns' names. */
export const auditRow = ({ org, act: { id, at, by, action, object, before, after, from } }: AuditRecord) => ({
  org_id: org,
  id,
  at,
  by_id: by.id,
  by_name: by.name,
  by_role: by.role,
  by_team: by.team ?? '',
  action,
  object_kind: object.kind,
  object_id: object.id,
  before,
  after,
  origin: from,
})

/** Adds an act, as part of the batch that does it, if the statement before it in that batch changed anything. */
export const insertActIfDone = (db: Database, org: string, act: Act) => insert(db, org, act, sql`changes() > 0`)

/** Adds an act, if there is none of its object yet. */
export function insertFirstAct(db: Database, org: string, act: Act) {
  const { kind, id } = act.object
  const same = sql`select 1 from audit where org_id = ${org} and object_kind = ${kind} and object_id = ${id}`
  return insert(db, org, act, sql`not exists (${same})`)
}

/** Whom an act of the command line was about, if it was a member of staff. */
export async function memberOfAct(db: Database, org: string, id: string): Promise<string | undefined> {
  const isByHand = and(eq(audit.byRole, 'installation'), eq(audit.objectKind, 'staff'))
  const [row] = await db
    .select({ member: audit.objectId })
    .from(audit)
    .where(and(eq(audit.orgId, org), eq(audit.id, id), isByHand))
    .limit(1)
  return row?.member
}

/** Adds an act. */
export const insertAct = (db: Database, org: string, act: Act) => insert(db, org, act, sql`true`)

function insert(db: Database, org: string, act: Act, when: SQL) {
  const { id, at, by, action, object, before, after, from } = act
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  // In the order of the table's columns.
  return db.insert(audit).select(
    sql`select ${org}, ${id}, ${at}, ${by.id}, ${by.name}, ${by.role}, ${by.team ?? ''}, ${action}, ${object.kind},
      ${object.id}, ${json(before)}, ${json(after)}, ${json(from)} where ${when}`,
  )
}

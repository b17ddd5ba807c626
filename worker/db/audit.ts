/** The audit in D1: only ever added to, which the table itself sees to; see migrations. */
import { and, desc, eq, gte, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Act, AuditFilter } from '../../core/protocol/administration.ts'
import type { Reach } from '../../core/protocol/permissions.ts'
import type { AuditRecord } from '../../core/protocol/projection.ts'
import type { Database } from './client.ts'
import { audit } from './schema/audit.ts'

type Row = typeof audit.$inferSelect

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

const actOf = (row: Row): Act => ({
  id: row.id,
  at: row.at,
  by: { id: row.byId, name: row.byName, role: row.byRole, ...(row.byTeam === '' ? {} : { team: row.byTeam }) },
  action: row.action,
  object: { kind: row.objectKind, id: row.objectId },
  before: row.before,
  after: row.after,
  from: row.origin,
})

/** Adds an act, as part of the batch that does it, if the statement before it in that batch changed anything. */
export const insertActIfDone = (db: Database, org: string, act: Act) => insert(db, org, act, sql`changes() > 0`)

/** Adds an act, if there is none of its object yet. */
export function insertFirstAct(db: Database, org: string, act: Act) {
  const { kind, id } = act.object
  const same = sql`select 1 from audit where org_id = ${org} and object_kind = ${kind} and object_id = ${id}`
  return insert(db, org, act, sql`not exists (${same})`)
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

/** Acts within reach, newest first, after the act `after`. */
export async function listActs(
  db: Database,
  org: string,
  reach: Reach | null,
  filter: AuditFilter,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<Act[]> {
  const rows = await db
    .select()
    .from(audit)
    .where(
      and(
        eq(audit.orgId, org),
        isDoneWithin(reach),
        ...matches(filter),
        page.after === undefined ? undefined : lt(audit.id, page.after),
      ),
    )
    .orderBy(desc(audit.id))
    .limit(page.limit)
  return rows.map(actOf)
}

/** What one did oneself and, with a team, what was done by somebody of the team. */
function isDoneWithin(reach: Reach | null): SQL | undefined {
  if (reach === null) return undefined
  return or(eq(audit.byId, reach.staff), reach.team === undefined ? undefined : eq(audit.byTeam, reach.team))
}

function matches({ by, action, kind, object, from, to, text }: AuditFilter): (SQL | undefined)[] {
  const all = sql`lower(by_id || ' ' || by_name || ' ' || action || ' ' || object_id || ' ' || coalesce(before, '') || ' ' || coalesce(after, ''))`
  return [
    by === undefined ? undefined : eq(audit.byId, by),
    action === undefined ? undefined : eq(audit.action, action),
    kind === undefined ? undefined : eq(audit.objectKind, kind),
    object === undefined ? undefined : eq(audit.objectId, object),
    from === undefined ? undefined : gte(audit.at, from),
    to === undefined ? undefined : lt(audit.at, to),
    text === undefined ? undefined : sql`instr(${all}, ${text.toLowerCase()}) > 0`,
  ]
}

/** Reading the audit, page by page: by an index of the table, or by the index of its words. */
import { and, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Act, AuditFilter } from '../../core/protocol/administration.ts'
import type { Reach } from '../../core/protocol/permissions.ts'
import { termsOf } from '../../core/text/query.ts'
import { ulidTime } from '../../core/ulid.ts'
import type { Env } from '../env.ts'
import { findActs } from './audit-index.ts'
import { database } from './client.ts'
import { audit } from './schema/audit.ts'
import { type Condition, type Listed, listed, type Walk } from './walk.ts'

type Row = typeof audit.$inferSelect

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

const lead = alias(audit, 'lead')

/** An act's id is made within this time of the act, in ms. */
const idApart = 60_000
/** The latest time that an id can name, in ms. */
const latestId = 2 ** 48 - 1 - idApart
/** How many acts with the words that are looked for a page looks at. */
const mostFound = 500

/** Acts within reach, newest first, after the act `after`. */
export async function listActs(
  env: Pick<Env, 'DB' | 'SEARCH'>,
  org: string,
  reach: Reach | null,
  { text, ...filter }: AuditFilter,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<Listed<Act>> {
  const conditions = [...(reach === null ? [] : [isDoneWithin(org, reach)]), ...conditionsOf(org, filter)]
  const page = { env, org, conditions, filter, after, limit }
  const { rows, next } = await (text === undefined ? walked(page) : found(page, text))
  return { rows: rows.map(actOf), next }
}

interface Asked {
  readonly env: Pick<Env, 'DB' | 'SEARCH'>
  readonly org: string
  readonly conditions: readonly Condition[]
  readonly filter: AuditFilter
  readonly after: string | undefined
  readonly limit: number
}

function walked({ env, org, conditions, filter: { from, to }, after, limit }: Asked): Promise<Listed<Row>> {
  const latest = to === undefined ? undefined : ulidTime(Math.min(to, latestId) + idApart)
  const bounds = {
    after: latest !== undefined && (after === undefined || latest < after) ? latest : after,
    least: from === undefined ? undefined : ulidTime(Math.max(0, Math.min(from, latestId) - idApart)),
  }
  const db = database(env.DB)
  return listed(db, { all: walkOf(org, sql`true`), conditions, bounds, limit }, (walk, meets, most) =>
    db
      .select()
      .from(lead)
      .where(and(walk.where, ...meets))
      .orderBy(desc(lead.id))
      .limit(most),
  )
}

/** With words to look for, the index leads: by it they come in the order in which they were done. */
async function found({ env, org, conditions, filter, after, limit }: Asked, text: string): Promise<Listed<Row>> {
  const terms = termsOf(text)
  if (terms.length === 0) return { rows: [], next: null }
  const ids = await findActs(env, org, terms, { ...filter, after }, mostFound)
  const rows = await database(env.DB)
    .select()
    .from(lead)
    .where(
      and(
        eq(lead.orgId, org),
        sql`${lead.id} in (select value from json_each(${JSON.stringify(ids)}))`,
        ...conditions.map(({ meets }) => meets),
      ),
    )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const inOrder = ids.flatMap((id) => byId.get(id) ?? [])
  const shown = inOrder.slice(0, limit)
  const last = ids.length < mostFound ? null : (ids.at(-1) ?? null)
  return { rows: shown, next: inOrder.length > limit ? (shown.at(-1)?.id ?? null) : last }
}

const walkOf = (org: string, where: SQL): Walk => ({
  from: sql`audit`,
  id: sql`lead.id`,
  where: sql`lead.org_id = ${org} and ${where}`,
})

const is = (org: string, ...columns: readonly (readonly [SQL, string])[]): Condition => {
  const meets = sql.join(
    columns.map(([column, value]) => sql`${column} = ${value}`),
    sql` and `,
  )
  return { walks: [walkOf(org, meets)], meets }
}

/** What one did oneself and, with a team, what was done by somebody of the team. */
function isDoneWithin(org: string, { staff, team }: Reach): Condition {
  const own = is(org, [sql`lead.by_id`, staff])
  if (team === undefined) return own
  const teams = is(org, [sql`lead.by_team`, team])
  return { walks: [...own.walks, ...teams.walks], meets: sql`(${own.meets} or ${teams.meets})` }
}

function conditionsOf(org: string, { by, action, kind, object, from, to }: AuditFilter): Condition[] {
  const meets = (holds: SQL): Condition => ({ walks: [], meets: holds })
  const which =
    kind !== undefined && object !== undefined
      ? [is(org, [sql`lead.object_kind`, kind], [sql`lead.object_id`, object])]
      : [
          ...(kind === undefined ? [] : [meets(eq(lead.objectKind, kind))]),
          ...(object === undefined ? [] : [meets(eq(lead.objectId, object))]),
        ]
  return [
    ...(by === undefined ? [] : [is(org, [sql`lead.by_id`, by])]),
    ...(action === undefined ? [] : [is(org, [sql`lead.action`, action])]),
    ...which,
    ...(from === undefined ? [] : [meets(gte(lead.at, from))]),
    ...(to === undefined ? [] : [meets(lt(lead.at, to))]),
  ]
}

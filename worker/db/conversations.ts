/** Reading the mirrored conversations and their entries, page by page. */
import { and, eq, getTableColumns, gt, type SQL, sql } from 'drizzle-orm'
import type { Reach } from '../../core/protocol/permissions.ts'
import { ulidTime } from '../../core/ulid.ts'
import type { Database } from './client.ts'
import { conversations, entries, type FacetKind } from './schema/record.ts'
import { type Condition, type Listed, listed, type Walk } from './walk.ts'

export interface Page {
  readonly limit: number
  readonly after: string | undefined
}

type Row = typeof conversations.$inferSelect

/** What a list of conversations can be narrowed to; all of it must hold. */
export interface Filter {
  readonly open?: boolean | undefined
  readonly status?: Row['status'] | undefined
  readonly customer?: string | undefined
  readonly queue?: string | undefined
  /** Who has had it in hand. */
  readonly agent?: string | undefined
  readonly tag?: string | undefined
  /** When its first word came, in ms; `to` is not included. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** A conversation is entered, and gets its id, before the first word; nobody's first word comes later than this. In ms. */
const untilFirstWord = 2 * 86_400_000

/** Newest first: ids begin with the time. */
export async function listConversations(
  db: Database,
  org: string,
  reach: Reach | null,
  { limit, after }: Page,
  filter: Filter = {},
): Promise<Listed<Row>> {
  const latest = filter.to === undefined ? undefined : ulidTime(filter.to)
  const bounds = {
    after: latest !== undefined && (after === undefined || latest < after) ? latest : after,
    least: filter.from === undefined ? undefined : ulidTime(Math.max(0, filter.from - untilFirstWord)),
  }
  const all = walkOf(org, sql`true`)
  return listed(db, { all, conditions: conditionsOf(org, reach, filter), bounds, limit }, (walk, meets, most) =>
    db
      .select(getTableColumns(conversations))
      .from(sql`${walk.from} as lead`)
      .crossJoin(conversations)
      .where(and(eq(conversations.orgId, org), sql`${conversations.id} = ${walk.id}`, walk.where, ...meets))
      .orderBy(sql`${walk.id} desc`)
      .limit(most),
  )
}

function conditionsOf(org: string, reach: Reach | null, filter: Filter): Condition[] {
  const { open, status, customer, from, to } = filter
  const isBegun = [
    ...(from === undefined ? [] : [sql`${conversations.openedAt} >= ${from}`]),
    ...(to === undefined ? [] : [sql`${conversations.openedAt} < ${to}`]),
  ]
  return [
    ...(reach === null ? [] : [isOf(org, reach)]),
    ...(customer === undefined ? [] : [isCustomers(org, customer)]),
    ...(open === true || (status !== undefined && status !== 'closed') ? [isOpen(org)] : []),
    ...(status === undefined ? [] : [{ walks: [], meets: eq(conversations.status, status) }]),
    ...(['queue', 'agent', 'tag'] as const).flatMap((kind) => {
      const value = filter[kind]
      return value === undefined ? [] : [hasFacet(org, kind, value)]
    }),
    ...isBegun.map((meets) => ({ walks: [], meets })),
  ]
}

const walkOf = (org: string, where: SQL): Walk => ({
  from: sql`conversations`,
  id: sql`lead.id`,
  where: sql`lead.org_id = ${org} and ${where}`,
})

const isCustomers = (org: string, customer: string): Condition => ({
  walks: [walkOf(org, sql`lead.customer_id = ${customer}`)],
  meets: eq(conversations.customerId, customer),
})

/** Written out, not bound, so that the partial index serves it. */
const isOpen = (org: string): Condition => ({
  walks: [walkOf(org, sql`lead.status <> 'closed'`)],
  meets: sql`${conversations.status} <> 'closed'`,
})

function hasFacet(org: string, kind: FacetKind, value: string): Condition {
  const its = (table: SQL) => sql`${table}.org_id = ${org} and ${table}.kind = ${kind} and ${table}.value = ${value}`
  return {
    walks: [{ from: sql`facets`, id: sql`lead.conversation_id`, where: its(sql`lead`) }],
    meets: sql`exists (select 1 from facets as its where ${its(sql`its`)} and its.conversation_id = ${conversations.id})`,
  }
}

/** What is in somebody's hands and, with a team, what the team had to do with. */
function isOf(org: string, { staff, team }: Reach): Condition {
  const own: Condition = {
    walks: [walkOf(org, sql`lead.owner_id = ${staff}`)],
    meets: sql`${conversations.ownerId} is ${staff}`,
  }
  if (team === undefined) return own
  const teams = hasFacet(org, 'team', team)
  return { walks: [...own.walks, ...teams.walks], meets: sql`(${own.meets} or ${teams.meets})` }
}

/** Whether a conversation is within somebody's reach. */
export const isWithin = (org: string, reach: Reach | null): SQL | undefined =>
  reach === null ? undefined : isOf(org, reach).meets

/** One conversation of this organisation. */
export async function conversationById(db: Database, org: string, id: string) {
  const [row] = await db
    .select()
    .from(conversations)
    .where(and(eq(conversations.orgId, org), eq(conversations.id, id)))
    .limit(1)
  return row
}

/** The entries after a number, oldest first. */
export async function listEntries(db: Database, org: string, conversation: string, after: number, limit: number) {
  return db
    .select()
    .from(entries)
    .where(and(eq(entries.orgId, org), eq(entries.conversationId, conversation), gt(entries.seq, after)))
    .orderBy(entries.seq)
    .limit(limit)
}

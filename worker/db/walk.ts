/**
 * Lists with filters, newest first. One condition leads: its rows are walked by an index; the others are asked of each. A
 * page walks over a bounded number of rows, so that it costs the same however much is recorded; where few meet all
 * conditions, a page has fewer items than it may have, or none, and a place from which the next one goes on.
 */
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from './client.ts'

/** Over how many rows a page walks at most. */
const mostWalked = 2_000

/** A way through an index in the order of the list. */
export interface Walk {
  /** The table, which goes by the name of `lead`. */
  readonly from: SQL
  /** The id of what is listed. */
  readonly id: SQL
  /** The organisation, and what all rows of this way have in common. */
  readonly where: SQL
}

export interface Condition {
  /** All that meets the condition is on one of these ways. None: no index leads to it. */
  readonly walks: readonly Walk[]
  /** Whether a row of the listed table meets it. */
  readonly meets: SQL
}

/** The part of the list that is asked for: ids before `after`, not before `least`. */
export interface Bounds {
  readonly after?: string | undefined
  readonly least?: string | undefined
}

export interface Listed<Row> {
  readonly rows: readonly Row[]
  /** The `after` of the next page; null when this is the last. */
  readonly next: string | null
}

/** Reads up to `limit` rows on a walk that meet all of these, newest first. */
type Read<Row> = (walk: Walk, meets: readonly SQL[], limit: number) => Promise<readonly Row[]>

/** A page of what meets all conditions; `all` walks over everything. */
export async function listed<Row extends { readonly id: string }>(
  db: Database,
  { all, conditions, bounds, limit }: { all: Walk; conditions: readonly Condition[]; bounds: Bounds; limit: number },
  read: Read<Row>,
): Promise<Listed<Row>> {
  const leads = conditions.filter(({ walks }) => walks.length > 0)
  const others = (lead: Condition | undefined) => conditions.filter((one) => one !== lead).map(({ meets }) => meets)
  const page = async (walks: readonly Walk[], meets: readonly SQL[], within: Bounds) => {
    const found = await Promise.all(walks.map((walk) => read(bounded(walk, within), meets, limit + 1)))
    return newestOf(found.flat())
  }
  if (conditions.length === 0 || (conditions.length === 1 && leads.length === 1)) {
    const rows = await page(leads[0]?.walks ?? [all], [], bounds)
    return pageOf(rows, limit, null)
  }
  const { lead, last } = await sparsest(db, leads.length > 0 ? leads : [{ walks: [all], meets: sql`true` }], bounds)
  const rows = await page(lead.walks, others(lead), last === null ? bounds : { ...bounds, least: last })
  return pageOf(rows, limit, last)
}

function pageOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  limit: number,
  last: string | null,
): Listed<Row> {
  const shown = rows.slice(0, limit)
  return { rows: shown, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : last }
}

const bounded = (walk: Walk, { after, least }: Bounds): Walk => {
  const isBefore = after === undefined ? sql`` : sql` and ${walk.id} < ${after}`
  const isSince = least === undefined ? sql`` : sql` and ${walk.id} >= ${least}`
  return { ...walk, where: sql`${walk.where}${isBefore}${isSince}` }
}

/** Each once, newest first: what is on two ways comes twice. */
function newestOf<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
}

/**
 * The condition that leaves the least to look at: few rows, or those of the same number that reach furthest back. `last`: the
 * id at which the walk over it ends for this page; null: it comes to its end.
 */
async function sparsest(
  db: Database,
  conditions: readonly Condition[],
  bounds: Bounds,
): Promise<{ readonly lead: Condition; readonly last: string | null }> {
  const found = conditions.map(async (lead) => {
    // Each on its own: D1 joins five selects at most by `union all`, and a list can have more ways than that.
    const its = await Promise.all(lead.walks.map((walk) => db.get<Reached>(reachOf(bounded(walk, bounds)))))
    const ends = its.filter(({ walked }) => walked === mostWalked).map(({ last }) => last ?? '')
    const walked = its.reduce((sum, way) => sum + way.walked, 0)
    // Of several ways the one that ends first says how far all of them are known.
    return { lead, walked, last: ends.sort().at(-1) ?? null }
  })
  return (await Promise.all(found)).reduce((best, one) => (isSparser(one, best) ? one : best))
}

interface Reached {
  readonly walked: number
  readonly last: string | null
}

function isSparser(a: Reached, b: Reached): boolean {
  if (a.last === null || b.last === null) return a.last === b.last ? a.walked < b.walked : a.last === null
  return a.last < b.last
}

/** How many rows this page may walk over on a way, and where that ends. */
const reachOf = ({ from, id, where }: Walk) =>
  sql`select count(*) as walked, min(id) as last from (
    select ${id} as id from ${from} as lead where ${where} order by ${id} desc limit ${mostWalked})`

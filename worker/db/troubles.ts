/** What does not get through, as the actors report it. */
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { TroubleRecord } from '../../core/protocol/projection.ts'
import type { Database } from './client.ts'
import type { Page } from './conversations.ts'
import { troubles } from './schema/upkeep.ts'

/** Longer than the platform keeps a message of a queue, in ms: nothing older can come late. */
const forgetAfterMs = 15 * 86_400_000

/** Those that are stuck, by the actors' names. */
export async function listTroubles(db: Database, org: string, { limit, after }: Page) {
  return db
    .select()
    .from(troubles)
    .where(
      and(
        eq(troubles.orgId, org),
        // Written out, not bound, so that the partial index serves it.
        sql`stuck = 1`,
        after === undefined ? undefined : gt(troubles.actor, after),
      ),
    )
    .orderBy(asc(troubles.actor))
    .limit(limit)
}

/** Whether this actor of the organisation has something stuck, as far as it has reported. */
export async function isStuck(db: Database, org: string, actor: string): Promise<boolean> {
  const isThis = and(eq(troubles.orgId, org), eq(troubles.actor, actor), sql`stuck = 1`)
  return (await db.select({ actor: troubles.actor }).from(troubles).where(isThis).limit(1)).length > 0
}

/** With each report those go that are long well. */
export function forgetTroubles(db: D1Database, records: readonly TroubleRecord[], now: number): D1PreparedStatement[] {
  const orgs = [...new Set(records.map(({ org }) => org))]
  const sql = 'delete from troubles where org_id = ? and stuck = 0 and at < ?'
  return orgs.map((org) => db.prepare(sql).bind(org, now - forgetAfterMs))
}

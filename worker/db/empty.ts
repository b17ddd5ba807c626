/** Emptying an organisation's projection, before it is told anew. */
import { projected } from './tables.ts'

/** Deletes up to `most` rows of each projected table; how many that were. */
export async function emptyProjection(db: D1Database, org: string, most: number): Promise<number> {
  const statements = projected.map((table) =>
    db
      .prepare(`delete from ${table} where rowid in (select rowid from ${table} where org_id = ? limit ?)`)
      .bind(org, most),
  )
  const results = await db.batch(statements)
  return results.reduce((sum, { meta }) => sum + meta.changes, 0)
}

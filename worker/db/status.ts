/** What the duties of an organisation still have to do, and how many actors have something stuck: counts only. */
import type { OpsStatus } from '../../core/protocol/api.ts'

type Duty = OpsStatus['duties'][number]

/** Errands that are due, uploads whose time is over, erasures under way, secrets sealed by another key than `sealedBy`. */
export async function dutiesLeft(db: D1Database, org: string, now: number, sealedBy: number): Promise<Duty[]> {
  const count = 'select count(*) as waiting'
  const answers = await db.batch<{ waiting: number; failing: number | null; since: number | null }>([
    db
      .prepare(
        `${count}, sum(attempts > 0) as failing, min(due_at) as since from errands where org_id = ?1 and (due_at <= ?2 or attempts > 0)`,
      )
      .bind(org, now),
    db
      .prepare(`${count}, 0 as failing, min(until) as since from uploads where org_id = ?1 and until <= ?2`)
      .bind(org, now),
    db
      .prepare(`${count}, 0 as failing, min(requested_at) as since from erasures where org_id = ?1 and done_at is null`)
      .bind(org),
    db
      .prepare(`${count}, 0 as failing, min(set_at) as since from secrets where org_id = ?1 and key_id <> ?2`)
      .bind(org, sealedBy),
  ])
  const names = ['errands', 'uploads', 'erasures', 'seals'] as const
  return names.map((name, n) => {
    const [row] = answers[n]?.results ?? []
    return { name, waiting: row?.waiting ?? 0, failing: row?.failing ?? 0, since: row?.since ?? null }
  })
}

/** How many actors of the organisation have something stuck. */
export async function stuckCount(db: D1Database, org: string): Promise<number> {
  const row = db.prepare('select count(*) as n from troubles where org_id = ? and stuck = 1').bind(org)
  return (await row.first<number>('n')) ?? 0
}

/** Whether a database answers. */
export const answersAtAll = (db: D1Database): Promise<boolean> =>
  db
    .prepare('select 1')
    .first()
    .then(
      () => true,
      () => false,
    )

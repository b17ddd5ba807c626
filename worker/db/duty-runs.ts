/** When each duty ran last, whether it failed then: of the installation, not of an organisation. */
import { type DutyName, dutyNames, type OpsStatus } from '../../core/protocol/api/ops.ts'
import { insertRows } from './bulk.ts'

type Run = OpsStatus['runs'][number]

/** How duties have just ended, at `at` (ms). One that fails keeps when it ran last, and since when it has failed. */
export async function noteRuns(db: D1Database, ended: readonly { name: DutyName; ok: boolean }[], at: number) {
  const rows = ended.map(({ name, ok }) => ({ name, ran_at: ok ? at : null, failed_since: ok ? null : at }))
  const ending = () =>
    'on conflict (name) do update set ran_at = coalesce(excluded.ran_at, duty_runs.ran_at), failed_since = ' +
    'iif(excluded.failed_since is null, null, coalesce(duty_runs.failed_since, excluded.failed_since))'
  await db.batch(insertRows(db, 'duty_runs', rows, ending))
}

/** Of every duty there is, those too that have never run. */
export async function dutyRuns(db: D1Database): Promise<Run[]> {
  const stored = db.prepare('select name, ran_at as ranAt, failed_since as failedSince from duty_runs')
  const { results } = await stored.all<Run>()
  return dutyNames.map((name) => results.find((run) => run.name === name) ?? { name, ranAt: null, failedSince: null })
}

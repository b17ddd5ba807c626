/** What falls due without anybody asking, once a minute. Each duty takes a bounded share and goes on the next time. */

import { describeError } from '../core/describe-error.ts'
import { type DutyName, dutyNames } from '../core/protocol/api/ops.ts'
import { indexSomeActs } from './db/audit-index.ts'
import { noteRuns } from './db/duty-runs.ts'
import { reindexSome } from './db/reindexing.ts'
import { resealSome } from './db/secrets.ts'
import type { Env } from './env.ts'
import { sweepUploads } from './files/sweep.ts'
import { runErasures } from './life/erasure.ts'
import { runErrands } from './life/errands.ts'
import { log } from './log.ts'

const duties: Readonly<Record<DutyName, (env: Env, now: number) => Promise<number>>> = {
  uploads: sweepUploads,
  errands: runErrands,
  erasures: runErasures,
  seals: resealSome,
  index: reindexSome,
  acts: indexSomeActs,
}

/** Runs all duties, and notes how each ended; one that fails keeps none of the others. */
export async function runDuties(env: Env, now: number): Promise<void> {
  const ended: { name: DutyName; ok: boolean }[] = []
  for (const name of dutyNames) {
    try {
      const done = await duties[name](env, now)
      if (done > 0) log('info', 'duty', { name, done })
      ended.push({ name, ok: true })
    } catch (error) {
      log('error', 'duty_failed', { name, error: describeError(error) })
      ended.push({ name, ok: false })
    }
  }
  await noteRuns(env.DB, ended, Date.now())
}

/** What falls due without anybody asking, once a minute. Each duty takes a bounded share and goes on the next time. */

import { describeError } from '../core/describe-error.ts'
import { indexSomeActs } from './db/audit-index.ts'
import { reindexSome } from './db/reindexing.ts'
import { resealSome } from './db/secrets.ts'
import type { Env } from './env.ts'
import { sweepUploads } from './files/sweep.ts'
import { runErasures } from './life/erasure.ts'
import { runErrands } from './life/errands.ts'
import { log } from './log.ts'

const duties: Readonly<Record<string, (env: Env, now: number) => Promise<number>>> = {
  uploads: sweepUploads,
  errands: runErrands,
  erasures: runErasures,
  seals: resealSome,
  index: reindexSome,
  'index of acts': indexSomeActs,
}

/** Runs all duties; one that fails keeps none of the others. */
export async function runDuties(env: Env, now: number): Promise<void> {
  for (const [name, run] of Object.entries(duties)) {
    try {
      const done = await run(env, now)
      if (done > 0) log('info', 'duty', { name, done })
    } catch (error) {
      log('error', 'duty_failed', { name, error: describeError(error) })
    }
  }
}

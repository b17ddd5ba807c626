/** How the installation is, for who looks after it. */
import type { OpsStatus } from '../../core/protocol/api.ts'
import { PROTOCOL_VERSION } from '../../core/protocol/link.ts'
import { ok, refuse } from '../../core/result.ts'
import { bookStub } from '../actors.ts'
import { currentKey } from '../auth/vault.ts'
import { dutyRuns } from '../db/duty-runs.ts'
import { answersAtAll, dutiesLeft, stuckCount } from '../db/status.ts'
import type { Answer, GuardedCall } from './route.ts'

/** Versions, databases, duties, and how much is stuck. Without the record there is nobody to ask. */
export async function status({ env, org, now }: GuardedCall): Answer<OpsStatus> {
  const [record, search, book] = await Promise.all([
    answersAtAll(env.DB),
    answersAtAll(env.SEARCH),
    bookStub(env, org).read(),
  ])
  if (!record) return refuse('not_ready', 'The database does not answer.', { retry: true })
  const hasVault = Object.keys(env).some((name) => name.startsWith('PARLEY_VAULT_'))
  const [duties, runs, stuck] = await Promise.all([
    dutiesLeft(env.DB, org, now, hasVault ? currentKey(env) : 0),
    dutyRuns(env.DB),
    stuckCount(env.DB, org),
  ])
  const config = book.ok ? book.value.version : null
  const deployed = { id: env.VERSION.id, at: Date.parse(env.VERSION.timestamp) }
  const databases = { record, search }
  return ok({ at: now, protocol: PROTOCOL_VERSION, deployed, config, databases, stuck, runs, duties })
}

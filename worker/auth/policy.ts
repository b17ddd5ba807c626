/** What an organisation says about signing in. */
import type { OrgId } from '../../core/ids.ts'
import { defaultPolicies, type SessionPolicy } from '../../core/protocol/policies.ts'
import type { Env } from '../env.ts'
import { newestConfig } from '../from-book.ts'

/** As the newest configuration has it; before the first, what is usual. */
export async function sessionPolicy(env: Env, org: OrgId): Promise<SessionPolicy> {
  const book = await newestConfig(env, org)
  return book.ok ? book.value.config.policies.session : defaultPolicies.session
}

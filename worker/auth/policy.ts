/** What an organisation says about signing in. */
import type { OrgId } from '../../core/ids.ts'
import { defaultPolicies, type SessionPolicy } from '../../core/protocol/policies.ts'
import { bookStub } from '../actors.ts'
import type { Env } from '../env.ts'

/** As the newest configuration has it; before the first, what is usual. */
export async function sessionPolicy(env: Env, org: OrgId): Promise<SessionPolicy> {
  const book = await bookStub(env, org).read()
  return book.ok ? book.value.config.policies.session : defaultPolicies.session
}

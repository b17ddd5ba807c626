/** Reading and publishing the configuration. */
import { asId, type CommandId } from '../../core/ids.ts'
import type { Config } from '../../core/protocol/config.ts'
import { refuse } from '../../core/result.ts'
import { bookStub } from '../actors.ts'
import { forgetTeams } from '../teams.ts'
import { type Answer, keyOf, type StaffCall } from './route.ts'

/** The newest version of the configuration. */
export async function readConfig(call: StaffCall): Answer<{ version: number; config: Config }> {
  return bookStub(call.env, call.org).read()
}

/** Publishes a configuration, whole. The key makes it safe to send again: the same key is the same version. */
export async function publishConfig(call: StaffCall, config: Config): Answer<{ version: number }> {
  const key = keyOf(call.request)
  if (!key.ok) return key
  if (key.value === undefined) return refuse('bad_input', 'must be there', { field: 'Idempotency-Key' })
  const published = await bookStub(call.env, call.org).publish({
    id: asId<CommandId>(key.value),
    by: call.staff.id,
    config,
  })
  forgetTeams(call.org)
  return published
}

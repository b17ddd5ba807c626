/** What an organisation keeps sealed: set and taken away here, read back nowhere. */
import type * as z from 'zod/mini'
import { type SecretList, type SecretValue, secretNames } from '../../core/protocol/api.ts'
import { ok, refuse } from '../../core/result.ts'
import { deleteSecret, listSecrets, putSecret } from '../db/secrets.ts'
import type { Answer, GuardedCall } from './route.ts'

/** Which secrets are set. */
export async function secretsOf({ db, org }: GuardedCall): Answer<z.infer<typeof SecretList>> {
  return ok({ items: await listSecrets(db, org, secretNames) })
}

/** Sets a secret, in place of the one before. */
export async function setSecret(call: GuardedCall, { value }: z.output<typeof SecretValue>): Answer<undefined> {
  const { db, env, now, org } = call
  const name = secretNames.find((one) => one === call.param('name'))
  if (name === undefined) return noSuch
  await putSecret(env, db, { org, name }, value, now)
  return ok(undefined)
}

/** Takes a secret away. */
export async function dropSecret(call: GuardedCall): Answer<undefined> {
  const name = secretNames.find((one) => one === call.param('name'))
  return name !== undefined && (await deleteSecret(call.db, { org: call.org, name })) ? ok(undefined) : noSuch
}

const noSuch = refuse('not_found', `There is no such secret. Known: ${secretNames.join(', ')}.`)

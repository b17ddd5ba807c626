/** What an organisation keeps sealed: set and taken away here, read back nowhere. */
import type * as z from 'zod/mini'
import { type SecretList, type SecretValue, secretNames } from '../../core/protocol/api.ts'
import { ok, refuse } from '../../core/result.ts'
import { actOf } from '../audit.ts'
import { dropSecret as drop, listSecrets, putSecret } from '../db/secrets.ts'
import type { Answer, GuardedCall } from './route.ts'

/** Which secrets are set. */
export async function secretsOf({ db, org }: GuardedCall): Answer<z.infer<typeof SecretList>> {
  return ok({ items: await listSecrets(db, org, secretNames) })
}

/** Sets a secret, in place of the one before. */
export async function setSecret(call: GuardedCall, { value }: z.output<typeof SecretValue>): Answer<undefined> {
  const { db, env, now, org } = call
  const name = nameIn(call)
  if (name === undefined) return noSuch
  const [before] = await listSecrets(db, org, [name])
  await putSecret(env, db, { org, name }, value, now, manage(call, name, before === undefined ? null : isSet, isSet))
  return ok(undefined)
}

/** Takes a secret away. */
export async function dropSecret(call: GuardedCall): Answer<undefined> {
  const name = nameIn(call)
  if (name === undefined) return noSuch
  const isDone = await drop(call.db, { org: call.org, name }, manage(call, name, isSet, null))
  return isDone ? ok(undefined) : noSuch
}

const isSet = { set: true }
type State = typeof isSet | null
const manage = (call: GuardedCall, name: string, before: State, after: State) =>
  actOf(call, 'secrets.manage', { kind: 'secret', id: name }, before, after)

const nameIn = (call: GuardedCall) => secretNames.find((one) => one === call.param('name'))
const noSuch = refuse('not_found', `There is no such secret. Known: ${secretNames.join(', ')}.`)

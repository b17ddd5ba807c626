/** The second factor of a member of staff: codes of an authenticator app, and recovery codes for when it is lost. */
import { ok, type Result, refuse } from '../../core/result.ts'
import type { Database } from '../db/client.ts'
import {
  beginFactor,
  confirmFactor,
  deleteFactor,
  hasFactor,
  readFactor,
  useRecoveryCode,
  useStep,
  type Whose,
} from '../db/factors.ts'
import { deleteSecret, putSecret, readSecret } from '../db/secrets.ts'
import type { Env } from '../env.ts'
import { sha256 } from './keys.ts'
import { base32, checkTotp, newTotpSecret } from './totp.ts'
import type { Place } from './vault.ts'

const recoveryCodes = 10

/** Where its secret is kept. */
export const factorPlace = ({ org, id }: Whose): Place => ({ org, name: `totp:${id}` })
const wrong = refuse('bad_input', 'is not right, or was used already', { field: 'code' })

/** Whether a code of the second factor is right; each counts once. `now` in ms. */
export async function checkCode(env: Env, db: Database, whose: Whose, code: string, now: number): Promise<boolean> {
  if (!/^\d{6}$/.test(code)) return useRecoveryCode(db, whose, await hashOf(whose, code))
  const factor = await readFactor(db, whose)
  const secret = await readSecret(env, db, factorPlace(whose))
  if (factor === undefined || secret === undefined) return false
  const step = await checkTotp(secret, code, now, factor.usedStep)
  return step !== undefined && useStep(db, whose, step)
}

/** Begins to turn it on: the secret for the app. `conflict` when it is on. */
export async function enrol(env: Env, db: Database, whose: Whose, now: number): Promise<Result<string>> {
  if (!(await beginFactor(db, whose))) return refuse('conflict', 'A second factor is on already.')
  const secret = newTotpSecret()
  await putSecret(env, db, factorPlace(whose), secret, now)
  return ok(secret)
}

/** The app's first code turns it on; the recovery codes, shown this once. */
export async function confirm(env: Env, db: Database, whose: Whose, code: string, now: number) {
  if (await hasFactor(db, whose)) return refuse('conflict', 'A second factor is on already.')
  if (!/^\d{6}$/.test(code) || !(await checkCode(env, db, whose, code, now))) return wrong
  const codes = Array.from({ length: recoveryCodes }, newRecoveryCode)
  await confirmFactor(db, whose, await Promise.all(codes.map((one) => hashOf(whose, one))), now)
  return ok(codes)
}

/** Turns it off, by one more code. */
export async function turnOff(env: Env, db: Database, whose: Whose, code: string, now: number): Promise<Result<void>> {
  if (!(await checkCode(env, db, whose, code, now))) return wrong
  await deleteFactor(db, whose)
  await deleteSecret(db, factorPlace(whose))
  return ok(undefined)
}

/** Eighty bits: nobody guesses one, so that a plain hash is enough. */
function newRecoveryCode(): string {
  const text = base32(crypto.getRandomValues(new Uint8Array(10))).toLowerCase()
  return (text.match(/.{4}/g) ?? []).join('-')
}

const hashOf = ({ org, id }: Whose, code: string) =>
  sha256(`${org}/${id}/${code.toLowerCase().replaceAll(/[^a-z2-7]/g, '')}`)

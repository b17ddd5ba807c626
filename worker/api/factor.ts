/** The second factor of who is signed in: turning it on and off. */
import type * as z from 'zod/mini'
import type {
  FactorBegin,
  FactorCode,
  FactorOff,
  FactorSecret,
  FactorState,
  RecoveryCodes,
} from '../../core/protocol/api.ts'
import { ok, refuse } from '../../core/result.ts'
import { Brake } from '../auth/brake.ts'
import { confirm, enrol, turnOff } from '../auth/factor.ts'
import { checkPassword } from '../auth/passwords.ts'
import { sessionPolicy } from '../auth/policy.ts'
import { fulfilSession } from '../auth/sessions.ts'
import { totpAddress } from '../auth/totp.ts'
import { hasFactor, recoveryCodesLeft } from '../db/factors.ts'
import { staffByEmail } from '../db/staff.ts'
import { tooMany } from '../problems.ts'
import type { Answer, StaffCall } from './route.ts'

/** Whether it is on, whether it has to be, how many recovery codes are left. */
export async function factorState({ db, env, org, staff }: StaffCall): Answer<z.infer<typeof FactorState>> {
  const [isOn, left, policy] = await Promise.all([
    hasFactor(db, staff),
    recoveryCodesLeft(db, staff),
    sessionPolicy(env, org),
  ])
  return ok({ on: isOn, required: policy.totp.includes(staff.role), recoveryCodesLeft: left })
}

/** Begins to turn it on, for who knows the password: whoever sits down at an open console does not. */
export async function beginFactor(
  call: StaffCall,
  { password }: z.output<typeof FactorBegin>,
): Answer<z.infer<typeof FactorSecret>> {
  const { db, env, now, signedIn, staff } = call
  const trouble = await guess(call, 'password', async () => {
    const member = await staffByEmail(db, signedIn.email)
    return checkPassword(password, member?.passwordHash)
  })
  if (trouble !== undefined) return trouble
  const secret = await enrol(env, db, staff, now)
  if (!secret.ok) return secret
  return ok({ secret: secret.value, address: totpAddress(secret.value, signedIn.orgName, signedIn.email) })
}

/** The first code of the app turns it on. */
export async function confirmFactor(
  call: StaffCall,
  { code }: z.output<typeof FactorCode>,
): Answer<z.infer<typeof RecoveryCodes>> {
  const { db, env, now, request, signedIn, staff } = call
  const brake = await Brake.on(env, request, 'code', signedIn.email)
  const wait = await brake.apply()
  if (wait > 0) return tooMany('Too many wrong codes', wait)
  const codes = await confirm(env, db, staff, code, now)
  if (!codes.ok) return codes
  await brake.release()
  await fulfilSession(db, request)
  return ok({ codes: codes.value })
}

/** Turns it off, where the role need not have one. */
export async function endFactor(call: StaffCall, { code }: z.output<typeof FactorOff>): Answer<undefined> {
  const { db, env, now, org, staff } = call
  if ((await sessionPolicy(env, org)).totp.includes(staff.role)) {
    return refuse('forbidden', 'Your role has to have a second factor.')
  }
  const trouble = await guess(call, 'code', async () => (await turnOff(env, db, staff, code, now)).ok)
  return trouble ?? ok(undefined)
}

/** Lets a guess be made, if not too many were; what to answer when it was wrong. */
async function guess({ env, request, signedIn }: StaffCall, what: 'password' | 'code', check: () => Promise<boolean>) {
  const brake = await Brake.on(env, request, what, signedIn.email)
  const wait = await brake.apply()
  if (wait > 0) return tooMany('Too many wrong tries', wait)
  if (!(await check())) return refuse('bad_input', 'is not right', { field: what })
  await brake.release()
  return undefined
}

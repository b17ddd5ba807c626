/** Signing in and out. */
import type * as z from 'zod/mini'
import { asId, type OrgId } from '../../core/ids.ts'
import type { OfflineGrant, Session, SignIn } from '../../core/protocol/api.ts'
import { ok, refuse } from '../../core/result.ts'
import { admitMember } from '../auth/admission.ts'
import { Brake } from '../auth/brake.ts'
import { checkCode } from '../auth/factor.ts'
import { base64url, deriveKey, hmac } from '../auth/keys.ts'
import { checkPassword } from '../auth/passwords.ts'
import { sessionPolicy } from '../auth/policy.ts'
import { closeSession } from '../auth/sessions.ts'
import { hasFactor, type Whose } from '../db/factors.ts'
import { staffByEmail } from '../db/staff.ts'
import { tooMany } from '../problems.ts'
import { teamsOf } from '../teams.ts'
import type { Answer, Call, StaffCall } from './route.ts'

/** Opens a session. An unknown e-mail and a wrong password look alike, and take as long. */
export async function signIn(call: Call, { email, password, code }: z.output<typeof SignIn>): Answer<Session> {
  const { db, env, now, request } = call
  const brake = await Brake.on(env, request, 'password', email)
  const wait = await brake.apply()
  if (wait > 0) return tooMany('Too many failed sign-ins', wait)
  const staff = await staffByEmail(db, email)
  if (!(await checkPassword(password, staff?.passwordHash)) || staff === undefined) {
    return refuse('unauthenticated', 'The e-mail or the password is wrong.')
  }
  await brake.release()
  const hasSecond = await hasFactor(db, staff)
  if (hasSecond) {
    const trouble = await secondFactor(call, staff, code)
    if (trouble !== undefined) return trouble
  }
  const { id, name, role } = staff
  const org = asId<OrgId>(staff.org)
  const policy = await sessionPolicy(env, org)
  const mustEnrol = !hasSecond && policy.totp.includes(role)
  for (const cookie of await admitMember(env, db, request, { ...staff, policy, mustEnrol }, now)) call.setCookie(cookie)
  const team = (await teamsOf(env, org)).get(id)
  return ok({
    organisation: { id: org, name: staff.orgName },
    ...(mustEnrol ? { mustEnrol } : {}),
    staff: { id, name, email: staff.email, role, team },
  })
}

/** The second step of signing in: what is wrong with it, if anything. */
async function secondFactor(call: Call, staff: Whose & { readonly email: string }, code: string | undefined) {
  const { db, env, now, request } = call
  if (code === undefined) return refuse('second_factor', 'A code of your second factor is needed.')
  const brake = await Brake.on(env, request, 'code', staff.email)
  const wait = await brake.apply()
  if (wait > 0) return tooMany('Too many wrong codes', wait)
  if (!(await checkCode(env, db, staff, code, now))) return refuse('second_factor', 'The code is wrong, or was used.')
  await brake.release()
  return undefined
}

/** Who is signed in. */
export async function whoAmI({ staff, signedIn }: StaffCall): Answer<Session> {
  const { org, id, name, role, team } = staff
  return ok({
    organisation: { id: org, name: signedIn.orgName },
    ...(signedIn.mustEnrol ? { mustEnrol: true } : {}),
    staff: { id, name, email: signedIn.email, role, team },
  })
}

/** What this browser may keep: nothing where the organisation says so, else a key of this session's own that is stored nowhere. */
export async function offlineGrant({ env, org, staff }: StaffCall): Answer<OfflineGrant> {
  const policy = await sessionPolicy(env, org)
  if (!policy.offline || staff.session === undefined) return ok({ on: false })
  const session = staff.session.id
  const key = await hmac(await deriveKey(env.PARLEY_SECRET, 'offline'), `${org}/${staff.id}/${session}`)
  return ok({ on: true, staff: staff.id, session, key: base64url(key) })
}

/** Ends the session here and in the browser; also right when there is none. */
export async function signOut(call: Call): Answer<undefined> {
  call.setCookie(await closeSession(call.env, call.db, call.request))
  return ok(undefined)
}

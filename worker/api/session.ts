/** Signing in and out. */
import type * as z from 'zod/mini'
import { asId, type OrgId } from '../../core/ids.ts'
import type { Session, SignIn } from '../../core/protocol/api.ts'
import { ok, refuse } from '../../core/result.ts'
import { Brake, cookieForDevice } from '../auth/brake.ts'
import { checkPassword } from '../auth/passwords.ts'
import { closeSession, openSession } from '../auth/sessions.ts'
import { signDevice } from '../auth/tokens.ts'
import { staffByEmail } from '../db/staff.ts'
import { tooMany } from '../problems.ts'
import { teamsOf } from '../teams.ts'
import type { Answer, Call, StaffCall } from './route.ts'

/** Opens a session. An unknown e-mail and a wrong password look alike, and take as long. */
export async function signIn(call: Call, { email, password }: z.output<typeof SignIn>): Answer<Session> {
  const { db, env, now, request } = call
  const brake = await Brake.on(env, request, 'password', email)
  const wait = await brake.apply()
  if (wait > 0) return tooMany('Too many failed sign-ins', wait)
  const staff = await staffByEmail(db, email)
  if (!(await checkPassword(password, staff?.passwordHash)) || staff === undefined) {
    return refuse('unauthenticated', 'The e-mail or the password is wrong.')
  }
  await brake.release()
  // A browser that signs in anew leaves nothing behind that still opens.
  await closeSession(env, db, request)
  call.setCookie(await openSession(db, staff.org, staff.id, now))
  call.setCookie(cookieForDevice(await signDevice(env.PARLEY_SECRET, email)))
  const { id, name, role } = staff
  const team = (await teamsOf(env, asId<OrgId>(staff.org))).get(id)
  return ok({
    organisation: { id: staff.org, name: staff.orgName },
    staff: { id, name, email: staff.email, role, team },
  })
}

/** Who is signed in. */
export async function whoAmI({ staff, signedIn }: StaffCall): Answer<Session> {
  const { org, id, name, role, team } = staff
  return ok({
    organisation: { id: org, name: signedIn.orgName },
    staff: { id, name, email: signedIn.email, role, team },
  })
}

/** Ends the session here and in the browser; also right when there is none. */
export async function signOut(call: Call): Answer<undefined> {
  call.setCookie(await closeSession(call.env, call.db, call.request))
  return ok(undefined)
}

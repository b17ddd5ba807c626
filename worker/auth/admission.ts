/** The end of every way to sign in: a new session for a member of staff who has proved who they are. */
import type { Database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { cookieForDevice } from './brake.ts'
import { closeSession, type Opening, openSession } from './sessions.ts'
import { signDevice } from './tokens.ts'

/** The cookies to set. A browser that signs in anew leaves nothing behind that still opens. */
export async function admitMember(
  env: Env,
  db: Database,
  request: Request,
  member: Opening & { readonly email: string },
  now: number,
): Promise<readonly string[]> {
  await closeSession(env, db, request)
  const session = await openSession(db, member, now)
  return [session, cookieForDevice(await signDevice(env.PARLEY_SECRET, member.email))]
}

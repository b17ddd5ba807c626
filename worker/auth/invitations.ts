/**
 * Invitations: a link by which a member of staff sets a password. Nothing is stored: the token names the password's hash
 * that it replaces, so it is good once, and a newer invitation or password makes it worthless.
 */
import { jwtVerify, SignJWT } from 'jose'
import * as z from 'zod/mini'
import type { Database } from '../db/client.ts'
import { type InvitedRow, invitedMember } from '../db/members.ts'
import type { Whose } from './access.ts'
import { deriveKey, sha256 } from './keys.ts'

/** How long an invitation is good, in ms. */
export const invitationLife = 3 * 86_400_000
const algorithm = 'HS256'
const audience = 'invitation'

const Claims = z.object({ org: z.string(), sub: z.string(), of: z.string() })

/** For this member, to set a password in place of the one with this hash; good until `until` (ms). */
export async function signInvitation(secret: string, { org, id }: Whose, hash: string, until: number): Promise<string> {
  return new SignJWT({ org, of: await sha256(hash) })
    .setProtectedHeader({ alg: algorithm })
    .setSubject(id)
    .setAudience(audience)
    .setExpirationTime(Math.floor(until / 1000))
    .sign(await deriveKey(secret, 'invitation'))
}

/** Who is invited by this token; undefined when it is not ours, is over, was used, or its member may not sign in. */
export async function readInvitation(secret: string, db: Database, token: string): Promise<InvitedRow | undefined> {
  const claims = Claims.safeParse(await verified(secret, token))
  if (!claims.success) return undefined
  const { org, sub: id, of } = claims.data
  const member = await invitedMember(db, org, id)
  return member !== undefined && (await sha256(member.passwordHash)) === of ? member : undefined
}

async function verified(secret: string, token: string): Promise<unknown> {
  try {
    const options = { algorithms: [algorithm], audience, requiredClaims: ['exp'] }
    return (await jwtVerify(token, await deriveKey(secret, 'invitation'), options)).payload
  } catch {
    return undefined
  }
}

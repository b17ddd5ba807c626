/** Staff sessions: a random token in a cookie, its hash in D1, twelve hours from the last use. */
import type { StaffPrincipal } from '../../core/protocol/principal.ts'
import type { Database } from '../db/client.ts'
import { addSession, endSession, prolongSession, staffBySession } from '../db/staff.ts'
import { randomToken, sha256 } from './keys.ts'

const lifeMs = 12 * 3_600_000
/** A session is prolonged when it has lost this much, so that not every request writes. */
const renewAfterMs = 3_600_000
const cookieName = 'parley_session'

export interface SignedIn {
  readonly principal: StaffPrincipal
  readonly email: string
  readonly orgName: string
  /** Set when the session was prolonged: the cookie has to follow. */
  readonly cookie: string | undefined
}

/** Opens a session; the answer is the cookie to set. The organisation leads the token, because rows are found by it. */
export async function openSession(db: Database, org: string, staffId: string, secure: boolean, now: number) {
  const token = randomToken()
  await addSession(db, {
    orgId: org,
    tokenHash: await sha256(token),
    staffId,
    createdAt: now,
    expiresAt: now + lifeMs,
  })
  return cookie(`${org}.${token}`, secure, lifeMs / 1000)
}

/** Who sent this request, by its cookie. */
export async function readSession(db: Database, request: Request, now: number): Promise<SignedIn | undefined> {
  const found = sessionToken(request)
  if (found === undefined) return undefined
  const tokenHash = await sha256(found.token)
  const row = await staffBySession(db, found.org, tokenHash, now)
  if (row === undefined) return undefined
  const renew = row.expiresAt < now + lifeMs - renewAfterMs
  if (renew) await prolongSession(db, row.org, tokenHash, now + lifeMs)
  return {
    principal: { kind: 'staff', org: row.org, id: row.id, name: row.name, role: row.role },
    email: row.email,
    orgName: row.orgName,
    cookie: renew ? cookie(`${row.org}.${found.token}`, isSecure(request), lifeMs / 1000) : undefined,
  }
}

/** Ends the request's session, if it has one; the answer is the cookie that clears the browser's. */
export async function closeSession(db: Database, request: Request) {
  const found = sessionToken(request)
  if (found !== undefined) await endSession(db, found.org, await sha256(found.token))
  return cookie('', isSecure(request), 0)
}

/** Whether the request carries a session's cookie, good or not. */
export const hasSession = (request: Request) => sessionToken(request) !== undefined

export const isSecure = (request: Request) => new URL(request.url).protocol === 'https:'

function sessionToken(request: Request) {
  const pairs = (request.headers.get('cookie') ?? '').split(/; */)
  const value = pairs.find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1)
  const match = /^([a-z0-9-]{1,63})\.([A-Za-z0-9_-]{43})$/.exec(value ?? '')
  return match?.[1] && match[2] ? { org: match[1], token: match[2] } : undefined
}

const cookie = (value: string, secure: boolean, seconds: number) =>
  `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure ? '; Secure' : ''}`

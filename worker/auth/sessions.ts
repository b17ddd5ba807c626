/**
 * Staff sessions: a random token in a cookie, its hash in D1. One ends some time after signing in, sooner without use (as
 * the organisation says: twelve hours, half an hour), or when its owner signs out or is deactivated; its sockets end with it, see `access.ts`.
 */
import { asId, type OrgId } from '../../core/ids.ts'
import { hasTeam } from '../../core/protocol/permissions.ts'
import type { SessionPolicy } from '../../core/protocol/policies.ts'
import type { StaffPrincipal } from '../../core/protocol/principal.ts'
import type { Database } from '../db/client.ts'
import { addSession, endSession, freeSession, staffBySession, useSession } from '../db/staff.ts'
import type { Env } from '../env.ts'
import { teamsOf } from '../teams.ts'
import { endSockets, prolongSockets } from './access.ts'
import { randomToken, sha256 } from './keys.ts'

/** A use is written down when the last one is this old, so that not every request writes. */
const noteAfterMs = 60_000
/** A browser takes this name only from the host itself, over a line that nobody can write into, for all of its paths. */
export const cookieName = '__Host-parley_session'

export interface SignedIn {
  readonly principal: StaffPrincipal
  readonly email: string
  readonly orgName: string
  /** Its owner has to turn on a second factor before anything else. */
  readonly mustEnrol: boolean
}

export interface Opening {
  readonly org: string
  readonly id: string
  readonly policy: Pick<SessionPolicy, 'lifetime' | 'idle'>
  readonly mustEnrol: boolean
}

/** Opens a session; the answer is the cookie to set. The organisation leads the token, because rows are found by it. */
export async function openSession(db: Database, { org, id, policy, mustEnrol }: Opening, now: number): Promise<string> {
  const token = randomToken()
  const tokenHash = await sha256(token)
  const { lifetime, idle } = policy
  const times = { createdAt: now, usedAt: now, expiresAt: now + lifetime, idle }
  await addSession(db, { orgId: org, tokenHash, staffId: id, mustEnrol, ...times })
  return cookie(`${org}.${token}`, Math.floor(lifetime / 1000))
}

/** Who sent this request, by its cookie. `isUse`: a person asked, not a program that keeps itself up to date. */
export async function readSession(env: Env, db: Database, request: Request, now: number, isUse: boolean) {
  const found = sessionToken(request)
  if (found === undefined) return undefined
  const tokenHash = await sha256(found.token)
  const row = await staffBySession(db, found.org, tokenHash, now)
  if (row === undefined) return undefined
  const notes = isUse && row.usedAt < now - noteAfterMs
  const until = Math.min(row.expiresAt, (notes ? now : row.usedAt) + row.idle)
  const { org, id, name, role, rights } = row
  const session = { id: sessionOf(tokenHash), until, rights }
  const team = hasTeam(role) ? (await teamsOf(env, asId<OrgId>(org))).get(id) : undefined
  const principal: StaffPrincipal = {
    kind: 'staff',
    org,
    id,
    name,
    role,
    ...(team === undefined ? {} : { team }),
    session,
  }
  if (notes) {
    await useSession(db, org, tokenHash, now)
    await prolongSockets(env, principal, session)
  }
  const { email, orgName, mustEnrol } = row
  return { principal, email, orgName, mustEnrol } satisfies SignedIn
}

/** The owner of the request's session has a second factor now. */
export async function fulfilSession(db: Database, request: Request): Promise<void> {
  const found = sessionToken(request)
  if (found !== undefined) await freeSession(db, found.org, await sha256(found.token))
}

/** Ends the request's session, if it has one, and its sockets; the answer is the cookie that clears the browser's. */
export async function closeSession(env: Env, db: Database, request: Request): Promise<string> {
  const found = sessionToken(request)
  if (found !== undefined) {
    const tokenHash = await sha256(found.token)
    const owner = await endSession(db, found.org, tokenHash)
    if (owner !== undefined) await endSockets(env, { org: found.org, id: owner }, sessionOf(tokenHash))
  }
  return cookie('', 0)
}

/** Whether the request carries a session's cookie, good or not. */
export const hasSession = (request: Request) => sessionToken(request) !== undefined

/** What tickets and actors know a session by: enough to tell it from others, and nothing to open it with. */
const sessionOf = (tokenHash: string) => tokenHash.slice(0, 20)

function sessionToken(request: Request) {
  const pairs = (request.headers.get('cookie') ?? '').split(/; */)
  const value = pairs.find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1)
  const match = /^([a-z0-9-]{1,63})\.([A-Za-z0-9_-]{43})$/.exec(value ?? '')
  return match?.[1] && match[2] ? { org: match[1], token: match[2] } : undefined
}

const cookie = (value: string, seconds: number) =>
  `${cookieName}=${value}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=${seconds}`

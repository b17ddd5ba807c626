/** The signed tokens of the edge: tickets for sockets, visitors' tokens, and the shop's word for its own users. */
import { jwtVerify, SignJWT } from 'jose'
import * as z from 'zod/mini'
import type { ActorName } from '../../core/ids.ts'
import { key as fieldKey } from '../../core/protocol/fields.ts'
import { type CustomerPrincipal, Principal } from '../../core/protocol/principal.ts'
import { base64url, deriveKey, hmac, randomToken, widgetSecret } from './keys.ts'

/** In seconds. */
export const ticketLife = 60
const visitorLife = 365 * 86_400
/** A shop's token may not be good for longer than this: a leaked one should not live for ever. */
const longestUser = 86_400
const algorithm = 'HS256'

const TicketClaims = z.object({ aud: z.string(), principal: Principal, origin: z.optional(z.string()) })

export interface TicketOptions {
  /** Where pages may open sockets with it, besides our own. */
  readonly origin?: string | undefined
  /** In seconds. */
  readonly lifetime?: number
}

/** A ticket: for its lifetime its bearer may open sockets to this actor, as this principal. */
export async function signTicket(
  secret: string,
  actor: ActorName,
  principal: Principal,
  { origin, lifetime = ticketLife }: TicketOptions = {},
) {
  return new SignJWT({ principal, ...(origin === undefined ? {} : { origin }) })
    .setProtectedHeader({ alg: algorithm })
    .setAudience(actor)
    .setIssuedAt()
    .setExpirationTime(`${lifetime}s`)
    .sign(await deriveKey(secret, 'ticket'))
}

/** What a good ticket says; undefined for any other. */
export async function readTicket(secret: string, ticket: string) {
  const claims = await verified(ticket, await deriveKey(secret, 'ticket'))
  const parsed = TicketClaims.safeParse(claims)
  if (!parsed.success) return undefined
  const { principal, aud, origin } = parsed.data
  return { principal, actor: aud, origin }
}

/** A token by which a browser is known again within one organisation. */
export async function signVisitor(secret: string, organisation: string, visitor: string) {
  return new SignJWT({})
    .setProtectedHeader({ alg: algorithm })
    .setSubject(visitor)
    .setAudience(`visitor:${organisation}`)
    .setIssuedAt()
    .setExpirationTime(`${visitorLife}s`)
    .sign(await deriveKey(secret, 'visitor'))
}

/** The visitor of a good token; undefined for none, for an old one or one of another organisation. */
export async function readVisitor(secret: string, organisation: string, token: string | undefined) {
  const key = await deriveKey(secret, 'visitor')
  const claims = token === undefined ? undefined : await verified(token, key, `visitor:${organisation}`)
  return claims?.sub
}

/** A token by which a browser is known to have signed in to an account. */
export async function signDevice(secret: string, account: string): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: algorithm })
    .setSubject(await accountHash(secret, account))
    .setJti(randomToken())
    .setExpirationTime(`${visitorLife}s`)
    .sign(await deriveKey(secret, 'device'))
}

/** Which browser this is, if it has signed in to this account before. */
export async function readDevice(secret: string, account: string, token: string | undefined) {
  if (token === undefined) return undefined
  const claims = await verified(token, await deriveKey(secret, 'device'))
  if (claims?.sub !== (await accountHash(secret, account))) return undefined
  return claims.jti
}

/** How long a link in a saved transcript opens its file, in seconds. */
const linkLife = 7 * 86_400
const LinkClaims = z.object({ principal: Principal })

/** A link by which a customer opens one file, at this path, without the chat. */
export async function signFileLink(secret: string, path: string, principal: CustomerPrincipal) {
  return new SignJWT({ principal })
    .setProtectedHeader({ alg: algorithm })
    .setAudience(path)
    .setExpirationTime(`${linkLife}s`)
    .sign(await deriveKey(secret, 'file-link'))
}

/** Whose link it is, if it is a good one to this path. */
export async function readFileLink(secret: string, path: string, link: string) {
  const claims = LinkClaims.safeParse(await verified(link, await deriveKey(secret, 'file-link'), path))
  return claims.success && claims.data.principal.kind === 'customer' ? claims.data.principal : undefined
}

const accountHash = async (secret: string, account: string) =>
  base64url(await hmac(await deriveKey(secret, 'device'), account))

const text = (longest: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(longest))
export const UserClaims = z.object({
  sub: text(200),
  name: text(200),
  email: z.optional(z.string().check(z.trim(), z.toLowerCase(), z.email(), z.maxLength(200))),
  /** How much the customer matters, and facts of the shop's own: queues may be ordered by both. */
  grade: z.optional(z.int().check(z.minimum(0), z.maximum(100))),
  attributes: z.optional(
    z.record(fieldKey, z.union([text(80), z.number()])).check(z.refine((all) => Object.keys(all).length <= 20)),
  ),
  exp: z.number(),
})
export type ShopUser = z.infer<typeof UserClaims>

/** Whom the shop vouches for; undefined when the token is not the shop's, is over, or is good for longer than a day. */
export async function readUser(secret: string, organisation: string, token: string, now = Date.now()) {
  const key = new TextEncoder().encode(await widgetSecret(secret, organisation))
  const parsed = UserClaims.safeParse(await verified(token, key))
  if (!parsed.success || parsed.data.exp > now / 1000 + longestUser) return undefined
  return parsed.data
}

async function verified(token: string, key: Uint8Array, audience?: string) {
  try {
    const options = { algorithms: [algorithm], requiredClaims: ['exp'], clockTolerance: 5 }
    const { payload } = await jwtVerify(token, key, audience === undefined ? options : { ...options, audience })
    return payload
  } catch {
    return undefined
  }
}

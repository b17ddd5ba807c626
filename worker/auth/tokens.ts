/** The signed tokens of the edge: tickets for sockets, visitors' tokens, and the shop's word for its own users. */
import { jwtVerify, SignJWT } from 'jose'
import * as z from 'zod/mini'
import type { ActorName } from '../../core/ids.ts'
import { Principal } from '../../core/protocol/principal.ts'
import { deriveKey, randomToken, widgetSecret } from './keys.ts'

/** In seconds. */
export const ticketLife = 60
const visitorLife = 365 * 86_400
/** A shop's token may not be good for longer than this: a leaked one should not live for ever. */
const longestUser = 86_400
const algorithm = 'HS256'

const TicketClaims = z.object({ aud: z.string(), principal: Principal })

/** A ticket: for `lifetime` seconds its bearer may open sockets to this actor, as this principal. */
export async function signTicket(secret: string, actor: ActorName, principal: Principal, lifetime = ticketLife) {
  return new SignJWT({ principal })
    .setProtectedHeader({ alg: algorithm })
    .setAudience(actor)
    .setIssuedAt()
    .setExpirationTime(`${lifetime}s`)
    .sign(await deriveKey(secret, 'ticket'))
}

/** The principal and the actor's name of a good ticket; undefined for any other. */
export async function readTicket(secret: string, ticket: string) {
  const claims = await verified(ticket, await deriveKey(secret, 'ticket'))
  const parsed = TicketClaims.safeParse(claims)
  return parsed.success ? { principal: parsed.data.principal, actor: parsed.data.aud } : undefined
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

/** The visitor of a good token, a new one for none, for an old one or one of another organisation. */
export async function readVisitor(secret: string, organisation: string, token: string | undefined) {
  const key = await deriveKey(secret, 'visitor')
  const claims = token === undefined ? undefined : await verified(token, key, `visitor:${organisation}`)
  return typeof claims?.['sub'] === 'string' ? claims['sub'] : randomToken()
}

const text = (longest: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(longest))
const UserClaims = z.object({
  sub: text(200),
  name: text(200),
  email: z.optional(z.string().check(z.trim(), z.toLowerCase(), z.email(), z.maxLength(200))),
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

/** `GET /connect/:kind/:id`: checks the ticket of a WebSocket upgrade and hands it to the actor. */
import { type ActorName, address, asId } from '../core/ids.ts'
import { socketKinds } from '../core/protocol/api.ts'
import { close, SUBPROTOCOL } from '../core/protocol/link.ts'
import { PRINCIPAL_HEADER, type Principal } from '../core/protocol/principal.ts'
import { actorStub } from './actors.ts'
import { accessOf } from './auth/access.ts'
import { readTicket } from './auth/tokens.ts'
import { isWelcome } from './channels/chat/origins.ts'
import type { Env } from './env.ts'
import { log } from './log.ts'
import { problem } from './problems.ts'

const ticketPrefix = 'ticket.'

/** Opens the socket. A browser cannot read the status of a failed upgrade: a bad ticket gets a socket that is closed. */
export async function connect(request: Request, env: Env, kind: string, id: string): Promise<Response> {
  if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') {
    return problem({ code: 'bad_input', message: 'This address is for WebSockets.' })
  }
  const offered = (request.headers.get('sec-websocket-protocol') ?? '').split(',').map((value) => value.trim())
  const ticket = offered.find((value) => value.startsWith(ticketPrefix))?.slice(ticketPrefix.length)
  const speaks = offered.includes(SUBPROTOCOL)
  if (!speaks) return refuseSocket(close.version, `offer the subprotocol ${SUBPROTOCOL}`, offered[0])
  const admitted = await admit(env, request, ticket, kind, id)
  if (admitted === undefined) return refuseSocket(close.unauthenticated, 'the ticket is not good here', SUBPROTOCOL)
  log('info', 'connect', { org: admitted.principal.org, kind })
  return actorStub(env, admitted.actor).fetch(upgradeFor(admitted))
}

export interface Admitted {
  readonly actor: ActorName
  readonly principal: Principal
}

/** Whom a ticket lets in, if it is good for the actor that the path names and for the page that brings it. */
export async function admit(env: Env, request: Request, ticket: string | undefined, kind: string, id: string) {
  const found = ticket === undefined ? undefined : await readTicket(env.PARLEY_SECRET, ticket)
  const known = socketKinds.find((value) => value === kind)
  if (found === undefined || known === undefined) return undefined
  const { principal } = found
  // What names no origin is no browser, and no page is behind it that could misuse one.
  const origin = request.headers.get('origin') ?? found.origin
  if (origin !== found.origin && origin !== new URL(request.url).origin) return undefined
  const actor = nameOf(principal, known, id)
  if (actor === undefined || actor !== found.actor) return undefined
  if (principal.kind === 'customer' && !(await isWelcome(env, asId(principal.org), request))) return undefined
  if (principal.kind === 'staff' && principal.session !== undefined) {
    const entered = await accessOf(env, principal).enter(principal.session, actor)
    if (!entered.ok) return undefined
  }
  return { actor, principal }
}

function nameOf({ org }: Principal, kind: (typeof socketKinds)[number], id: string): ActorName | undefined {
  try {
    return address(asId(org), kind, asId(id))
  } catch {
    return undefined
  }
}

/**
 * The upgrade as the actor gets it: a request of our own making, so that nothing from outside (a cookie, the ticket, a
 * principal somebody made up) comes along.
 */
export function upgradeFor({ principal, actor }: Admitted): Request {
  const headers = {
    upgrade: 'websocket',
    'sec-websocket-protocol': SUBPROTOCOL,
    [PRINCIPAL_HEADER]: asciiJson(principal),
  }
  return new Request(`https://actor/${actor}`, { headers })
}

/** JSON that fits in a header: names may hold letters that headers may not. */
const asciiJson = (value: unknown) =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

function refuseSocket(code: number, reason: string, protocol: string | undefined): Response {
  const pair = new WebSocketPair()
  pair[1].accept()
  pair[1].close(code, reason)
  const headers = new Headers(protocol ? { 'sec-websocket-protocol': protocol } : {})
  return new Response(null, { status: 101, webSocket: pair[0], headers })
}

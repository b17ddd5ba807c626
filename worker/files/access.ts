/** Who asks for a conversation's files: staff by their session, customers by the ticket of their own conversation, or a link. */
import { asId, type ConversationId, type OrgId } from '../../core/ids.ts'
import type { Principal } from '../../core/protocol/principal.ts'
import { ok, type Result, refuse } from '../../core/result.ts'
import { conversationStub } from '../actors.ts'
import type { Call } from '../api/route.ts'
import { readFileLink, readTicket } from '../auth/tokens.ts'

/** Somebody at a conversation of its own organisation; whether it may do anything there, the conversation says. */
export interface Visit {
  readonly principal: Principal
  readonly org: OrgId
  readonly conversation: ConversationId
  readonly actor: ReturnType<typeof conversationStub>
}

/** Who asks, and at which conversation. A ticket is good for its own conversation only. */
export async function visitOf(call: Call): Promise<Result<Visit>> {
  const principal = await principalOf(call)
  if (principal === undefined) return refuse('unauthenticated', 'This needs a session, or a ticket.')
  const org = asId<OrgId>(principal.org)
  const conversation = asId<ConversationId>(call.param('conversation'))
  // Names come from outside: a customer's other conversations are nobody's, and are not asked.
  if (principal.kind === 'customer' && principal.conversation !== conversation)
    return refuse('not_found', 'There is no such conversation.')
  return ok({ principal, org, conversation, actor: conversationStub(call.env, org, conversation) })
}

async function principalOf({ env, request, signedIn }: Call): Promise<Principal | undefined> {
  const ticket = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const { pathname, searchParams } = new URL(request.url)
  const link = searchParams.get('link')
  const named = link === null ? undefined : await readFileLink(env.PARLEY_SECRET, pathname, link)
  if (named !== undefined && request.method === 'GET') return named
  if (ticket === undefined) return signedIn?.principal
  const principal = (await readTicket(env.PARLEY_SECRET, ticket))?.principal
  // A ticket of staff opens sockets only: whether their session still stands, the session itself says here.
  return principal?.kind === 'customer' ? principal : undefined
}

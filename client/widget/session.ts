/** Asks the chat channel who we are and which conversation is ours; each answer holds a ticket for one socket. */
import * as z from 'zod/mini'
import type { ChatSession } from '../../core/protocol/api.ts'
import { recall, remember } from '../net/browser.ts'
import { SessionRefused } from './chat.ts'
import { organisation, userToken } from './host.ts'

/** The one answer of the HTTP API that the chat reads. The API's own schemas would come with all the others into its frame. */
const Answer: z.ZodMiniType<ChatSession> = z.object({
  visitor: z.string(),
  conversation: z.string(),
  ticket: z.string(),
  organisation: z.object({ name: z.string() }),
  customer: z.object({ name: z.string(), verified: z.boolean() }),
  closed: z.optional(
    z.object({ until: z.nullable(z.number()), takes: z._default(z.enum(['message', 'nothing']), 'message') }),
  ),
})

const visitorKey = `parley.visitor.${organisation}`
/** An answer to somebody who was forgotten meanwhile must not bring them back. */
let forgotten = 0

export async function askSession(command: string): Promise<ChatSession> {
  const before = forgotten
  const user = await userToken()
  const visitor = before === forgotten ? recall(visitorKey) : null
  const answer = await fetch(`/channels/chat/${encodeURIComponent(organisation)}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ command, ...(user === null ? {} : { user }), ...(visitor === null ? {} : { visitor }) }),
    signal: AbortSignal.timeout(15_000),
  })
  if (!answer.ok) throw new SessionRefused(answer.status)
  const session = Answer.parse(await answer.json())
  if (before === forgotten) remember(visitorKey, session.visitor)
  return session
}

export function forgetVisitor(): void {
  forgotten++
  remember(visitorKey, null)
}

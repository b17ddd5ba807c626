/** Asks the chat channel who we are and which conversation is ours; each answer holds a ticket for one socket. */
import type { ChatSession } from '../../core/protocol/api.ts'
import { recall, remember } from '../net/browser.ts'
import { SessionAnswer } from '../net/shapes.ts'
import { SessionRefused, type Wish } from './chat.ts'
import { organisation, userToken } from './host.ts'

const visitorKey = `parley.visitor.${organisation}`
/** An answer to somebody who was forgotten meanwhile must not bring them back. */
let forgotten = 0

/** `more`: what else is wished for. */
export async function askSession(command: string, more: Wish = {}): Promise<ChatSession> {
  const before = forgotten
  const user = await userToken()
  const visitor = before === forgotten ? recall(visitorKey) : null
  const answer = await fetch(`/channels/chat/${encodeURIComponent(organisation)}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      command,
      ...more,
      ...(user === null ? {} : { user }),
      ...(visitor === null ? {} : { visitor }),
    }),
    signal: AbortSignal.timeout(15_000),
  })
  if (!answer.ok) throw new SessionRefused(answer.status)
  const read = SessionAnswer.safeParse(await answer.json())
  if (!read.success) throw new TypeError('the session is not what it should be')
  const session = read.data
  if (before === forgotten) remember(visitorKey, session.visitor)
  return session
}

export function forgetVisitor(): void {
  forgotten++
  remember(visitorKey, null)
}

/** Asks the chat channel who we are and which conversation is ours; each answer holds a ticket for one socket. */
import { ChatSession, type Problem } from '../../core/protocol/api.ts'
import { recall, remember } from '../net/browser.ts'
import { organisation, userToken } from './host.ts'

const visitorKey = `parley.visitor.${organisation}`

export class SessionRefused extends Error {
  readonly status: Problem['status']
  constructor(status: number) {
    super(`session refused: ${status}`)
    this.status = status
  }
}

/** Throws a SessionRefused for a no, anything else when nobody could be reached. `command` makes a repeat harmless. */
export async function askSession(command: string): Promise<ChatSession> {
  const user = await userToken()
  const visitor = recall(visitorKey)
  const answer = await fetch(`/channels/chat/${encodeURIComponent(organisation)}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ command, ...(user === null ? {} : { user }), ...(visitor === null ? {} : { visitor }) }),
    signal: AbortSignal.timeout(15_000),
  })
  if (!answer.ok) throw new SessionRefused(answer.status)
  const session = ChatSession.parse(await answer.json())
  remember(visitorKey, session.visitor)
  return session
}

export function forgetVisitor(): void {
  remember(visitorKey, null)
}

/** Who is signed in at this console. */
import { signal } from '@preact/signals'
import { Session, Ticket } from '../../core/protocol/api.ts'
import { close } from '../../core/protocol/link.ts'
import type { TicketSource } from '../net/around.ts'
import { retryDelay } from '../net/backoff.ts'
import { call } from './api.ts'
import { around } from './around.ts'

const path = '/api/v1/session'

/** Undefined while that is not known yet. */
export const account = signal<Session | null | undefined>(undefined)

/** Finds out who is signed in; keeps asking while nobody can be reached, and says so once. */
export async function load(unreachable: () => void = () => {}): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const answer = await call('GET', path, Session)
    if (answer.ok || answer.status === 401 || answer.status === 403) {
      const who = answer.ok ? answer.value : null
      // The same one as was kept: what goes on here goes on.
      if (JSON.stringify(who) !== JSON.stringify(account.peek())) account.value = who
      return
    }
    if (attempt === 0) unreachable()
    await new Promise<void>((resolve) => around.clock.after(retryDelay(attempt, 0, Math.random), resolve))
  }
}

export type SignInTrouble = 'wrong' | 'tooMany' | 'unreachable' | 'needsCode' | 'wrongCode'

/** `code`: of the second factor, once it was asked for. */
export async function signIn(email: string, password: string, code?: string): Promise<SignInTrouble | null> {
  const answer = await call('POST', path, Session, { email, password, ...(code === undefined ? {} : { code }) })
  if (answer.ok) {
    account.value = answer.value
    return null
  }
  if (answer.status === 429) return 'tooMany'
  if (answer.code === 'second_factor') return code === undefined ? 'needsCode' : 'wrongCode'
  // What does not look like a code is none.
  if (answer.status === 400 && code !== undefined) return 'wrongCode'
  return answer.status >= 400 && answer.status < 500 ? 'wrong' : 'unreachable'
}

/** Tells whether the session has ended; while nobody can be reached it goes on. */
export async function signOut(): Promise<boolean> {
  const answer = await call('DELETE', path, null)
  const ended = answer.ok || answer.status === 401
  if (ended) account.value = null
  return ended
}

/** Tickets for the sockets to one actor. */
export function ticketsFor(kind: 'agent' | 'queue' | 'conversation' | 'floor', id: string): TicketSource {
  return async () => {
    const answer = await call('POST', '/api/v1/tickets', Ticket, { kind, id })
    if (answer.ok && answer.value !== null) return { ticket: answer.value.ticket }
    const status = answer.ok ? 0 : answer.status
    if (status === 401) account.value = null
    if (status === 401) return { stop: close.unauthenticated }
    if (status === 403) return { stop: close.forbidden }
    if (status === 404) return { stop: close.gone }
    throw new Error(`no ticket: ${status}`)
  }
}

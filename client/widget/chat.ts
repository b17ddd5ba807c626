/** The customer's chat: from the session to the conversation, and on to the next one. */
import { effect, signal } from '@preact/signals'
import type { ChatSession } from '../../core/protocol/api.ts'
import { PublicEntry, PublicView } from '../../core/protocol/conversation.ts'
import { close } from '../../core/protocol/frames.ts'
import type { TicketAnswer } from '../net/around.ts'
import { retryDelay } from '../net/backoff.ts'
import { around, keptHere } from '../net/browser.ts'
import { newId } from '../net/ids.ts'
import type { Item } from '../net/outbox.ts'
import { Talk } from '../ui/talk.ts'
import { organisation } from './host.ts'
import { askSession, forgetVisitor, SessionRefused } from './session.ts'

export type ChatTalk = Talk<PublicEntry, PublicView>
export type ChatState = 'idle' | 'starting' | 'unreachable' | 'refused' | 'open'

export const talk = signal<ChatTalk | null>(null)
export const session = signal<ChatSession | null>(null)
export const state = signal<ChatState>('idle')

/** Names the wish for a conversation, so that asking again for lack of an answer makes no second one. */
let command = newId()
/** A ticket that came with a session and opened no socket yet. */
let fresh: { ticket: string; conversation: string; until: number } | null = null
let unwatch: (() => void) | null = null
/** Grows when somebody else takes the chat over: what was asked before that does not count. */
let turn = 0
const FRESH_FOR = 45_000

export async function start(): Promise<void> {
  if (state.value !== 'idle' && state.value !== 'refused') return
  state.value = 'starting'
  const mine = ++turn
  for (let attempt = 0; mine === turn; attempt++) {
    try {
      const answer = await ask()
      if (mine === turn) enter(answer)
      return
    } catch (error) {
      if (mine !== turn) return
      if (isRefusal(error)) {
        state.value = 'refused'
        return
      }
      if (attempt > 0) state.value = 'unreachable'
      await new Promise<void>((resolve) => around.clock.after(retryDelay(attempt, 0, Math.random), resolve))
    }
  }
}

/** Begins again as somebody else. */
export function restart(forget: boolean): void {
  turn++
  if (forget) forgetVisitor()
  unwatch?.()
  talk.value?.end()
  talk.value = null
  session.value = null
  fresh = null
  const was = state.value
  state.value = 'idle'
  if (was !== 'idle' && !forget) void start()
}

async function ask(): Promise<ChatSession> {
  const answer = await askSession(command)
  fresh = { ticket: answer.ticket, conversation: answer.conversation, until: Date.now() + FRESH_FOR }
  return answer
}

/** A refusal that asking again would not change. */
const isRefusal = (error: unknown) =>
  error instanceof SessionRefused && error.status < 500 && error.status !== 429 && error.status !== 408

function enter(next: ChatSession): void {
  const before = talk.value
  session.value = next
  state.value = 'open'
  if (before?.conversation === next.conversation) return
  const carried = before?.pending.value ?? []
  unwatch?.()
  before?.end()
  const { conversation } = next
  talk.value = new Talk({
    around,
    conversation,
    ticket: () => ticketFor(conversation),
    kept: keptHere(`c.${organisation}.${conversation}`),
    entry: PublicEntry,
    view: PublicView,
    pub: (entry) => entry.seq,
  })
  for (const item of carried) carry(item, before)
  unwatch = follow(talk.value)
}

/** A word that the old conversation did not take goes to the new one, as a new command. */
function carry(item: Item, from: ChatTalk | null): void {
  if (item.state === 'accepted') return
  from?.peer.remove(item.id)
  void talk.value?.say('post', item.body)
}

async function ticketFor(conversation: string): Promise<TicketAnswer> {
  const held = fresh
  fresh = null
  if (held?.conversation === conversation && held.until > Date.now()) return { ticket: held.ticket }
  try {
    const answer = await ask()
    if (answer.conversation === conversation) {
      fresh = null
      session.value = answer
      return { ticket: answer.ticket }
    }
    // The talk has moved on while we were away. Let the old link end first.
    queueMicrotask(() => enter(answer))
    return { stop: close.normal }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { stop: close.forbidden }
  }
}

/** Moves over when the conversation names its successor, or refuses words because it is closed for good. */
function follow(current: ChatTalk): () => void {
  const tried = new Set<string>()
  return effect(() => {
    const next = current.view.value?.next ?? null
    const shut = current.pending.value.find(
      (item) => item.state === 'failed' && item.refusal?.code === 'closed' && !tried.has(item.id),
    )
    if (next !== null && !tried.has(next)) {
      tried.add(next)
      void moveOn(current)
    } else if (shut) {
      tried.add(shut.id)
      command = newId()
      void moveOn(current)
    }
  })
}

async function moveOn(from: ChatTalk): Promise<void> {
  for (let attempt = 0; talk.value === from; attempt++) {
    try {
      const answer = await ask()
      if (talk.value === from) enter(answer)
      return
    } catch (error) {
      if (isRefusal(error)) return
      await new Promise<void>((resolve) => around.clock.after(retryDelay(attempt, 0, Math.random), resolve))
    }
  }
}

/** The Thread actor: which conversation of a customer in a channel is the current one. Holds no content. */

import type { Model, Turn } from '../engine/model.ts'
import type { Cell } from '../engine/parts.ts'
import { type AgentId, address, asId, type ConversationId } from '../ids.ts'
import type { Customer } from '../protocol/actors.ts'
import type { Pinned } from '../protocol/book-messages.ts'
import type { Current } from '../protocol/messages.ts'
import { refuse } from '../result.ts'

/**
 * A closed conversation is handed out until this long before its time for reopening ends, in ms: the conversation goes by
 * its own clock and must not find itself closed for good when its customer writes.
 */
const MARGIN = 5_000

interface Here {
  readonly conversation: ConversationId
  /** Null while open. */
  readonly reopenUntil: number | null
  /** The version of the configuration that it was told last from here; absent: an earlier program told it. */
  readonly version?: number
  /** Whose place it took last, and in which of their turns. */
  readonly took?: { readonly instead: ConversationId; readonly turn: number }
}

export interface ThreadState {
  readonly thread: Cell<Facts>
}

interface Facts {
  readonly current: Here | null
  /** Who had the last conversation here that ended; absent: nobody. */
  readonly lastAgent?: AgentId
}

/** The current conversation; a new one when there is none, the last one is closed for good, or closed and a `fresh` one is wanted. */
export function openThread(
  state: ThreadState,
  turn: Turn,
  {
    customer,
    pinned,
    channel,
    fresh = false,
  }: { customer: Customer; pinned: Pinned; channel: string; fresh?: boolean },
): ConversationId {
  const { current, lastAgent } = state.thread.get()
  const isOpen = current?.reopenUntil === null
  if (current !== null && (isOpen || (!fresh && turn.now < (current.reopenUntil ?? 0) - MARGIN))) {
    if (pinned.version > (current.version ?? 0)) {
      turn.send(address(turn.self.org, 'conversation', current.conversation), { type: 'pin-anew', pinned })
      state.thread.patch({ current: { ...current, version: pinned.version } })
    }
    return current.conversation
  }
  const next = asId<ConversationId>(turn.newId())
  const { org } = turn.self
  const thread = address(org, 'thread', asId(turn.self.id))
  turn.send(address(org, 'conversation', next), {
    type: 'start',
    org,
    thread,
    channel,
    medium: 'chat',
    customer,
    pinned,
    ...(lastAgent === undefined ? {} : { lastAgent }),
  })
  if (current !== null) turn.send(address(org, 'conversation', current.conversation), { type: 'succeeded', next })
  state.thread.patch({ current: { conversation: next, reopenUntil: null, version: pinned.version } })
  return next
}

/**
 * The customer's talk goes on in this conversation, unless it has long gone on in a third one: then that is where. A merge
 * is told by one of the two and its undoing by the other: what comes late of an earlier turn changes nothing.
 */
function replace(
  state: ThreadState,
  turn: Turn,
  { conversation, instead, turn: nth = 0 }: Current & { readonly instead: ConversationId },
): void {
  const { current } = state.thread.get()
  const took = current?.conversation === instead && current.took?.instead === conversation ? current.took.turn : 0
  if (nth < took) return
  const isHere = current === null || current.conversation === instead || current.conversation === conversation
  if (isHere) return state.thread.patch({ current: { conversation, reopenUntil: null, took: { instead, turn: nth } } })
  const to = address(turn.self.org, 'conversation', conversation)
  turn.send(to, { type: 'succeeded', next: current.conversation })
}

export const threadModel: Model<ThreadState> = {
  kind: 'thread',
  migrations: [],
  open: (tables) => ({ thread: tables.cell<Facts>('thread', { current: null }) }),
  admit: () => refuse('not_found', 'nobody connects to a thread'),
  receive(state, turn, _from, message) {
    if (message.type !== 'current') return
    const { current } = state.thread.get()
    const { instead } = message
    if (instead !== undefined) return replace(state, turn, { ...message, instead })
    if (current?.conversation !== message.conversation) return
    const reopenUntil = message.open ? null : (message.reopenUntil ?? null)
    state.thread.patch({
      current: { ...current, reopenUntil },
      ...(message.agent === undefined ? {} : { lastAgent: message.agent }),
    })
  },
  command: () => ({ result: refuse('bad_input', 'a thread takes no commands'), remember: false }),
  due() {},
  settle() {},
  stream: () => undefined,
  lasting: ['thread'],
}

/** Who waits: what conversations say about their membership. */
import type { Avail, Wait } from '../protocol/messages.ts'
import type { Entry, QueueState } from './state.ts'

/**
 * Takes over what a conversation wants. The transport keeps the order of a pair, so a row that is deleted need not be
 * remembered; the `cv` is a second lock.
 */
export function wait(state: QueueState, message: Wait): void {
  const before = state.entries.get(message.conversation)
  if (before !== undefined && message.cv <= before.cv) return
  if (message.entry === undefined) return leave(state, message.conversation)
  const { conversation, cv, stay } = message
  const isSameStay = before?.stay === stay
  const toldWait = isSameStay && before.toldWait !== undefined ? { toldWait: before.toldWait } : {}
  const told = isSameStay ? before.told : null
  const heard = isSameStay && before.heard !== undefined ? { heard: before.heard } : {}
  state.entries.put(conversation, { ...message.entry, conversation, cv, stay, told, ...toldWait, ...heard })
  state.places.strayed(conversation)
  touch(state, conversation, before === undefined || isMoved(before, message.entry, stay))
}

/** An agent was told that what this queue still shows is gone: without this it would bid it again and again. */
export function bury(state: QueueState, dead: NonNullable<Avail['dead']>): void {
  const entry = state.entries.get(dead.conversation)
  if (entry !== undefined && entry.cv <= dead.cv) leave(state, dead.conversation)
}

function leave(state: QueueState, conversation: string): void {
  if (state.entries.get(conversation) === undefined) return
  state.entries.delete(conversation)
  touch(state, conversation, true)
}

function isMoved(before: Entry, after: { since: number; priority: number }, stay: number): boolean {
  return before.since !== after.since || before.priority !== after.priority || before.stay !== stay
}

function touch(state: QueueState, conversation: string, order: boolean): void {
  state.fresh.pump = true
  state.fresh.contacts.add(conversation)
  if (order) state.fresh.order = true
}

/** The board of a queue: who waits, each row with what the queue's own order compares it by. */
import type { Turn } from '../engine/model.ts'
import type { WaitingRow } from '../protocol/agent.ts'
import { shownAs } from '../protocol/media.ts'
import { byAge, orderKey } from '../routing/contacts.ts'
import { rank } from '../routing/rank.ts'
import { SLICE } from '../routing/reordering.ts'
import { configOf, type Entry, type QueueState } from './state.ts'

/** Brings the board up to date: the contacts that something happened to, and the next of those that another order compares. */
export function show(state: QueueState, turn: Turn): void {
  const { contactOrder = byAge, pull } = configOf(state)
  const keyOf = orderKey(contactOrder)
  const list = pull === undefined ? {} : { pull: true }
  const { stale } = state.shown
  const renewed = stale?.splice(0, SLICE) ?? []
  for (const conversation of [...state.fresh.contacts, ...renewed]) {
    const entry = state.entries.get(conversation)
    const key = `waiting/${conversation}`
    if (entry === undefined) state.board.delete(turn.now, key)
    else state.board.put(turn.now, { ...waitingRow(key, entry, state.lineup.isHeld(entry)), ...keyOf(entry), ...list })
  }
}

/** Another order compares by other things. */
export function reshow(state: QueueState): void {
  state.shown.stale = state.entries.keys()
}

/** After an eviction nobody knows how far it had come: from the beginning. */
export function goOnShowing(state: QueueState): void {
  if (state.shown.stale === null) reshow(state)
}

export const isReshowing = ({ shown }: QueueState): boolean => (shown.stale?.length ?? 0) > 0

function waitingRow(key: string, entry: Entry, held: boolean): WaitingRow {
  const { conversation, medium, since, priority, customer } = entry
  return { key, conversation, ...shownAs(medium), since, rank: rank(since, priority), priority, customer, held }
}

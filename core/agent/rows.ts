/** The board of an agent: itself, and each conversation that rings, is owned or is being wrapped up. */
import type { Turn } from '../engine/model.ts'
import type { ItemRow, LaidRow, MeRow } from '../protocol/agent.ts'
import { firstMedia, type Medium, shownAs } from '../protocol/media.ts'
import type { Excess } from '../routing/capacity.ts'
import { doneRow } from './done.ts'
import { moreFor, whoIs } from './items.ts'
import { mentionRow } from './mentions.ts'
import { goneRow } from './overtaken.ts'
import { capacities, excess } from './room.ts'
import { type AgentState, type Item, queuesOf } from './state.ts'

export function show(state: AgentState, turn: Turn): void {
  state.board.put(turn.now, meRow(state, turn.self.id))
  const shown = new Set(['me'])
  for (const item of state.items.values()) {
    const row = itemRow(item, moreFor(state, item))
    if (row === null) continue
    shown.add(row.key)
    state.board.put(turn.now, row)
  }
  for (const { conversation, until, card } of state.asides.values()) {
    const key = `laid/${conversation}`
    shown.add(key)
    const row: LaidRow = { key, conversation, until, customer: card.customer }
    state.board.put(turn.now, row)
  }
  for (const lost of state.overtaken.values()) {
    const row = goneRow(lost)
    shown.add(row.key)
    state.board.put(turn.now, row)
  }
  for (const row of [...state.mentions.values().map(mentionRow), ...state.done.values().map(doneRow)]) {
    shown.add(row.key)
    state.board.put(turn.now, row)
  }
  for (const key of state.board.keys()) if (!shown.has(key)) state.board.delete(turn.now, key)
}

function meRow(state: AgentState, agent: string): MeRow {
  const { presence, reason, notResponding, link } = state.self.get()
  const { queueNames, reasons, declineReasons = [] } = state.profile.get()
  const over = excess(state)
  const all = capacities(state)
  const told = toldOf(state, all)
  return {
    key: 'me',
    agent,
    name: whoIs(state).name,
    presence,
    reason,
    notResponding,
    link,
    capacity: { chat: all.chat, voice: all.voice },
    ...(told === null ? {} : { capacities: told }),
    ...(over === null ? {} : { over: overOf(over) }),
    queues: queuesOf(state).map(({ queue }) => ({ queue, name: queueNames[queue] ?? queue })),
    reasons: [...reasons],
    ...(declineReasons.length === 0 ? {} : { declineReasons: [...declineReasons] }),
  }
}

/** Of the media that its configuration has told; null where that are no more than the first: `capacity` says it. */
function toldOf(state: AgentState, all: Readonly<Record<Medium, number>>): Record<string, number> | null {
  const { media } = state.profile.get()
  const told = Object.entries(all).filter(([medium]) => Object.hasOwn(media, medium))
  return told.length > firstMedia.length ? Object.fromEntries(told) : null
}

function overOf({ units, weight }: Excess<Medium>): MeRow['over'] {
  const { chat, voice } = units
  const first = { ...(chat === undefined ? {} : { chat }), ...(voice === undefined ? {} : { voice }) }
  return { units: first, work: { ...units }, weight }
}

/** A claim is not shown: it rings only when it is granted. */
function itemRow(item: Item, more: number): ItemRow | null {
  const { conversation, medium, state, lease, via, card, since, until, interrupted } = item
  if (state === 'claiming' || lease === null || card === null) return null
  const { customer, waitingSince, note, left, consult, last, unread, others } = card
  const times = { waitingSince, since, until }
  const word = { ...(note === undefined ? {} : { note }), ...(left === undefined ? {} : { left }) }
  const news = state === 'wrap' || last === undefined ? {} : { last, unread: unread ?? 0 }
  const beside = state === 'ringing' && others !== undefined && others > 0 ? { others } : {}
  const rest = { ...beside, ...(consult === undefined ? {} : { consult }), ...(more === 0 ? {} : { more }) }
  const waits = interrupted === undefined ? {} : { interrupted }
  return {
    key: `item/${conversation}`,
    conversation,
    ...shownAs(medium),
    state,
    lease,
    via,
    customer,
    ...times,
    ...word,
    ...news,
    ...rest,
    ...waits,
  }
}

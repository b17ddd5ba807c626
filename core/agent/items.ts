/** The life of an item: claiming → ringing → owned → wrap. Each step that another actor must know of tells it. */
import type { Turn } from '../engine/model.ts'
import { type AgentId, address, asId, type ConversationId } from '../ids.ts'
import type { Medium } from '../protocol/media.ts'
import type { ContactCard, Declined, DeclineReason, Message, ToConversation } from '../protocol/messages.ts'
import type { SegmentOutcome } from '../protocol/segments.ts'
import { noteWrapUp } from './journal.ts'
import { forgetOvertaken } from './overtaken.ts'
import { wouldWait } from './room.ts'
import { type AgentState, type Item, mediumConfig } from './state.ts'

export type ItemTimer = 'claim' | 'ring' | 'wrap'
const timers: readonly ItemTimer[] = ['claim', 'ring', 'wrap']

/** Writes an item; of its timers only the one of its state runs. */
export function hold(state: AgentState, turn: Turn, item: Item): void {
  state.items.put(item.conversation, item)
  const mine = timerOf(item)
  for (const timer of timers) turn.deadline(`${timer}:${item.conversation}`, timer === mine ? item.until : null)
}

/** Takes an item out of hand. Who has worked stands last among the idle; whose offer was withdrawn keeps the place. */
export function drop(state: AgentState, turn: Turn, item: Item): void {
  state.items.delete(item.conversation)
  for (const timer of timers) turn.deadline(`${timer}:${item.conversation}`, null)
  if (item.state !== 'owned' && item.state !== 'wrap') return
  state.self.patch({ workedAt: turn.now })
  if (item.via !== null) state.handled.push({ via: item.via, took: Math.max(0, turn.now - item.taken) })
}

export function ring(state: AgentState, turn: Turn, item: Item, within = ringTime(state, item.medium)): void {
  forgetOvertaken(state, turn, item.conversation)
  const until = turn.now + within
  hold(state, turn, { ...item, state: 'ringing', since: turn.now, until })
}

/** For how long an offer of a medium rings here, in ms. */
export function ringTime(state: AgentState, medium: Medium): number {
  return mediumConfig(state, medium).ring ?? state.profile.get().timings.ring
}

export function own(state: AgentState, turn: Turn, item: Item): void {
  forgetOvertaken(state, turn, item.conversation)
  state.done.delete(item.conversation)
  state.self.patch({ servedAt: turn.now })
  hold(state, turn, { ...item, state: 'owned', since: turn.now, until: null })
}

/** The agent takes the offer. */
export function accept(state: AgentState, turn: Turn, item: Item, lease: number): void {
  own(state, turn, item)
  state.self.patch({ missed: 0 })
  tell(turn, item.conversation, { type: 'accepted', agent: me(turn), ...whoIs(state), lease })
}

/** Why somebody declines: a reason, and a word beside it. */
export type Said = Pick<Declined, 'reason' | 'word'>

/** Gives back what is claimed or rings. Whose offer it was stands last among the idle: others are asked first. */
export function decline(state: AgentState, turn: Turn, item: Item, why: DeclineReason, said: Said = {}): void {
  drop(state, turn, item)
  if (item.state === 'ringing') state.self.patch({ workedAt: turn.now })
  const by = item.lease !== null ? { lease: item.lease } : { res: item.res ?? '' }
  tell(turn, item.conversation, {
    type: 'declined',
    agent: me(turn),
    by,
    why,
    ...said,
  })
}

/** Gives back what is owned: its console has been away for too long. */
export function lose(state: AgentState, turn: Turn, item: Item): void {
  drop(state, turn, item)
  if (item.lease !== null) tell(turn, item.conversation, { type: 'lost', agent: me(turn), lease: item.lease })
}

/** After-work ends. */
export function unwrap(state: AgentState, turn: Turn, item: Item, outcome: SegmentOutcome): void {
  noteWrapUp(state, turn, item, outcome)
  drop(state, turn, item)
}

/** Owned work has ended: time for after-work, if the medium has any and somebody is there to do it. A consult has none. */
export function wrapUp(state: AgentState, turn: Turn, item: Item): void {
  const { wrap } = mediumConfig(state, item.medium)
  const { link, presence } = state.self.get()
  if (wrap === 0 || isConsult(item) || !link || presence === 'offline') return drop(state, turn, item)
  const { interrupted: _, ...rest } = item
  const card = item.card === null ? null : withoutNote(withoutWords(item.card))
  const wrapping: Item = { ...rest, card, state: 'wrap', since: turn.now, until: turn.now + wrap }
  hold(state, turn, wrapping)
  noteWrapUp(state, turn, wrapping, null)
}

/** What was said is no matter of after-work, and new words take the place of the old. */
export function withoutWords({ last: _, unread: __, ...card }: ContactCard): ContactCard {
  return card
}

/** A word to the next is one to whoever takes it, and no more once it was taken and is over. */
export function withoutNote({ note: _, ...card }: ContactCard): ContactCard {
  return card
}

/** The agent is asked in private, or sees along: it owns nothing. */
export const isConsult = ({ card }: Item): boolean => card?.consult !== undefined

/** By how much after-work may still be lengthened, in ms. */
export function moreFor(state: AgentState, { medium, state: is, since, until }: Item): number {
  const { wrap, wrapMore = 0 } = mediumConfig(state, medium)
  return is === 'wrap' && until !== null ? Math.max(0, since + wrap + wrapMore - until) : 0
}

/** More after-work: as much again as there is at first, as far as it goes. */
export function extend(state: AgentState, turn: Turn, item: Item): boolean {
  const more = moreFor(state, item)
  if (more === 0 || item.until === null) return false
  const { wrap } = mediumConfig(state, item.medium)
  hold(state, turn, { ...item, until: item.until + (wrap === 0 ? more : Math.min(more, wrap)) })
  return true
}

/**
 * An offer rang out. So many in a row mean that nobody is there, whatever the presence says; but not who is in work that
 * cannot wait, while this can.
 */
export function miss(state: AgentState, turn: Turn, item: Item): void {
  if (wouldWait(state, item)) return decline(state, turn, item, 'away')
  decline(state, turn, item, 'missed')
  const missed = state.self.get().missed + 1
  const limit = state.profile.get().timings.missed
  state.self.patch({ missed })
  if (limit > 0 && missed >= limit) state.self.patch({ presence: 'away', reason: null, notResponding: true })
}

export function tell(turn: Turn, conversation: ConversationId, message: ToConversation & Message): void {
  turn.send(address(turn.self.org, 'conversation', conversation), message)
}

/** The agent's name as customers shall read it, and its team if it has one. */
export function whoIs(state: AgentState): { readonly name: string; readonly team?: string } {
  const { name = '', team } = state.profile.get().config ?? {}
  return team === undefined ? { name } : { name, team }
}

export function me(turn: Turn): AgentId {
  return asId<AgentId>(turn.self.id)
}

function timerOf({ state }: Item): ItemTimer | null {
  if (state === 'claiming') return 'claim'
  if (state === 'ringing') return 'ring'
  return state === 'wrap' ? 'wrap' : null
}

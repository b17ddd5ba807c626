/** What conversations say to an agent about its items. What is old or unknown changes nothing, or is answered for. */
import type { Turn } from '../engine/model.ts'
import type { Obstacle } from '../protocol/conversation.ts'
import { isCall } from '../protocol/media.ts'
import type { Aside, Assign, Beside, End, Forget, Grant, News, Refuse } from '../protocol/messages.ts'
import { noteDone } from './done.ts'
import { accept, drop, isConsult, me, own, ring, tell, unwrap, withoutNote, withoutWords, wrapUp } from './items.ts'
import { overtaken } from './overtaken.ts'
import { ask } from './picture.ts'
import { hasRoom, isOnCall, isReady } from './room.ts'
import type { AgentState, Item } from './state.ts'

export function grant(state: AgentState, turn: Turn, { conversation, res, lease, card }: Grant): void {
  const item = state.items.get(conversation)
  if (item?.res !== res) {
    // The claim was given up meanwhile: the conversation must not wait for us.
    return tell(turn, conversation, { type: 'declined', agent: me(turn), by: { lease }, why: 'unclaimed' })
  }
  if (item.state !== 'claiming') return
  const granted = { ...item, lease, card }
  if (item.auto) own(state, turn, granted)
  else ring(state, turn, granted)
}

/** The claim was lost to another. The queue it came from learns that what it shows is gone. */
export function refused(state: AgentState, turn: Turn, { conversation, res, dead }: Refuse): void {
  const item = state.items.get(conversation)
  if (item === undefined || item.res !== res || item.state !== 'claiming') return
  drop(state, turn, item)
  if (item.pulled === true) overtaken(state, turn, { conversation, lease: null, customer: null, by: null })
  if (item.via !== null) ask(state, turn, { via: item.via, conversation, cv: dead })
}

export function end(state: AgentState, turn: Turn, { conversation, lease, why, by }: End): void {
  const item = state.items.get(conversation)
  if (item === undefined || item.lease !== lease) return
  if (why === 'taken') {
    // Who accepted a moment too late had never worked on it.
    drop(state, turn, { ...item, state: 'ringing' })
    return overtaken(state, turn, { conversation, lease, customer: item.card?.customer ?? null, by: by ?? null })
  }
  if (item.state === 'owned') {
    if (why !== 'moved' && !isConsult(item)) noteDone(state, item, turn.now)
    wrapUp(state, turn, item)
  } else if (item.state === 'ringing') drop(state, turn, item)
}

/** For how many others it rings now. */
export function beside(state: AgentState, { conversation, lease, others }: Beside): void {
  const item = state.items.get(conversation)
  if (item?.state !== 'ringing' || item.lease !== lease || item.card === null) return
  state.items.put(conversation, { ...item, card: { ...item.card, others } })
}

/** By hand. Force passes presence and capacity, but neither a second live call nor a console that is away. */
export function assign(state: AgentState, turn: Turn, message: Assign): void {
  const { conversation, lease } = message
  const reason = obstacle(state, message)
  if (reason !== null)
    return tell(turn, conversation, { type: 'declined', agent: me(turn), by: { lease }, why: 'away', reason })
  const present = state.items.get(conversation)
  if (present?.state === 'wrap') unwrap(state, turn, present, 'returned')
  else if (present !== undefined) drop(state, turn, present)
  const item = itemOf(turn, message)
  if (message.auto === true || state.profile.get().config?.autoAnswer === true) accept(state, turn, item, lease)
  else ring(state, turn, item, message.ring)
}

/** What stands in the way; first what force does not pass. */
function obstacle(state: AgentState, { conversation, medium, force }: Assign): Obstacle | null {
  const present = state.items.get(conversation)
  if (present?.state === 'ringing' || present?.state === 'owned') return 'has-it'
  if (!state.self.get().link) return 'no-console'
  if (isCall(medium) && isOnCall(state, conversation)) return 'on-call'
  if (force) return null
  if (!isReady(state)) return 'not-available'
  return hasRoom(state, medium, conversation) ? null : 'full'
}

/** A conversation that this agent laid aside, or that is so no longer. It takes no room. */
export function aside(state: AgentState, { conversation, until, card }: Aside): void {
  if (until === null) state.asides.delete(conversation)
  else state.asides.put(conversation, { conversation, until, card })
}

/** What was said there is erased: nothing here shall name it. */
export function forget(state: AgentState, { conversation }: Forget): void {
  state.mentions.delete(conversation)
  state.done.delete(conversation)
}

/** What was said meanwhile, where this agent's console does not look. It wakes nobody but the console. */
export function news(state: AgentState, { conversation, lease, last, unread, noteGone }: News): void {
  const item = state.items.get(conversation)
  if (item === undefined || item.state === 'wrap' || item.lease !== lease || item.card === null) return
  const words = last === null ? {} : { last, unread }
  const card = withoutWords(noteGone === true ? withoutNote(item.card) : item.card)
  state.items.put(conversation, { ...item, card: { ...card, ...words } })
}

function itemOf(turn: Turn, { conversation, lease, medium, stay, card }: Assign): Item {
  const times = { taken: turn.now, since: turn.now, until: null }
  return { conversation, medium, state: 'ringing', stay, via: null, res: null, auto: false, lease, card, ...times }
}

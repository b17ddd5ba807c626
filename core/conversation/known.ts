/** What a conversation knows of the configuration: what it pinned, and what it asks Book when somebody names what it does not know. */
import { isToAsk } from '../book/asking.ts'
import { isOpen } from '../calendar/hours.ts'
import type { Answer, Turn } from '../engine/model.ts'
import { address } from '../ids.ts'
import { own } from '../own.ts'
import type { Desk, Pinned, PlanAnswer } from '../protocol/book-messages.ts'
import { type Hours, Timings } from '../protocol/config.ts'
import type { Plan } from '../protocol/plan.ts'
import { defaultPolicies, type Policies } from '../protocol/policies.ts'
import { no } from './answers.ts'
import type { Fields } from './seen.ts'
import { type ConversationState, mediumOf, type Seek, type Unknown } from './state.ts'

const defaults = Timings.parse({})
/** Where Book has said nothing of these: what was pinned before there were any. */
const bareDesk: Desk = { tags: [], dispositions: {}, attributes: {} }
/** Agents that are remembered as being some. */
const AGENTS_KEPT = 20

/** The plan that a conversation begins with. */
export function plan(state: ConversationState): Plan | undefined {
  return state.known.get().pinned?.plan
}

/** A flow leads it: the one that it began with, until that is over. */
export const isLed = (state: ConversationState): boolean => state.bot.get().leading !== null

/** The plan that a search follows: the one it was sent on to, else the one it began with. */
export function planOf(pinned: Pinned | null, { plan: id }: Pick<Seek, 'plan'>): Plan | undefined {
  return (id === undefined ? undefined : own(pinned?.plans ?? {}, id)) ?? pinned?.plan
}

export function timings(state: ConversationState): Timings {
  return state.known.get().pinned?.timings ?? defaults
}

/** How long offers of its medium ring, if that is said of the medium; in ms. */
export function ringsOwn(state: ConversationState): number | undefined {
  return state.known.get().pinned?.rings?.[mediumOf(state.talk.get())]
}

export function desk(state: ConversationState): Desk {
  return state.known.get().pinned?.desk ?? bareDesk
}

/** The attributes that there are, and for whom. */
export function fieldsOf(state: ConversationState): Fields {
  const { attributes, customers = {} } = desk(state)
  return { conversation: attributes, customer: customers }
}

export function policies(state: ConversationState): Policies {
  return state.known.get().pinned?.policies ?? defaultPolicies
}

/** When the entrance is open; null: always, or it does not matter. */
export function openingHours(state: ConversationState): Hours | null {
  const { entrance } = state.known.get().pinned ?? {}
  return entrance === undefined || entrance.outsideHours === 'chat' ? null : entrance.hours
}

/** Whether the entrance takes nothing at all now: no first word, and no word that would open what is closed. */
export function isShut(state: ConversationState, now: number): boolean {
  const { entrance } = state.known.get().pinned ?? {}
  return entrance?.outsideHours === 'closed' && !isOpen(entrance.hours, now)
}

/** Its customer is there again, and has written nothing yet: they are asked what is asked by now. */
export function pinAnew(state: ConversationState, pinned: Pinned): void {
  const { pinned: before } = state.known.get()
  const isNewer = before !== null && before.version < pinned.version
  if (isNewer && state.talk.get().openedAt === null) state.known.patch({ pinned })
}

/** Asks Book for what holds now. */
export function askPlan(state: ConversationState, turn: Turn, version: number): void {
  const known = state.known.get()
  const { pinned } = known
  if (pinned === null || version <= pinned.version || !isToAsk(known, version, turn.now)) return
  state.known.patch({ asked: version, askedAt: turn.now })
  turn.send(address(turn.self.org, 'book', 'book'), { type: 'ask-plan', have: pinned.version })
}

/** What was named may be newer than what is known here: Book is asked once, and the client tries again. */
export function lookUp(
  state: ConversationState,
  turn: Turn,
  what: Unknown['what'],
  id: string,
  field: string = what,
): Answer {
  const { pinned, unknown } = state.known.get()
  const isSame = unknown?.what === what && unknown.id === id
  if (isSame && unknown.answered) {
    state.known.patch({ unknown: null })
    return no('bad_input', `there is no such ${what}`, { field })
  }
  if (!isSame) {
    state.known.patch({ unknown: { what, id, answered: false } })
    turn.send(address(turn.self.org, 'book', 'book'), { type: 'ask-plan', have: pinned?.version ?? 0 })
  }
  return no('not_ready', `looking for this ${what}`, { field, retry: true })
}

/** Null when this is an agent, as far as Book said; who it was never asked about, it is asked about now. */
export function noAgent(state: ConversationState, turn: Turn, id: string): Answer | null {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) return no('bad_input', 'there is no such agent', { field: 'agent' })
  const { pinned, agents } = state.known.get()
  // Pinned before Book could be asked about agents; its answer would come without one.
  if (pinned?.desk === undefined) return null
  const name = own(agents, id)
  if (typeof name === 'string') return null
  if (name === null) {
    // Once: it may be one tomorrow.
    const { [id]: _, ...others } = agents
    state.known.patch({ agents: others })
    return no('bad_input', 'there is no such agent', { field: 'agent' })
  }
  turn.send(address(turn.self.org, 'book', 'book'), { type: 'ask-plan', have: pinned.version, agent: id })
  return no('not_ready', 'looking for this agent', { field: 'agent', retry: true })
}

/** Book has answered about an agent. */
export function hear(state: ConversationState, { id, name }: NonNullable<PlanAnswer['agent']>): void {
  const others = Object.entries(state.known.get().agents).filter(([known]) => known !== id)
  state.known.patch({ agents: Object.fromEntries([...others, [id, name] as const].slice(-AGENTS_KEPT)) })
}

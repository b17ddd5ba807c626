/** What colleagues begin to write here, and whom their notes name. Customers never hear of either. */
import type { Answer, Turn } from '../engine/model.ts'
import { type AgentId, address, asId } from '../ids.ts'
import { own } from '../own.ts'
import type { Draft, DraftBody, Writing } from '../protocol/colleagues.ts'
import type { StaffFrom } from '../protocol/conversation.ts'
import type { Forget, Mentioned } from '../protocol/messages.ts'
import { type Action, scopeOf } from '../protocol/permissions.ts'
import type { StaffPrincipal } from '../protocol/principal.ts'
import { ok } from '../result.ts'
import { fresh } from './answers.ts'
import { noAgent } from './known.ts'
import { self } from './leases.ts'
import type { ConversationState, Talk } from './state.ts'

/** What all drafts hold together, in characters: they are read with every decision. The oldest makes room. */
const MOST_DRAFTED = 16_000
/** So many who were named, and who closed it, are remembered. */
const MOST_NAMED = 20

type Named = { readonly id: string; readonly name: string }

const keyOf = (id: string, kind: Writing) => `${id}/${kind}`

/** Keeps the newest of what somebody has begun to write. */
export function draft(
  state: ConversationState,
  turn: Turn,
  { id, name }: StaffPrincipal,
  { kind, text }: DraftBody,
): Answer {
  if (text.trim() === '') state.drafts.delete(keyOf(id, kind))
  else {
    state.drafts.put(keyOf(id, kind), { by: { id, name }, kind, text, at: turn.now })
    makeRoom(state)
  }
  return fresh(ok({}))
}

/** It was sent. */
export function forgetDraft(state: ConversationState, by: StaffFrom, kind: Writing): void {
  if (by.role === 'agent') state.drafts.delete(keyOf(by.id, kind))
}

function makeRoom({ drafts }: ConversationState): void {
  const newest = drafts.entries().sort(([, a], [, b]) => b.at - a.at)
  let room = MOST_DRAFTED
  for (const [key, { text }] of newest) {
    room -= text.length
    if (room < 0) drafts.delete(key)
  }
}

/** What everybody has begun to write, the oldest first. */
export const draftsOf = ({ drafts }: ConversationState): Draft[] => drafts.values().sort((a, b) => a.at - b.at)

/** What whoever was named in a note may do here, of whichever team it is. */
const joinIn: readonly Action[] = [
  'conversation.connect',
  'conversation.history',
  'conversation.note',
  'conversation.draft',
]

export const mayJoinIn = ({ mentioned = [] }: Talk, by: Pick<StaffPrincipal, 'id' | 'role'>, action: Action): boolean =>
  mentioned.includes(by.id) && joinIn.includes(action) && scopeOf(by.role, action) !== 'none'

/** Null when all of these are agents; who is not known yet, Book is asked about. */
export function noneOf(state: ConversationState, turn: Turn, mentions: readonly string[]): Answer | null {
  for (const id of mentions) {
    const refusal = noAgent(state, turn, id)
    if (refusal === null || refusal.result.ok) continue
    return fresh({ ok: false, error: { ...refusal.result.error, field: 'mentions' } })
  }
  return null
}

/** With the names that customers and colleagues know them by. */
export const namesOf = (state: ConversationState, mentions: readonly string[]): Named[] =>
  [...new Set(mentions)].map((id) => ({ id, name: own(state.known.get().agents, id) ?? id }))

/** The note `entry` names them: each hears of it, and may look here from now on. */
export function mention(
  state: ConversationState,
  turn: Turn,
  from: StaffFrom,
  entry: number,
  whom: readonly Named[],
): void {
  const { begun, mentioned = [], listed = [] } = state.talk.get()
  if (whom.length === 0 || from.role !== 'agent') return
  const { kept, dropped } = added(mentioned, ...whom.map(({ id }) => id))
  state.talk.patch({ mentioned: kept })
  for (const id of dropped) if (!listed.includes(id)) tell(turn, id, { type: 'forget', conversation: self(turn) })
  const told = { entry, by: from.name, customer: begun?.customer.name ?? '', at: turn.now }
  for (const { id } of whom) tell(turn, id, { type: 'mentioned', conversation: self(turn), mention: told })
}

/** It is closed in this agent's hands, whose console lists it from now on. */
export function noteListed(state: ConversationState, turn: Turn, agent: string): void {
  const { mentioned = [], listed = [] } = state.talk.get()
  const { kept, dropped } = added(listed, agent)
  state.talk.patch({ listed: kept })
  for (const id of dropped) if (!mentioned.includes(id)) tell(turn, id, { type: 'forget', conversation: self(turn) })
}

/** Nothing of it is left here, nor with those whose consoles list it. */
export function forgetColleagues(state: ConversationState, turn: Turn): void {
  for (const key of state.drafts.keys()) state.drafts.delete(key)
  const { mentioned = [], listed = [] } = state.talk.get()
  for (const id of new Set([...mentioned, ...listed])) tell(turn, id, { type: 'forget', conversation: self(turn) })
}

/** The newest of them, each once; and those for whom there is no room any more. */
function added(before: readonly string[], ...ids: readonly string[]) {
  const all = [...before.filter((id) => !ids.includes(id)), ...ids]
  return { kept: all.slice(-MOST_NAMED), dropped: all.slice(0, -MOST_NAMED) }
}

function tell(turn: Turn, agent: string, message: Mentioned | Forget): void {
  turn.send(address(turn.self.org, 'agent', asId<AgentId>(agent)), message)
}

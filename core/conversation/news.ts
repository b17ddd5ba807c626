/**
 * What was said last, for a console that does not look: on the card when it rings, and for the owner whose console has no
 * socket here. Whoever has one is told nothing twice, and pays nothing.
 */
import type { Turn } from '../engine/model.ts'
import { type AgentId, address, asId } from '../ids.ts'
import type { LastWord } from '../protocol/agent.ts'
import type { Entry } from '../streams/log.ts'
import { self } from './leases.ts'
import { isLookedAtBy } from './seen.ts'
import { type ConversationState, type Lease, rungOf, type Said } from './state.ts'

/** How often an owner is told, in ms. */
const EVERY = 3_000
const LONGEST = 120
/** How far back words are looked for: more than are counted as unread. */
const LOOKED_AT = 120
const MOST_UNREAD = 99

export interface News {
  readonly last: LastWord | null
  readonly unread: number
}

/** The last word and how many the owner has not read, those of this turn included. */
export function newsOf({ log, marks }: ConversationState): News {
  const { read } = marks.get().staff
  const gone = removedNow(log)
  const entries = [...log.publicBefore(Number.MAX_SAFE_INTEGER, LOOKED_AT), ...log.fresh]
  const words = entries.filter(({ seq }) => !gone.includes(seq)).flatMap(wordOf)
  const unread = words.filter(({ pub, last }) => last.from === 'customer' && pub > read).length
  return { last: words.at(-1)?.last ?? null, unread: Math.min(unread, MOST_UNREAD) }
}

function wordOf({ pub, body: { at, from, body } }: Entry<Said>): { pub: number; last: LastWord }[] {
  if (pub === null || from.role === 'system') return []
  if (body.type !== 'message' && body.type !== 'file') return []
  const text = body.type === 'file' ? body.name : body.text
  return [{ pub, last: { from: from.role, text: [...text].slice(0, LONGEST).join(''), at } }]
}

/** Entries whose words this turn has taken away; what is stored still has them. */
const removedNow = ({ fresh }: ConversationState['log']): number[] =>
  fresh.flatMap(({ body: { body } }) => (body.type === 'removal' ? [body.entry] : []))

/** After every event: tells the owner's actor what it was not told yet, at most once in {@link EVERY} ms. */
export function syncNews(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  const { owner, consult, told } = talk
  // What was taken away must not stay with anybody who was told of it.
  if (removedNow(state.log).length > 0)
    for (const lease of [owner, consult, ...rungOf(talk)]) if (lease !== null) tell(state, turn, lease)
  const known = told !== null && told.lease === owner?.lease ? told : null
  const isNew = owner !== null && known?.mark !== markOf(state)
  // Sockets are looked through last: most turns need not.
  if (!isNew || isLookedAtBy(turn, owner.agent)) return turn.deadline('news', null)
  const due = known === null ? turn.now : known.at + EVERY
  if (due > turn.now) return turn.deadline('news', due)
  turn.deadline('news', null)
  noteTold(state, turn, owner.lease)
  tell(state, turn, owner)
}

function tell(state: ConversationState, turn: Turn, { agent, lease }: Pick<Lease, 'agent' | 'lease'>): void {
  const to = address(turn.self.org, 'agent', asId<AgentId>(agent))
  const noteGone = removedNow(state.log).some((seq) => isHandover(state.log.at(seq)?.body.body.type))
  turn.send(to, {
    type: 'news',
    conversation: self(turn),
    lease,
    ...newsOf(state),
    ...(noteGone ? { noteGone } : {}),
  })
}

/** Whether its words stand on the card of whoever it was handed to. What this turn takes away is stored as it was. */
const isHandover = (type: Said['body']['type'] | undefined) => type === 'transferred' || type === 'consulting'

/** Whoever has this lease was told all there is. */
export function noteTold(state: ConversationState, turn: Turn, lease: number): void {
  state.talk.patch({ told: { lease, mark: markOf(state), at: turn.now } })
}

/** Whether whoever has this lease was told all there is. */
export function knowsAll(state: ConversationState, lease: number): boolean {
  const { told } = state.talk.get()
  return told?.lease === lease && told.mark === markOf(state)
}

/** What makes news new: an entry that both sides read, or that the owner has read on. */
const markOf = ({ log, marks }: ConversationState): string => `${log.publicHead} ${marks.get().staff.read}`

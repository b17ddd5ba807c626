/** What staff note about a conversation as a whole: tags, disposition, attributes; and what its customer thinks of it. */
import { suits } from '../attribute.ts'
import type { Answer, Turn } from '../engine/model.ts'
import { own } from '../own.ts'
import type { AttributeValue, StaffFrom } from '../protocol/conversation.ts'
import type { StaffPrincipal } from '../protocol/principal.ts'
import { done, no } from './answers.ts'
import { record } from './entries.ts'
import { desk, lookUp, policies } from './known.ts'
import { maySee } from './seen.ts'
import type { ConversationState } from './state.ts'

const MOST_TAGS = 30
/** All attributes together, in characters of JSON: what a turn reads stays small. */
export const MOST_ATTRIBUTES = 8_000

/** Adds and takes away tags. New ones are the configuration's; what is there already, or not, changes nothing. */
export function tag(
  state: ConversationState,
  turn: Turn,
  from: StaffFrom,
  wanted: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Answer {
  const { tags } = state.about.get()
  const add = [...new Set(wanted.add)].filter((id) => !tags.includes(id))
  const remove = tags.filter((id) => wanted.remove.includes(id) && !wanted.add.includes(id))
  for (const id of add) if (!desk(state).tags.includes(id)) return lookUp(state, turn, 'tag', id, 'add')
  const after = [...tags.filter((id) => !remove.includes(id)), ...add]
  if (after.length > MOST_TAGS) return no('bad_input', `at most ${MOST_TAGS} tags`, { field: 'add' })
  if (add.length + remove.length === 0) return done()
  state.about.patch({ tags: after })
  record(state, turn, { type: 'tagged', add, remove }, from)
  return done()
}

/** Null when this disposition may be chosen here; else why not. */
export function noDisposition(state: ConversationState, turn: Turn, id: string): Answer | null {
  const found = own(desk(state).dispositions, id)
  if (found === undefined) return lookUp(state, turn, 'disposition', id)
  const { queue } = state.talk.get()
  const { noted, attributes } = state.about.get()
  if (found.queues !== undefined && (queue === null || !found.queues.includes(queue)))
    return no('bad_input', 'this disposition is not for this queue', { field: 'disposition' })
  if (found.noteRequired && !noted)
    return no('bad_input', 'this disposition wants a note first', { field: 'disposition' })
  const missing = found.requires.find((attribute) => own(attributes, attribute) === undefined)
  if (missing !== undefined)
    return no('bad_input', `this disposition wants the attribute ${missing} first`, { field: 'disposition' })
  return null
}

/** Sets the disposition, or takes it back. */
export function dispose(state: ConversationState, turn: Turn, from: StaffFrom, disposition: string | null): Answer {
  if (disposition === state.about.get().disposition) return done()
  const refusal = disposition === null ? null : noDisposition(state, turn, disposition)
  if (refusal !== null) return refusal
  state.about.patch({ disposition })
  record(state, turn, { type: 'disposed', disposition }, from)
  return done()
}

/** Whether the queue it was served in closes nothing without a disposition. */
export function wantsDisposition(state: ConversationState): boolean {
  const { queue } = state.talk.get()
  return queue !== null && (state.known.get().pinned?.dispositionRequired ?? []).includes(queue)
}

/** Sets attributes of the configuration, as far as the role sees them; null empties one. */
export function describe(
  state: ConversationState,
  turn: Turn,
  by: StaffPrincipal,
  from: StaffFrom,
  wanted: Readonly<Record<string, AttributeValue | null>>,
): Answer {
  const before = state.about.get().attributes
  for (const [id, value] of Object.entries(wanted)) {
    const attribute = own(desk(state).attributes, id)
    const field = `attributes.${id}`
    if (attribute === undefined) return lookUp(state, turn, 'attribute', id, field)
    if (!maySee(desk(state).attributes, id, by.role))
      return no('forbidden', 'this attribute is not for your role', { field })
    if (value !== null && !suits(attribute, value))
      return no('bad_input', `is no ${attribute.type === 'list' ? 'value of the list' : attribute.type}`, { field })
  }
  const changed = Object.fromEntries(
    Object.entries(wanted).filter(([id, value]) => (own(before, id) ?? null) !== value),
  )
  if (Object.keys(changed).length === 0) return done()
  const after: Record<string, AttributeValue> = {}
  for (const [id, value] of Object.entries({ ...before, ...changed })) if (value !== null) after[id] = value
  if (JSON.stringify(after).length > MOST_ATTRIBUTES)
    return no('bad_input', 'the attributes are too long together', { field: 'attributes' })
  state.about.patch({ attributes: after })
  record(state, turn, { type: 'described', attributes: changed }, from)
  return done()
}

/** Until when the customer may say what it was like, in ms; null: not at all. */
export function rateUntil(state: ConversationState): number | null {
  const { closed, openedAt, merge, next } = state.talk.get()
  const { on, within } = policies(state).csat
  const isOver = closed !== null && openedAt !== null
  return on && isOver && merge === null && next === null ? closed.at + within : null
}

/** What the customer thinks of a conversation that is over. Within the time for it a later word replaces the first. */
export function rate(
  state: ConversationState,
  turn: Turn,
  from: StaffFrom,
  { rating, comment }: { readonly rating: number; readonly comment: string },
): Answer {
  const until = rateUntil(state)
  if (until === null) return no('conflict', 'this conversation is not to be rated now')
  if (until < turn.now) return no('closed', 'the time for rating is over')
  const before = state.about.get().rating
  if (before?.rating === rating && before.comment === comment) return done()
  state.about.patch({ rating: { rating, comment, at: turn.now } })
  record(state, turn, { type: 'rated', rating, comment }, from)
  return done()
}

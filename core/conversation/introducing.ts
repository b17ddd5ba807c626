/** What a customer is asked before the first word, and what becomes of the answers. */
import type { Answer, Turn } from '../engine/model.ts'
import type { Details, StaffFrom } from '../protocol/conversation.ts'
import type { AskedField } from '../protocol/widget.ts'
import { detailsOf, ofConversation, ofCustomer, type Unfit, unfit } from '../widget/pre-chat.ts'
import { done, no } from './answers.ts'
import { record } from './entries.ts'
import type { ConversationState } from './state.ts'

/** All answers together, in characters of JSON: what a turn reads stays small. */
const MOST = 8_000

/** What is still to be asked: what nobody has said yet, as long as nothing was written. */
export function asked(state: ConversationState): readonly AskedField[] {
  const { begun, openedAt, closed } = state.talk.get()
  if (begun === null || openedAt !== null || closed !== null) return []
  const { introduced } = state.about.get()
  // An answer was given to all of them at once: what was left empty is not asked for again.
  if (introduced !== undefined) return []
  const known = detailsOf(begun.customer)
  const fields = state.known.get().pinned?.asked ?? []
  return fields.filter(({ field }) => !Object.hasOwn(known, field))
}

/** Takes all answers or none. They are told to staff and to the record with the first word. */
export function introduce(state: ConversationState, turn: Turn, fields: Details): Answer {
  const { begun } = state.talk.get()
  if (begun === null) return no('not_ready', 'this conversation is being set up', { retry: true })
  const wanted = asked(state)
  const strange = Object.keys(fields).find((field) => !wanted.some((one) => one.field === field))
  if (strange !== undefined) return no('bad_input', 'is not asked for', { field: `fields.${strange}` })
  for (const one of wanted) {
    const given = Object.hasOwn(fields, one.field) ? fields[one.field] : undefined
    const why = unfit(one, given)
    if (why !== null) return no('bad_input', sentences[why], { field: `fields.${one.field}` })
  }
  if (JSON.stringify(fields).length > MOST) return no('bad_input', 'are too long together', { field: 'fields' })
  const { customer } = begun
  const { name } = fields
  const details = { ...customer.details, ...ofCustomer(fields) }
  const called = typeof name === 'string' ? name : customer.name
  state.talk.patch({ begun: { ...begun, customer: { ...customer, name: called, details } } })
  state.about.patch({
    introduced: { at: turn.now, fields },
    attributes: { ...state.about.get().attributes, ...ofConversation(fields) },
  })
  return done()
}

/** A required field that nobody has answered: until then no first word is taken. `given`: what comes with the word itself. */
export function unanswered(state: ConversationState, given: Details = {}): Answer | null {
  const first = asked(state).find(({ field, required }) => required && !Object.hasOwn(given, field))
  return first === undefined
    ? null
    : no('bad_input', 'has to be answered before the first word, by introduce', { field: `fields.${first.field}` })
}

/** With the first word: before it nobody is sought, and nothing is recorded. */
export function recordIntroduction(state: ConversationState, turn: Turn, from: StaffFrom): void {
  const { introduced } = state.about.get()
  if (introduced === undefined || Object.keys(introduced.fields).length === 0) return
  record(state, turn, { type: 'introduced', fields: introduced.fields }, from)
}

const sentences: Record<Unfit, string> = {
  required: 'has to be answered',
  name: 'is no name',
  email: 'is no e-mail address',
  phone: 'is no phone number',
  text: 'is no text',
  number: 'is no number',
  boolean: 'is neither yes nor no',
  date: 'is no day',
  list: 'is no value of the list',
}

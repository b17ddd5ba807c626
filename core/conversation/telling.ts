/**
 * What the page around the chat says of its user: attributes of the customer that the organisation has. Anybody can write into a
 * page, so it counts as the customer's own word, and the shop's signed one goes before it.
 */
import { suits } from '../attribute.ts'
import type { Answer, Turn } from '../engine/model.ts'
import { own } from '../own.ts'
import type { AttributeValue, Details, StaffFrom } from '../protocol/conversation.ts'
import { done, no } from './answers.ts'
import { record } from './entries.ts'
import { desk } from './known.ts'
import type { ConversationState } from './state.ts'

/** All that is known of a customer, in characters of JSON: what a turn reads stays small. */
const MOST = 8_000

/** Takes all of them or none. Staff and the record hear of them with the first word, and from then on at once. */
export function setAttributes(
  state: ConversationState,
  turn: Turn,
  from: StaffFrom,
  attributes: Readonly<Record<string, AttributeValue>>,
): Answer {
  const { begun, openedAt } = state.talk.get()
  if (begun === null) return no('not_ready', 'this conversation is being set up', { retry: true })
  const { customer } = begun
  const before = customer.details ?? {}
  const fields: Record<string, AttributeValue> = {}
  for (const [id, value] of Object.entries(attributes)) {
    const attribute = own(desk(state).customers ?? {}, id)
    const field = `attributes.${id}`
    if (attribute === undefined || !('type' in attribute))
      return no('bad_input', 'is no attribute of customers here', { field })
    if (!suits(attribute, value))
      return no('bad_input', `is no ${attribute.type === 'list' ? 'value of the list' : attribute.type}`, { field })
    const isShops = own(customer.attributes ?? {}, id) !== undefined
    if (!isShops && own(before, `customer.${id}`) !== value) fields[`customer.${id}`] = value
  }
  if (Object.keys(fields).length === 0) return done()
  const details: Details = { ...before, ...fields }
  if (JSON.stringify(details).length > MOST) return no('bad_input', 'are too long together', { field: 'attributes' })
  state.talk.patch({ begun: { ...begun, customer: { ...customer, details } } })
  const told = Object.entries(fields).map(([field, value]) => [field, { value, at: turn.now }] as const)
  state.about.patch({ told: { ...state.about.get().told, ...Object.fromEntries(told) } })
  if (openedAt !== null) record(state, turn, { type: 'introduced', fields, page: true }, from)
  return done()
}

/** With the first word: before it nothing is recorded. */
export function recordTold(state: ConversationState, turn: Turn, from: StaffFrom): void {
  const told = Object.entries(state.about.get().told ?? {})
  const fields = Object.fromEntries(told.map(([field, { value }]) => [field, value]))
  if (told.length > 0) record(state, turn, { type: 'introduced', fields, page: true }, from)
}

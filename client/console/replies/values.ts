/** What the places of a canned reply are filled in with, in one conversation. */
import type { AttributeValue, StaffView } from '../../../core/protocol/conversation.ts'
import { type Place, placesIn, variables } from '../../../core/text/variables.ts'
import { words } from '../../i18n/console.ts'
import { account } from '../account.ts'
import { queueName, type StaffTalk } from '../work.ts'

/** What somebody is called who has told no name. */
const NAMELESS = 'Visitor'

export function valuesFor({ conversation }: StaffTalk, view: StaffView): Readonly<Record<string, string>> {
  const { customer, contact, owner, queue, attributes } = view
  const name = contact?.name ?? customer.name
  const { email, phone, ...details } = customer.details
  return {
    'organisation.name': account.value?.organisation.name ?? '',
    // As the customer knows who writes.
    'agent.name': owner?.name ?? account.value?.staff.name ?? '',
    'customer.name': name === NAMELESS ? '' : name,
    'customer.email': contact?.email ?? said(email ?? ''),
    'customer.phone': said(phone ?? ''),
    'conversation.id': conversation,
    'queue.name': queue === null ? '' : queueName(queue),
    // `customer.level` is the place's name already.
    ...Object.fromEntries(Object.entries(details).map(([field, value]) => [field, said(value)])),
    ...Object.fromEntries(Object.entries(attributes).map(([id, value]) => [`conversation.${id}`, said(value)])),
  }
}

function said(value: AttributeValue): string {
  const { yes, no } = words.value.event
  return typeof value === 'boolean' ? (value ? yes : no) : String(value)
}

const known: readonly string[] = variables

/** The places of a draft that still wait for a value; what only looks like one may be sent. */
export const openPlaces = (text: string): Place[] =>
  placesIn(text).filter(({ name }) => known.includes(name) || /^(?:customer|conversation)\.[a-z0-9-]{1,63}$/.test(name))

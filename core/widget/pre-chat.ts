/** What a chat asks before the first word: which fields, whether an answer may stand in one, and what it says of a customer. */
import { isDate } from '../attribute.ts'
import { own } from '../own.ts'
import type { Standing } from '../protocol/actors.ts'
import type { Config } from '../protocol/config.ts'
import type { AttributeValue, Details } from '../protocol/conversation.ts'
import type { AskedField } from '../protocol/widget.ts'

/** What somebody is called who has said no name. */
export const STRANGER = 'Visitor'

/** The fields that the organisation asks for, as customers are asked. */
export function askedOf({ widget, attributes }: Pick<Config, 'widget' | 'attributes'>): AskedField[] {
  return widget.preChat.flatMap(({ field, required, label }): AskedField[] => {
    if (field === 'name' || field === 'email' || field === 'phone') return [{ field, kind: field, required, label }]
    const [about, key = ''] = field.split('.')
    const attribute = own(about === 'customer' ? attributes.customer : attributes.conversation, key)
    if (attribute === undefined) return []
    const { name, type: kind } = attribute
    return [{ field, kind, required, label, name, ...(attribute.type === 'list' ? { values: attribute.values } : {}) }]
  })
}

/** Why a value may not stand in a field. */
export type Unfit = 'required' | AskedField['kind']

/** Null when it may; `undefined` is no answer. */
export function unfit({ kind, required, values = [] }: AskedField, value: AttributeValue | undefined): Unfit | null {
  if (value === undefined) return required ? 'required' : null
  if (required && value === false) return 'required'
  return fits[kind](value, values) ? null : kind
}

const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i
const PHONE = /^\+?[0-9][0-9 ()./-]{2,38}$/
const isText = (value: AttributeValue): value is string => typeof value === 'string'
const fits: Record<AskedField['kind'], (value: AttributeValue, values: readonly string[]) => boolean> = {
  name: (value) => isText(value) && value.length <= 200,
  email: (value) => isText(value) && value.length <= 200 && value.indexOf('@') <= 64 && EMAIL.test(value),
  phone: (value) => isText(value) && PHONE.test(value),
  text: isText,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  date: (value) => isText(value) && isDate(value),
  list: (value, values) => isText(value) && values.includes(value),
}

/** What is said of the customer, and not of the conversation. */
export const ofCustomer = (fields: Details): Details =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => !field.startsWith('conversation.')))

/** What is said of the conversation, by its attributes. */
export const ofConversation = (fields: Details): Details => withoutPrefix(fields, 'conversation.')

interface Person extends Standing {
  readonly name: string
  readonly verified: boolean
  readonly details?: Details
}

/** All that is known of a customer, by the names of the fields. The shop's word goes before the customer's own. */
export function detailsOf({ name, verified, details = {}, attributes = {} }: Person): Details {
  const byShop = Object.entries(attributes).map(([key, value]) => [`customer.${key}`, value] as const)
  return { ...details, ...Object.fromEntries(byShop), ...(verified ? { name } : {}) }
}

/** Texts that are longer are no value of an order's. */
const LONGEST = 80

/** What the order of queues and preferred agents go by: the shop's facts, and what customers said. */
export function factsOf({ details = {}, attributes = {} }: Pick<Person, 'details' | 'attributes'>): Facts {
  const said = Object.entries(withoutPrefix(details, 'customer.')).flatMap(([key, value]) => {
    const fact = typeof value === 'boolean' ? String(value) : value
    return typeof fact === 'string' && fact.length > LONGEST ? [] : [[key, fact] as const]
  })
  return { ...Object.fromEntries(said), ...attributes }
}
type Facts = NonNullable<Standing['attributes']>

function withoutPrefix(fields: Details, prefix: string): Details {
  const found = Object.entries(fields).filter(([field]) => field.startsWith(prefix))
  return Object.fromEntries(found.map(([field, value]) => [field.slice(prefix.length), value]))
}

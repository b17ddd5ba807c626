/** Places in a text that are filled in when it is used: `{{customer.name}}`. */

const place = /\{\{\s*([^{}]*?)\s*\}\}/g

/** What a canned reply may name, beside the attributes: `{{customer.company}}`, `{{conversation.order}}`. */
export const variables = [
  'organisation.name',
  'agent.name',
  'customer.name',
  'customer.email',
  'customer.phone',
  'conversation.id',
  'queue.name',
] as const

/** The names that a text asks for, in their order, as they stand there. */
export const variablesIn = (text: string): string[] => [...text.matchAll(place)].map(([, name = '']) => name)

/** The text with its places filled in; what has no value, or an empty one, stays as it is for the writer to see. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(place, (whole, name: string) => (Object.hasOwn(values, name) && values[name]) || whole)
}

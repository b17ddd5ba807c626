/** Places in a text that are filled in when it is used: `{{customer.name}}`. */

const place = /\{\{([^{}]*)\}\}/g

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

/** A place and where it stands in the text, in UTF-16 units. */
export interface Place {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** The places of a text, in their order. */
export const placesIn = (text: string): Place[] =>
  [...text.matchAll(place)].map(({ 0: whole, 1: name = '', index }) => ({
    name: name.trim(),
    from: index,
    to: index + whole.length,
  }))

/** The names that a text asks for, in their order, as they stand there. */
export const variablesIn = (text: string): string[] => placesIn(text).map(({ name }) => name)

/** The text with its places filled in; what has no value, or an empty one, stays as it is for the writer to see. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(place, (whole, inside: string) => {
    const name = inside.trim()
    return (Object.hasOwn(values, name) && values[name]) || whole
  })
}

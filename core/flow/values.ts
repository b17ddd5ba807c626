/** What a flow reads and says: values by their names, tests of them, texts in the right language with their places filled in. */
import { own } from '../own.ts'
import type { AttributeValue } from '../protocol/conversation.ts'
import type { Flow, FlowTest, FlowText } from '../protocol/flow.ts'
import { placesIn } from '../text/variables.ts'
import type { FlowState, World } from './program.ts'

/** What holds when something is said or tested. */
export interface Context {
  readonly flow: Pick<Flow, 'language'>
  readonly state: Pick<FlowState, 'noted' | 'language'>
  readonly world: World
}

export const languageIn = ({ flow, state }: Context): string => state.language ?? flow.language

/** Of what is said with everything filled in the beginning counts, in characters. */
const LONGEST = 4_000

/** Undefined: nothing is known. */
export function valueNamed(context: Context, name: string): AttributeValue | undefined {
  const { state, world } = context
  if (name === 'channel') return world.channel
  if (name === 'language') return languageIn(context)
  if (name === 'queue.place') return world.place
  if (name === 'queue.wait') return world.wait
  return own(name.startsWith('flow.') ? state.noted : world.values, name)
}

/** What is said: in the language that was chosen, else in the flow's own; what nothing is known of is left out. */
export function textIn(context: Context, text: FlowText): string {
  const words = inLanguage(text, [languageIn(context), context.flow.language])
  let said = ''
  let from = 0
  for (const place of placesIn(words)) {
    said += words.slice(from, place.from) + String(valueNamed(context, place.name) ?? '')
    from = place.to
  }
  return (said + words.slice(from))
    .replaceAll(/ ([,.!?])/g, '$1')
    .trim()
    .slice(0, LONGEST)
}

/** A text in the first of these languages that it has; de-AT finds de. */
export function inLanguage(text: FlowText, languages: readonly string[]): string {
  if (typeof text === 'string') return text
  const wanted = languages.flatMap((language) => [language, language.split('-')[0] ?? language])
  const found = wanted.map((language) => own(text, language)).find((words) => words !== undefined)
  return found ?? Object.values(text)[0] ?? ''
}

/** In every language in which it is said. */
export const everyLanguage = (text: FlowText): readonly string[] =>
  typeof text === 'string' ? [text] : Object.values(text)

export function holds(context: Context, test: FlowTest): boolean {
  const value = valueNamed(context, test.value)
  switch (test.is) {
    case 'known':
      return value !== undefined
    case 'unknown':
      return value === undefined
    case 'equal':
      return value === test.to
    case 'not-equal':
      return value !== undefined && value !== test.to
    case 'one-of':
      return value !== undefined && test.to.includes(value)
    case 'at-least':
      return typeof value === 'number' && value >= test.to
    case 'at-most':
      return typeof value === 'number' && value <= test.to
  }
}

/** What stands at a path of an answer in JSON, if it is a value that an attribute can hold. */
export function valueAt(answer: unknown, path: string): AttributeValue | undefined {
  let here = answer
  for (const part of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined
    here = Reflect.get(here, part)
  }
  if (typeof here === 'string') return here.trim() === '' ? undefined : here.trim().slice(0, 500)
  return typeof here === 'boolean' || (typeof here === 'number' && Number.isFinite(here)) ? here : undefined
}

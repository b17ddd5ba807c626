/**
 * Reads values by schemas that were printed as JSON Schema when the client was built, as the schemas themselves would: what is
 * not in the print is left out, what is absent gets its default, and one thing that does not fit fails the whole.
 */
import type { Schema } from './schema.ts'

/** As much of JSON Schema as our schemas are printed in; the build refuses the rest. */
export interface Print {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Print>>
  readonly required?: readonly string[]
  /** Of a record: what its keys and its values are. */
  readonly propertyNames?: Print
  readonly additionalProperties?: Print
  readonly items?: Print
  readonly anyOf?: readonly Print[]
  readonly oneOf?: readonly Print[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly default?: unknown
}

/** Stands for what does not fit: no value of JSON is undefined. */
const misfit = undefined

export function printed<T>(print: Print): Schema<T> {
  // What a print takes is what its schema takes: that is what makes it a T.
  const fits = (data: unknown): data is T => data !== misfit
  return {
    safeParse(value) {
      const data = read(print, value)
      return fits(data) ? { success: true, data } : { success: false }
    },
  }
}

function read(print: Print, value: unknown): unknown {
  const { anyOf, oneOf, type } = print
  const kinds = anyOf ?? oneOf
  if (kinds) return firstOf(kinds, value)
  if ('const' in print && value !== print.const) return misfit
  if (print.enum && !print.enum.includes(value)) return misfit
  if (type !== undefined && ![type].flat().some((one) => isType(one, value))) return misfit
  if (typeof value === 'number' && !isWithin(print, value)) return misfit
  if (typeof value === 'string' && !isText(print, value)) return misfit
  if (Array.isArray(value)) return print.items ? readAll(print.items, value) : value
  if (!isObject(value)) return value
  if (print.additionalProperties) return readRecord(print, print.additionalProperties, value)
  return print.properties ? readFields(print, print.properties, value) : value
}

function firstOf(kinds: readonly Print[], value: unknown): unknown {
  for (const kind of kinds) {
    const found = read(kind, value)
    if (found !== misfit) return found
  }
  return misfit
}

function readAll(print: Print, values: readonly unknown[]): unknown {
  const found = values.map((value) => read(print, value))
  return found.includes(misfit) ? misfit : found
}

function readFields(print: Print, fields: Readonly<Record<string, Print>>, value: object): unknown {
  const found: Record<string, unknown> = {}
  const given = new Map(Object.entries(value))
  for (const [name, field] of Object.entries(fields)) {
    const one = given.get(name) ?? (given.has(name) ? null : field.default)
    if (one === undefined) {
      if (print.required?.includes(name)) return misfit
      continue
    }
    found[name] = read(field, one)
    if (found[name] === misfit) return misfit
  }
  return found
}

function readRecord({ propertyNames = {} }: Print, values: Print, value: object): unknown {
  const given = Object.entries(value).filter(([name]) => name !== '__proto__')
  const found = given.map(
    ([name, one]) => [read(propertyNames, name) === misfit ? misfit : name, read(values, one)] as const,
  )
  return found.flat().includes(misfit) ? misfit : Object.fromEntries(found)
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isType(type: string, value: unknown): boolean {
  if (type === 'integer') return Number.isSafeInteger(value)
  if (type === 'number') return Number.isFinite(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  return type === 'null' ? value === null : typeof value === type
}

const isWithin = ({ minimum, maximum, exclusiveMinimum }: Print, value: number): boolean =>
  value >= (minimum ?? value) && value <= (maximum ?? value) && value > (exclusiveMinimum ?? Number.NEGATIVE_INFINITY)

const isText = ({ minLength = 0, maxLength, pattern }: Print, value: string): boolean =>
  value.length >= minLength &&
  value.length <= (maxLength ?? value.length) &&
  (pattern === undefined || new RegExp(pattern).test(value))

/** Inputs made from JSON schemas: such as fit, and such as are broken in one known place. */
import type { Schema } from '@cfworker/json-schema'
import fc from 'fast-check'
import { type Reference, validatorOf } from '../support/reference.ts'

type Json = unknown
type JsonObject = Record<string, Json>

/** What inputs are made from: the reference, and words that mean something where they are sent. */
export interface Source {
  readonly document: Reference
  readonly words: readonly string[]
}

/** Looks a reference up, and merges a schema of several parts into one. */
function resolve(document: Reference, schema: Schema): Schema {
  if (schema.$ref !== undefined) {
    const found = document.components.schemas[schema.$ref.split('/').at(-1) ?? '']
    if (found === undefined) throw new Error(`${schema.$ref} points nowhere`)
    return resolve(document, found)
  }
  return schema
}

/** The schema of a list's items; none here is a list of schemas. */
const itemsOf = ({ items }: Schema): Schema => (typeof items === 'object' && !Array.isArray(items) ? items : {})

/** Values that fit, with now and then one that is as long as may be. */
export function fitting(source: Source, given: Schema): fc.Arbitrary<Json> {
  const schema = resolve(source.document, given)
  const variants = schema.anyOf ?? schema.oneOf
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (variants !== undefined) return fc.oneof(...variants.map((one) => fitting(source, one)))
  if (schema.allOf !== undefined && schema.type === undefined) {
    const parts = fc.tuple(...schema.allOf.map((one) => fitting(source, one)))
    return parts.map((found) => Object.assign({}, ...found))
  }
  switch (schema.type) {
    case 'string':
      return textFor(schema, source.words)
    case 'integer':
      return fc.integer({
        min: schema.minimum ?? (schema.exclusiveMinimum === 0 ? 1 : -5),
        max: schema.maximum ?? 100_000,
      })
    case 'number':
      return fc.double({
        ...(schema.minimum === undefined ? {} : { min: schema.minimum }),
        ...(schema.maximum === undefined ? {} : { max: schema.maximum }),
        noNaN: true,
        noDefaultInfinity: true,
      })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(fitting(source, itemsOf(schema)), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      })
    case 'object':
      return objectFor(source, schema)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

const patternsOf = (schema: Schema): RegExp[] =>
  [schema.pattern, ...(schema.allOf ?? []).map(({ pattern }) => pattern)].flatMap((pattern) =>
    pattern === undefined ? [] : [new RegExp(pattern)],
  )

function textFor(schema: Schema, words: readonly string[]): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 40 } = schema
  const [first, ...rest] = patternsOf(schema)
  const known = words.filter((word) => word.length >= minLength && word.length <= maxLength)
  if (first === undefined) {
    const bounds = { minLength, maxLength: Math.min(maxLength, 40) }
    // Half of a pair and control characters are what databases and logs trip over.
    const odd = fc.array(fc.constantFrom('\ud800', '\u0000', '\u2028', '\ufeff', "'", '%', '\\'), bounds)
    const some = fc.oneof(
      fc.string({ unit: 'grapheme', ...bounds }),
      fc.string({ unit: 'binary', ...bounds }),
      odd.map((parts) => parts.join('')),
    )
    const short = some.filter((text) => text.length >= minLength && text.length <= maxLength)
    return fc.oneof(
      { weight: 5, arbitrary: short },
      { weight: 1, arbitrary: fc.constant('ü'.repeat(maxLength)) },
      { weight: known.length > 0 ? 5 : 0, arbitrary: fc.constantFrom(...(known.length > 0 ? known : [''])) },
    )
  }
  const likely = first.source.includes('@') ? fc.emailAddress({ size: 'small' }) : fc.stringMatching(first)
  const names = fc.constantFrom('constructor', 'toString', ...words)
  return fc
    .oneof({ weight: 4, arbitrary: likely }, { weight: 1, arbitrary: names })
    .filter((text) => [first, ...rest].every((pattern) => pattern.test(text)) && text.length <= maxLength)
}

function objectFor(source: Source, schema: Schema): fc.Arbitrary<Json> {
  if (schema.properties === undefined && typeof schema.additionalProperties === 'object') {
    const keys = fitting(source, { type: 'string', ...schema.propertyNames })
    const values = fitting(source, schema.additionalProperties)
    // The validator cannot point at a key that holds half of a pair; values still do.
    const named = keys.map((key) => String(key).toWellFormed())
    return fc.array(fc.tuple(named, values), { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs))
  }
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]): [string, fc.Arbitrary<Json>] => [
    name,
    fitting(source, typeof field === 'boolean' ? {} : field),
  ])
  return fc.record<JsonObject>(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] })
}

/** A value with one thing wrong, and the path of what is wrong. */
export interface Broken {
  readonly value: Json
  readonly path: string
}

/** Values that fit but for one place. */
export function broken(source: Source, schema: Schema): fc.Arbitrary<Broken> {
  const validator = validatorOf(source.document, schema)
  return fitting(source, schema)
    .chain((value) => {
      const all = breaksOf(source, schema, value, [])
      return all.length === 0 ? fc.constant(undefined) : fc.constantFrom(...all).map((one) => apply(value, one))
    })
    .filter((found): found is Broken => found !== undefined && !validator.validate(found.value).valid)
}

interface Break {
  readonly path: readonly string[]
  /** Absent: the field is left out. */
  readonly instead?: Json
}

/** Everything that can be wrong with a value that fits. */
function breaksOf(source: Source, given: Schema, value: Json, path: readonly string[]): Break[] {
  const schema = resolve(source.document, given)
  const variants = schema.anyOf ?? schema.oneOf
  if (variants !== undefined) {
    const own = variants.find((one) => validatorOf(source.document, one).validate(value).valid)
    return own === undefined ? [] : breaksOf(source, own, value, path)
  }
  if (schema.allOf !== undefined && schema.type === undefined) {
    return schema.allOf.flatMap((one) => breaksOf(source, one, value, path))
  }
  const here = insteadOf(schema).map((instead) => ({ path, instead }))
  if (Array.isArray(value)) {
    const items = value.flatMap((item, n) => breaksOf(source, itemsOf(schema), item, [...path, String(n)]))
    return [...here, ...items]
  }
  return isObject(value) ? [...here, ...breaksWithin(source, schema, value, path)] : here
}

function breaksWithin(source: Source, schema: Schema, value: JsonObject, path: readonly string[]): Break[] {
  const { properties = {}, required = [], additionalProperties } = schema
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = properties[name] ?? additionalProperties
    const below = typeof field === 'object' ? breaksOf(source, field, inner, [...path, name]) : []
    return required.includes(name) ? [...below, { path: [...path, name] }] : below
  })
}

function insteadOf(schema: Schema): Json[] {
  if (schema.const !== undefined || schema.enum !== undefined) return ['no-such-value', 7, null]
  switch (schema.type) {
    case 'string': {
      const long = schema.maxLength === undefined ? [] : ['x'.repeat(schema.maxLength + 1)]
      const short = (schema.minLength ?? 0) > 0 ? [''] : []
      const odd = patternsOf(schema).length === 0 ? [] : ['', '\u0000', 'Ä !', '../x']
      return [12, null, ['x'], { x: 1 }, ...long, ...short, ...odd]
    }
    case 'integer':
      return ['12', null, 1.5, 1e300, ...(schema.minimum === undefined ? [] : [schema.minimum - 1])].concat(
        schema.maximum === undefined ? [] : [schema.maximum + 1],
      )
    case 'number':
      return ['12', null, true]
    case 'boolean':
      return ['true', 1, null]
    case 'array':
      return ['x', null, {}]
    case 'object':
      return ['x', null, 12, []]
    default:
      return []
  }
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function apply(value: Json, { path, ...rest }: Break): Broken {
  return { value: replaced(value, path, rest), path: path.join('.') }
}

function replaced(value: Json, [name, ...below]: readonly string[], put: { instead?: Json }): Json {
  if (name === undefined) return put.instead
  if (Array.isArray(value)) return value.map((item, n) => (String(n) === name ? replaced(item, below, put) : item))
  if (!isObject(value)) return value
  const { [name]: inner, ...others } = value
  if (below.length === 0 && !('instead' in put)) return others
  return { ...others, [name]: replaced(inner, below, put) }
}

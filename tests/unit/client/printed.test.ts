import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import * as files from '../../../client/net/file-shapes.ts'
import { type Print, printed } from '../../../client/net/printed.ts'
import * as shapes from '../../../client/net/shapes.ts'
import { printOf } from '../../../scripts/lib/printed.mjs'

/** Beside the chat's own, kinds that none of them has yet. */
const more = {
  Record: z.record(
    z.string().check(z.regex(/^[a-z]{2,3}$/)),
    z.nullable(z.string().check(z.minLength(2), z.maxLength(4))),
  ),
}
const all: readonly (readonly [string, z.ZodMiniType])[] = Object.entries({ ...shapes, ...files, ...more })

/** Values that fit the print. */
function fitting(print: Print): fc.Arbitrary<unknown> {
  const kinds = print.anyOf ?? print.oneOf
  if (kinds) return fc.oneof(...kinds.map(fitting))
  if ('const' in print) return fc.constant(print.const)
  if (print.enum) return fc.constantFrom(...print.enum)
  if (Array.isArray(print.type)) return fc.oneof(...print.type.map((type) => fitting({ ...print, type })))
  if (print.type === 'object') return fields(print)
  if (print.type === 'array') return fc.array(fitting(print.items ?? {}), { maxLength: 3 })
  if (print.type === 'boolean') return fc.boolean()
  if (print.type === 'null') return fc.constant(null)
  if (print.type === 'string') return texts(print)
  if (print.type === 'integer') return fc.integer({ min: 1, max: print.maximum ?? 1_000_000 })
  return print.type === 'number' ? fc.double({ noNaN: true, noDefaultInfinity: true }) : fc.jsonValue()
}

/** As long as they may be, of characters that nobody trims. */
function texts({ pattern, minLength = 0, maxLength = 20 }: Print): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  return fc.string({ unit: fc.constantFrom(...'aZ9"€'), minLength, maxLength: Math.min(maxLength, 20) })
}

function fields({ properties = {}, required = [], propertyNames, additionalProperties }: Print): fc.Arbitrary<unknown> {
  if (additionalProperties)
    return fc.dictionary(fitting(propertyNames ?? { type: 'string' }).map(String), fitting(additionalProperties))
  const model = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, fitting(field)]))
  return fc.record(model, { requiredKeys: [...required] })
}

/** The same with one thing in it replaced, taken away, or added. */
function spoilt(value: unknown, path: readonly number[], other: unknown): unknown {
  if (typeof value !== 'object' || value === null || path.length === 0) return other
  const keys = Object.keys(value)
  const key = keys[(path[0] ?? 0) % (keys.length + 1)] ?? 'surplus'
  const inside: unknown = Reflect.get(value, key)
  const next = spoilt(inside, path.slice(1), other)
  if (Array.isArray(value)) return value.map((one, at) => (String(at) === key ? next : one))
  return { ...value, [key]: next }
}

/** As it comes over a wire. The server has trimmed what it sends: prints do not say that it is to be trimmed. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value) ?? 'null', (_, part) => (typeof part === 'string' ? part.trim() : part))

describe('schemas as the widget carries them', () => {
  it.each(all)('WG1 %s reads by its print what the schema reads, and refuses what it refuses', (name, schema) => {
    const print: Print = JSON.parse(JSON.stringify(printOf(schema, name)))
    const reader = printed(print)
    const values = fc
      .tuple(fitting(print), fc.array(fc.nat(20), { maxLength: 4 }), fc.jsonValue(), fc.boolean())
      .map(([value, path, other, isSpoilt]) => plain(isSpoilt ? spoilt(value, path, other) : value))
    let taken = 0
    fc.assert(
      fc.property(values, (value) => {
        const whole = schema.safeParse(value)
        const read = reader.safeParse(value)
        expect(read.success).toBe(whole.success)
        if (whole.success && read.success) expect(plain(read.data)).toEqual(plain(whole.data))
        if (whole.success) taken++
      }),
      { numRuns: 300 },
    )
    expect(taken).toBeGreaterThan(30)
  })

  it('WG1 a schema that cannot be printed whole is refused by name', () => {
    expect(() => printOf(z.tuple([z.string()]), 'Wild')).toThrow(/Wild.*printed\.ts/)
  })
})

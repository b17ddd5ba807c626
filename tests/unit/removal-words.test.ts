/** LD12: of each kind of entry nobody's words stay when they are taken away. */
import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { hasWords, removedFrom, withoutWords } from '../../core/conversation/words.ts'
import { StaffEntry } from '../../core/protocol/conversation.ts'

/** What is no person's words: ids, names of staff and of what is configured, and what a program chose. */
const facts = [
  'joined name',
  'left name',
  'waiting queues[]',
  /^(waiting|offered|snoozed) medium$/,
  'offered agent',
  'offered via',
  /^offered decision\./,
  'declined agent',
  'lost agent',
  'transferred to',
  'consulting to',
  'consulted agent',
  'consulted name',
  'consult-ended agent',
  'fallback to',
  'bot flow',
  'bot-ended problem',
  /^tagged (add|remove)\[\]$/,
  'disposed disposition',
  'merged into',
  /^not-merged (into|why)$/,
  'unmerged from',
  'joined-by conversation',
  'parted conversation',
  'split into',
  'split-from conversation',
  // Who took it away.
  /(^| |\.)by\.(id|name)$/,
]
const isFact = (path: string) => facts.some((one) => (typeof one === 'string' ? one === path : one.test(path)))

const marker = 'quince'
interface Shape {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: Shape | boolean
  readonly items?: Shape
}

/** A value of this shape with the marker wherever text may stand. */
function filled(shape: Shape): unknown {
  const kinds = shape.anyOf ?? shape.oneOf
  if (kinds !== undefined) return filled(kinds[0] ?? {})
  if (shape.const !== undefined) return shape.const
  if (shape.enum !== undefined) return shape.enum[0]
  const types = [shape.type].flat()
  if (types.includes('string')) return shape.format === 'email' ? `${marker}@example.com` : marker
  if (types.includes('number') || types.includes('integer')) return 1
  if (types.includes('boolean')) return true
  if (types.includes('array')) return [filled(shape.items ?? {})]
  const known = Object.entries(shape.properties ?? {}).map(([name, field]) => [name, filled(field)])
  const any = shape.additionalProperties
  return Object.fromEntries(typeof any === 'object' ? [...known, ['any', filled(any)]] : known)
}

function* marked(value: unknown, path: string): Generator<string> {
  if (typeof value === 'string' && value.includes(marker)) yield path
  if (Array.isArray(value)) for (const each of value) yield* marked(each, `${path}[]`)
  else if (typeof value === 'object' && value !== null)
    for (const [name, field] of Object.entries(value)) yield* marked(field, path === '' ? name : `${path}.${name}`)
}

/** The kinds of a union of unions; an object is one kind, whatever its fields are. */
const variants = (shape: Shape): readonly Shape[] => (shape.anyOf ?? shape.oneOf)?.flatMap(variants) ?? [shape]

const bodies = () => {
  const printed: Shape = JSON.parse(JSON.stringify(z.toJSONSchema(StaffEntry.shape.body)))
  const samples = variants(printed).map((shape) => StaffEntry.shape.body.parse(filled(shape)))
  return samples.map((body) => ('removed' in body ? { ...body, removed: undefined } : body))
}

it('LD12: every text of an entry is a fact, or goes with its words', () => {
  const how = { at: 1, by: { id: 'sam', name: 'Sam' }, why: 'other' } as const
  expect(bodies().length).toBeGreaterThan(30)
  for (const body of bodies()) {
    const left = withoutWords(body, how)
    const stays = [...marked(left ?? body, '')].map((path) => `${body.type} ${path}`)
    expect(stays.filter((path) => !isFact(path))).toEqual([])
    expect(left === null).toBe(!hasWords(body))
    if (left === null) continue
    expect(removedFrom(left)).toMatchObject(how)
    // A second time there is nothing left to take.
    expect(withoutWords(left, how)).toBeNull()
    expect(StaffEntry.shape.body.parse(left)).toEqual(left)
  }
})

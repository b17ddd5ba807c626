/** Every field by which free text comes in, as the schemas have it: what a test of hostile words must know of. */
import type { Schema } from '@cfworker/json-schema'
import * as z from 'zod/mini'
import { AgentCommand } from '../../core/protocol/agent.ts'
import { CustomerCommand } from '../../core/protocol/conversation.ts'
import { printDocument } from '../../worker/api/reference/document.ts'
import { describe, doors } from '../../worker/api/reference/doors.ts'
import { routes } from '../../worker/api/routes.ts'
import { UserClaims } from '../../worker/auth/tokens.ts'
import type { Reference } from './reference.ts'

type Schemas = Readonly<Record<string, Schema>>

/** `PUT /api/v1/config organisation`: where, and the path; `*` is any key of a record, `[]` any place of a list. */
export function textFields(): string[] {
  const printed = JSON.stringify(printDocument([...routes.map(describe), ...doors]))
  const document: Reference = JSON.parse(printed)
  const { schemas } = document.components
  const ofApi = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters = [], requestBody }]) => {
      const here = `${method.toUpperCase()} ${path}`
      const inQuery = parameters.filter(({ in: place, schema }) => place === 'query' && isText(schema))
      const body = requestBody?.content['application/json']?.schema
      const inBody = body === undefined ? [] : textsIn(body, schemas)
      return [...inQuery.map(({ name }) => `${here} ?${name}`), ...inBody.map((field) => `${here} ${field}`)]
    }),
  )
  // What comes by a socket, and what the shop says of its customer, is in no body.
  const others = { customer: CustomerCommand, agent: AgentCommand, shop: UserClaims }
  const ofOthers = Object.entries(others).flatMap(([name, schema]) => {
    // As the document itself has it: JSON.
    const text = JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
    const printed: Schema = JSON.parse(text)
    return textsIn(printed, {}).map((field) => `${name} ${field}`)
  })
  return [...new Set([...ofApi, ...ofOthers])].sort()
}

/** The paths of free text within a schema. */
export function textsIn(schema: Schema, schemas: Schemas): string[] {
  return [...new Set(walk(schema, schemas, ''))]
}

function* walk(schema: Schema, schemas: Schemas, path: string): Generator<string> {
  const named = namedBy(schema, schemas)
  for (const one of [named, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    if (one !== undefined) yield* walk(one, schemas, path)
  if (isText(schema)) yield path
  for (const [name, field] of Object.entries(schema.properties ?? {}))
    if (typeof field === 'object') yield* walk(field, schemas, path === '' ? name : `${path}.${name}`)
  const { additionalProperties: values, propertyNames: keys, items } = schema
  if (typeof values === 'object') yield* walk(values, schemas, `${path}.*`)
  if (typeof keys === 'object' && isText({ type: 'string', ...(namedBy(keys, schemas) ?? keys) })) yield `${path}.<key>`
  if (typeof items === 'object' && !Array.isArray(items)) yield* walk(items, schemas, `${path}[]`)
}

const namedBy = ({ $ref }: Schema, schemas: Schemas): Schema | undefined =>
  $ref === undefined ? undefined : schemas[$ref.split('/').at(-1) ?? '']

/** Whether it takes what a page could take for markup. */
function isText(schema: Schema): boolean {
  const { type, enum: choices, const: only, format, allOf = [] } = schema
  if (type !== 'string' || choices !== undefined || only !== undefined || format !== undefined) return false
  const patterns = [schema, ...allOf].flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern]))
  return patterns.every((pattern) => new RegExp(pattern, 'u').test('<b onclick="x">'))
}

/** Whether a value has hostile words at a path of this form. */
export function holdsText(value: unknown, path: string, isHostile: (text: string) => boolean): boolean {
  const parts = path
    .replaceAll('[]', '.[]')
    .split('.')
    .filter((part) => part !== '')
  return holds(value, parts, isHostile)
}

function holds(value: unknown, [part, ...rest]: readonly string[], isHostile: (text: string) => boolean): boolean {
  if (part === undefined) return typeof value === 'string' && isHostile(value)
  if (typeof value !== 'object' || value === null) return false
  if (part === '<key>') return Object.keys(value).some(isHostile)
  if (part === '[]') return Array.isArray(value) && value.some((item) => holds(item, rest, isHostile))
  if (part === '*') return Object.values(value).some((item) => holds(item, rest, isHostile))
  return holds(Reflect.get(value, part), rest, isHostile)
}

/** The JSON schemas of the reference, printed from the zod schemas of the protocol under the names they have there. */
import * as z from 'zod/mini'
import * as administration from '../../../core/protocol/administration.ts'
import * as agent from '../../../core/protocol/agent.ts'
import * as api from '../../../core/protocol/api.ts'
import * as config from '../../../core/protocol/config.ts'
import * as conversation from '../../../core/protocol/conversation.ts'
import * as explanation from '../../../core/protocol/explanation.ts'
import * as floor from '../../../core/protocol/floor.ts'
import * as frames from '../../../core/protocol/frames.ts'
import * as policies from '../../../core/protocol/policies.ts'
import * as reports from '../../../core/protocol/reports.ts'
import * as settings from '../../../core/protocol/settings.ts'
import * as whatIf from '../../../core/protocol/whatif.ts'
import * as widget from '../../../core/protocol/widget.ts'

export type JsonSchema = z.core.JSONSchema.BaseSchema

const home = '#/components/schemas/'
export const refTo = (name: string): JsonSchema => ({ $ref: `${home}${name}` })
/** The name that a reference points to. */
export const nameIn = (ref: string): string => ref.slice(home.length)

const names = z.registry<{ id: string }>()
const homes = {
  ...frames,
  ...agent,
  ...conversation,
  ...config,
  ...settings,
  ...widget,
  ...policies,
  ...administration,
  ...reports,
  ...whatIf,
  ...floor,
  ...explanation,
  ...api,
}
for (const [id, value] of Object.entries(homes)) {
  if (value instanceof z.ZodMiniType) names.add(value, { id })
}

/** The name of a schema that crosses the wire; throws on one that has none, because the reference could not show it. */
export function nameOf(schema: z.ZodMiniType, where: string): string {
  const name = names.get(schema)?.id
  if (name === undefined) throw new Error(`${where}: export its schema from core/protocol`)
  return name
}

/**
 * The schemas of bodies and answers with all they refer to. A body may leave out what has a default, an answer has
 * exactly its fields; a schema that is both, and not alike, is printed twice, the body's as `…Input`.
 */
export function printSchemas(bodies: readonly string[], answers: readonly string[]) {
  const out = print('output', (id) => id)
  const answered = reach(out, answers)
  const plain = print('input', (id) => id)
  const isAlike = (id: string) =>
    reach(out, [id]).size === 1 && JSON.stringify(out.get(id)) === JSON.stringify(plain.get(id))
  const inputName = (id: string) => (answered.has(id) && !isAlike(id) ? `${id}Input` : id)
  const given = print('input', inputName)
  const taken = reach(given, bodies.map(inputName))
  const all = [...pick(out, answered), ...pick(given, taken)].sort(([a], [b]) => (a < b ? -1 : 1))
  return { schemas: Object.fromEntries(all), inputName }
}

/** The parameters of a query, by name. */
export function printQuery(query: z.ZodMiniObject): { name: string; required: boolean; schema: JsonSchema }[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, {
    io: 'input',
    override: (found) => tidy(found, 'input'),
  })
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    required: required.includes(name),
    schema: typeof schema === 'boolean' ? {} : schema,
  }))
}

function print(io: 'input' | 'output', nameFor: (id: string) => string): Map<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(names, {
    io,
    uri: (id) => `${home}${nameFor(id)}`,
    override: (found) => tidy(found, io),
  })
  return new Map(
    Object.entries(schemas).map(([id, { $id: _id, $schema: _schema, ...schema }]) => [nameFor(id), schema]),
  )
}

/** Every whole number ends where JavaScript's do: not worth saying each time. An answer leaves nothing out. */
function tidy({ jsonSchema }: { jsonSchema: JsonSchema }, io: 'input' | 'output'): void {
  if (io === 'output') delete jsonSchema.default
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
}

/** The names that can be come to from some of them. */
function reach(schemas: ReadonlyMap<string, JsonSchema>, from: readonly string[]): Set<string> {
  const found = new Set<string>()
  const look = (name: string) => {
    if (found.has(name)) return
    found.add(name)
    JSON.stringify(schemas.get(name), (key, value: unknown) => {
      if (key === '$ref' && typeof value === 'string') look(nameIn(value))
      return value
    })
  }
  for (const name of from) look(name)
  return found
}

const pick = (schemas: ReadonlyMap<string, JsonSchema>, wanted: ReadonlySet<string>) =>
  [...schemas].filter(([name]) => wanted.has(name))

// Puts the prints of the client's schemas in their place: what reads them is a fraction of what makes them.
import { pathToFileURL } from 'node:url'
import * as z from 'zod/mini'
import { inRoot } from './paths.mjs'

/** What `client/net/printed.ts` can read. A schema that needs more does not build. */
const known = new Set([
  'type',
  'properties',
  'required',
  'propertyNames',
  'additionalProperties',
  'items',
  'anyOf',
  'oneOf',
  'const',
  'enum',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'default',
])

export const printedSchemas = {
  name: 'printed schemas',
  setup({ onLoad }) {
    onLoad({ filter: /client\/net\/(file-)?shapes\.ts$/ }, async ({ path }) => ({
      contents: await modulePrinted(path),
      resolveDir: inRoot('client/net'),
      loader: 'ts',
    }))
  },
}

/** The module at `path`, which exports schemas and nothing else, with each as its print. */
async function modulePrinted(path) {
  const schemas = await import(pathToFileURL(path).href)
  const lines = Object.entries(schemas).map(
    ([name, schema]) => `export const ${name} = /* @__PURE__ */ printed(${JSON.stringify(printOf(schema, name))})`,
  )
  return ["import { printed } from './printed.ts'", ...lines].join('\n')
}

/** One schema as JSON Schema, as its values arrive: before defaults are filled in. */
export function printOf(schema, name) {
  const override = ({ jsonSchema }) => shorten(jsonSchema, name)
  const { $schema, ...print } = z.toJSONSchema(schema, { io: 'input', override })
  return print
}

/** Leaves out what is said twice: the type of a constant, and that an integer is one of those that numbers can hold. */
function shorten(print, name) {
  const strange = Object.keys(print).find((key) => !known.has(key) && key !== '$schema')
  if (strange !== undefined)
    throw new Error(`client/net/shapes.ts: ${name} is printed with "${strange}", which printed.ts cannot read.`)
  if ('const' in print || 'enum' in print) delete print.type
  if (print.maximum === Number.MAX_SAFE_INTEGER) delete print.maximum
  if (print.minimum === Number.MIN_SAFE_INTEGER) delete print.minimum
}

/** A JSON schema as a person reads it: nested lists of fields with their types and bounds. */
import { html } from 'hono/html'
import { type JsonSchema, nameIn } from './schemas.ts'

export type Html = ReturnType<typeof html>

/** A schema that stands for itself: its fields in a list, or its type. */
export const shape = (schema: JsonSchema): Html => {
  const inner = fields(schema)
  return schema.properties === undefined ? html`<p>${inner}</p>` : inner
}

/** A link to a named schema, or the schema itself. */
export function refLink(schema: JsonSchema): Html {
  if (schema.$ref === undefined) return fields(schema)
  const name = nameIn(schema.$ref)
  return html`<a href="#schema-${name}">${name}</a>`
}

/** A schema within a line; an object goes on below it. */
export function fields(schema: JsonSchema): Html {
  if (schema.$ref !== undefined) return refLink(schema)
  const variants = schema.anyOf ?? schema.oneOf
  if (variants !== undefined) return choice(variants.map(known))
  if (schema.allOf !== undefined && schema.type === undefined) return html`${schema.allOf.map(known).map(fields)}`
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (schema.enum !== undefined)
    return html`<span>${list(schema.enum.map((value) => html`<code>${value}</code>`))}</span>`
  if (schema.properties !== undefined) return object(schema.properties, schema.required ?? [])
  if (typeof schema.additionalProperties === 'object') {
    return html`<span class="note">by name:</span> ${fields(schema.additionalProperties)}`
  }
  const { items } = schema
  if (schema.type === 'array') {
    const each = typeof items === 'object' && !Array.isArray(items) ? items : {}
    return html`<span class="note">list of${bounds(schema, 'Items')}</span> ${fields(each)}`
  }
  return html`<span class="note">${schema.type ?? 'anything'}${bounds(schema, 'Length')}${range(schema)}${pattern(schema)}</span>`
}

function object(properties: Readonly<Record<string, JsonSchema | boolean>>, required: readonly string[]): Html {
  const rows = Object.entries(properties).map(([name, schema]) => {
    const must = required.includes(name) ? '' : html` <span class="note">optional</span>`
    return html`<li><code>${name}</code>${must} ${fields(known(schema))}${preset(known(schema))}</li>`
  })
  return rows.length === 0 ? html`<span class="note">no fields</span>` : html`<ul class="fields">${rows}</ul>`
}

/** Short variants stand in a line; where one has fields, each has its own place. */
function choice(variants: readonly JsonSchema[]): Html {
  if (!variants.some(({ properties }) => properties !== undefined)) return list(variants.map(fields))
  return html`<span class="note">one of:</span><ul class="variants">${variants.map((one) => html`<li>${fields(one)}</li>`)}</ul>`
}

const list = (parts: readonly Html[]): Html => html`${parts.map((part, n) => (n === 0 ? part : html` or ${part}`))}`

/** Schemas may be `true` for anything. */
const known = (schema: JsonSchema | boolean): JsonSchema => (typeof schema === 'boolean' ? {} : schema)

function bounds(schema: JsonSchema, what: 'Length' | 'Items'): string {
  const least = what === 'Length' ? schema.minLength : schema.minItems
  const most = what === 'Length' ? schema.maxLength : schema.maxItems
  const unit = what === 'Length' ? ' characters' : ''
  if (least === undefined && most === undefined) return ''
  if (most === undefined) return `, at least ${least}${unit}`
  return least === undefined ? `, at most ${most}${unit}` : `, ${least} to ${most}${unit}`
}

function range({ minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : `above ${exclusiveMinimum}`)
  if (least === undefined && maximum === undefined) return ''
  if (maximum === undefined) return typeof least === 'string' ? `, ${least}` : `, from ${least}`
  return `, ${least ?? ''} to ${maximum}`
}

const pattern = (schema: JsonSchema): Html | string =>
  schema.pattern === undefined ? '' : html`, like <code>${schema.pattern}</code>`

const preset = (schema: JsonSchema): Html | string =>
  schema.default === undefined
    ? ''
    : html` <span class="note">if left out: <code>${JSON.stringify(schema.default)}</code></span>`

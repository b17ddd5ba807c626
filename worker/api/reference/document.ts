/** The OpenAPI 3.1 document, printed from the table of routes and the doors beside it. */
import type { FaultCode } from '../../../core/result.ts'
import { statusOf, titleOf } from '../../problems.ts'
import { partsOf, pathPart } from '../route.ts'
import type { Described } from './doors.ts'
import { type JsonSchema, nameOf, printQuery, printSchemas, refTo } from './schemas.ts'

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: JsonSchema
}
type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>
export interface Answered {
  readonly description: string
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: JsonSchema }>>
  readonly content?: Content
}
export interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required: true; readonly content: Content }
  readonly responses: Readonly<Record<string, Answered>>
}
export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, string>>>>
  }
}

const about = `Everything the console does, and what widgets use. Within version 1 fields and routes are only added.

Staff sign in with POST /api/v1/session and are known by its cookie. A request that changes something must come from
this origin: its Origin header, or Sec-Fetch-Site, is checked.

A refusal is a problem document (RFC 9457); its code says why, its errors name the fields, the whole body being named by
an empty text. Fields that a body has beyond its schema are ignored. Times are in milliseconds since 1970.

A list has items and next; next is the after of the next page, null on the last one.`

const securitySchemes = {
  session: { type: 'apiKey', in: 'cookie', name: 'parley_session', description: 'Set by signing in.' },
  ticket: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A ticket: one actor, for a minute.' },
  subprotocol: {
    type: 'apiKey',
    in: 'header',
    name: 'sec-websocket-protocol',
    description: 'parley.v1, ticket.<jwt>: a ticket as the second WebSocket subprotocol.',
  },
}

/** Prints the document. */
export function printDocument(operations: readonly Described[]): OpenApi {
  const where = ({ method, path }: Described) => `${method} ${path}`
  const bodies = operations.flatMap((op) => (op.body === null ? [] : [nameOf(op.body, where(op))]))
  const answers = operations.flatMap((op) => (op.answers === null ? [] : [nameOf(op.answers, where(op))]))
  const { schemas, inputName } = printSchemas(bodies, [...answers, 'Problem'])
  const paths: Record<string, Record<string, Operation>> = {}
  for (const op of operations) {
    const body = op.body === null ? null : refTo(inputName(nameOf(op.body, where(op))))
    const answer = op.answers === null ? null : refTo(nameOf(op.answers, where(op)))
    const path = op.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [op.method.toLowerCase()]: operation(op, body, answer) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Parley', version: '1', description: about },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { schemas, securitySchemes },
  }
}

function operation(op: Described, body: JsonSchema | null, answer: JsonSchema | null): Operation {
  const parameters = parametersOf(op)
  return {
    operationId: [op.method.toLowerCase(), ...op.path.split(/[/:.]+/).filter((part) => !/^(api|v1)?$/.test(part))].join(
      '-',
    ),
    tags: [op.tag],
    summary: op.summary,
    ...(op.permission === null ? {} : { description: `For: ${op.permission}.` }),
    security: op.scheme === null ? [] : [{ [op.scheme]: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null ? {} : { requestBody: { required: true, content: contentOf('application/json', body) } }),
    responses: { [op.status]: good(op, answer), ...problems(op.refuses) },
  }
}

function parametersOf(op: Described): Parameter[] {
  const inPath = partsOf(op.path).map((name): Parameter => {
    const values = op.parts[name]
    const form: JsonSchema = values === undefined ? { pattern: pathPart.source } : { enum: [...values] }
    const schema: JsonSchema = { type: 'string', ...form }
    return { name, in: 'path', required: true, schema }
  })
  const inQuery = op.query === null ? [] : printQuery(op.query).map((found): Parameter => ({ ...found, in: 'query' }))
  return [...inPath, ...inQuery, ...(op.key === undefined ? [] : [idempotencyKey])]
}

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'Makes the request safe to send again: the same key is answered alike, for a day.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{8,64}$' },
}

function good({ status, media }: Described, answer: JsonSchema | null): Answered {
  if (answer !== null) return { description: 'Done.', content: contentOf(media, answer) }
  return { description: status === 101 ? 'The socket is open.' : 'Done; there is nothing to say.' }
}

/** One answer for each status, with the codes it can have. */
function problems(codes: readonly FaultCode[]): Record<string, Answered> {
  const statuses = [...new Set(codes.map(statusOf))].sort((a, b) => a - b)
  const answers = statuses.map((status): [string, Answered] => {
    const own = codes.filter((code) => statusOf(code) === status)
    const schema = { allOf: [refTo('Problem'), { properties: { status: { const: status }, code: { enum: own } } }] }
    const description = own.map((code) => `${titleOf(code)} (${code}).`).join(' ')
    return [String(status), { description, ...waits(status), content: contentOf('application/problem+json', schema) }]
  })
  return Object.fromEntries(answers)
}

const waits = (status: number): Pick<Answered, 'headers'> =>
  status === 429 || status === 503
    ? { headers: { 'retry-after': { description: 'When to try again, in seconds.', schema: { type: 'integer' } } } }
    : {}

const contentOf = (media: string, schema: JsonSchema): Content => ({ [media]: { schema } })

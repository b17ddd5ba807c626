/** The OpenAPI 3.1 document, printed from the table of routes and the doors beside it. */
import { commandId } from '../../../core/protocol/api.ts'
import { type Action, isKeyAction, roles, scopeOf } from '../../../core/protocol/permissions.ts'
import { cookieName } from '../../auth/sessions.ts'
import { statusOf, titleOf } from '../../problems.ts'
import { type KeyUse, partsOf, pathPart } from '../route.ts'
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
interface Header {
  readonly description: string
  readonly schema: JsonSchema
  /** False: only some of these answers have it. */
  readonly required?: false
}
export interface Answered {
  readonly description: string
  readonly headers?: Readonly<Record<string, Header>>
  readonly content?: Content
}
export interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description: string
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

Partners' programs bring an API key, without cookie or Origin: Authorization: Bearer prl_… It does what it was given, in
all of its organisation, 600 times a minute.

A refusal is a problem document (RFC 9457); its code says why, its errors name the fields, the whole body being named by
an empty text. Fields that a body has beyond its schema are ignored. Times are in milliseconds since 1970.

A list has items and next; next is what the query of the next page brings along, null on the last one.

Every answer has an x-request-id: under it the logs know the request. A request that may be sent again without harm
takes an Idempotency-Key, see its parameters.`

const securitySchemes = {
  session: { type: 'apiKey', in: 'cookie', name: cookieName, description: 'Set by signing in.' },
  key: { type: 'http', scheme: 'bearer', bearerFormat: 'prl_…', description: 'An API key with this permission.' },
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
    description: allowed(op.actions),
    security: securityOf(op),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null ? {} : { requestBody: { required: true, content: contentOf('application/json', body) } }),
    ...(op.takes === undefined ? {} : { requestBody: { required: true, content: contentOf(op.takes, binary) } }),
    responses: { [op.status]: good(op, answer), ...partial(op), ...problems(op) },
  }
}

/** Each of these ways will do; a key must have been given the action. */
function securityOf({ scheme, actions, customers }: Described): Operation['security'] {
  return [
    ...(scheme === null ? [] : [{ [scheme]: [] }]),
    ...(actions.every(isKeyAction) ? [{ key: [...actions] }] : []),
    ...(customers === true ? [{ ticket: [] }] : []),
  ]
}

/** Who may do this, and to whose objects; a row for each of the things that it can be. */
function allowed(actions: readonly Action[]): string {
  const rows = actions.map((action) => {
    const who = roles.flatMap((role) => {
      const scope = scopeOf(role, action)
      return scope === 'none' ? [] : scope === 'own' ? [`${role} (own)`] : [role]
    })
    return `${action}: ${who.length === roles.length ? 'everybody' : who.join(', ')}.`
  })
  return rows.join('\n')
}

function parametersOf(op: Described): Parameter[] {
  const inPath = partsOf(op.path).map((name): Parameter => {
    const values = op.parts[name]
    const form: JsonSchema = values === undefined ? { pattern: pathPart.source } : { enum: [...values] }
    const schema: JsonSchema = { type: 'string', ...form }
    return { name, in: 'path', required: true, schema }
  })
  const inQuery = op.query === null ? [] : printQuery(op.query).map((found): Parameter => ({ ...found, in: 'query' }))
  return [...inPath, ...inQuery, ...(op.key === undefined ? [] : [idempotencyKey(op.key)])]
}

const uses: Record<KeyUse, string> = {
  command: "Stands for the command's id: a command that was carried out gets its first answer, for a day.",
  required: 'The same key is answered with the same version, for a day.',
  kept:
    'Makes the request safe to send again: the first answer, a refusal too, is given again for a day. While the first ' +
    'is under way, conflict; a failure (5xx) burns no key.',
}

const idempotencyKey = (use: KeyUse): Parameter => ({
  name: 'Idempotency-Key',
  in: 'header',
  required: use === 'required',
  description: uses[use],
  schema: { type: 'string', pattern: commandId.source },
})

function good(op: Described, answer: JsonSchema | null): Answered {
  const headers = headersOf(op, op.status)
  if (answer !== null) return { description: 'Done.', ...headers, content: contentOf(op.media, answer) }
  return { description: op.status === 101 ? 'The socket is open.' : 'Done; there is nothing to say.', ...headers }
}

const binary: JsonSchema = { type: 'string', contentEncoding: 'binary' }

/** Of a file a range may be asked for. */
const partial = ({ media }: Described): Record<string, Answered> =>
  media === '*/*'
    ? {
        206: { description: 'The range that was asked for.', content: contentOf(media, binary) },
        304: { description: 'The copy that `If-None-Match` names is still right.' },
      }
    : {}

/** One answer for each status, with the codes it can have. */
function problems(op: Described): Record<string, Answered> {
  const statuses = [...new Set(op.refuses.map(statusOf))].sort((a, b) => a - b)
  const answers = statuses.map((status): [string, Answered] => {
    const own = op.refuses.filter((code) => statusOf(code) === status)
    const schema = { allOf: [refTo('Problem'), { properties: { status: { const: status }, code: { enum: own } } }] }
    const description = own.map((code) => `${titleOf(code)} (${code}).`).join(' ')
    const content = contentOf('application/problem+json', schema)
    return [String(status), { description, ...headersOf(op, status), content }]
  })
  return Object.fromEntries(answers)
}

const requestId = { description: 'Under which id the logs know the request.', schema: { type: 'string' } } as const
const retryAfter = { description: 'When to try again, in seconds.', schema: { type: 'integer' } } as const

function headersOf({ traced }: Described, status: number): Pick<Answered, 'headers'> {
  const headers = { ...(traced ? { 'x-request-id': requestId } : {}), ...waitOf(status) }
  return Object.keys(headers).length === 0 ? {} : { headers }
}

/** Of conflicts only some pass by themselves. */
function waitOf(status: number): Readonly<Record<string, Header>> {
  if (status === 429 || status === 503) return { 'retry-after': retryAfter }
  return status === 409 ? { 'retry-after': { ...retryAfter, required: false } } : {}
}

const contentOf = (media: string, schema: JsonSchema): Content => ({ [media]: { schema } })

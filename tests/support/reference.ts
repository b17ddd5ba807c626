/** Holds an answer of the API against the document that the server publishes. Runs in workerd and in Node. */
import { type Schema, Validator } from '@cfworker/json-schema'

interface Answered {
  headers?: Record<string, { required?: boolean }>
  content?: Record<string, { schema: Schema }>
}
interface Parameter {
  name: string
  in: string
  required: boolean
  schema: Schema
}
export interface Operation {
  operationId: string
  security: Record<string, unknown>[]
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, Answered>
}
/** The document as somebody has it who knows nothing but its address. */
export interface Reference {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, { name?: string }> }
}

/** What the reference does not promise of this answer. */
export async function wrongWith(document: Reference, method: string, url: URL, response: Response) {
  // What answers GET answers HEAD too, without the body.
  const operation = operationOf(document, method === 'HEAD' ? 'GET' : method, url.pathname)
  return operation === undefined
    ? wrongOutside(document, method, response)
    : wrongAnswer(document, operation, url, response)
}

/** What is nowhere in the document may answer that it is not there, or to a browser's question before it asks. */
async function wrongOutside(document: Reference, method: string, response: Response) {
  if (method === 'OPTIONS' && response.status === 204 && response.body === null) return undefined
  if (response.status !== 404) return `there is no such route, but it answers ${response.status}`
  return wrongBody(document, { $ref: '#/components/schemas/Problem' }, response)
}

async function wrongAnswer(document: Reference, operation: Operation, url: URL, response: Response) {
  const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name)
  const strange = [...url.searchParams.keys()].filter((name) => !known.includes(name))
  if (strange.length > 0) return `it has no parameter ${strange.join(', ')}`
  const answered = operation.responses[String(response.status)]
  if (answered === undefined) return `the status ${response.status}: ${await response.clone().text()}`
  const silent = Object.entries(answered.headers ?? {}).flatMap(([name, { required }]) =>
    required === false || response.headers.has(name) ? [] : [name],
  )
  if (silent.length > 0) return `the answer lacks the header ${silent.join(', ')}`
  const [media, content] = Object.entries(answered.content ?? {})[0] ?? []
  if (content === undefined) return response.body === null ? undefined : 'the answer has a body'
  const type = response.headers.get('content-type')?.split(';')[0]
  if (media === '*/*') return undefined
  if (type !== media) return `the answer is ${type}, not ${media}`
  const isJson = media?.endsWith('json') === true && media !== 'application/x-ndjson'
  return isJson ? wrongBody(document, content.schema, response) : undefined
}

async function wrongBody(document: Reference, schema: Schema, response: Response): Promise<string | undefined> {
  const body: unknown = await response.clone().json()
  const { valid, errors } = validatorOf(document, schema).validate(body)
  if (valid) return undefined
  return `${errors.map(({ instanceLocation, error }) => `${instanceLocation} ${error}`).join('\n')}\n${JSON.stringify(body)}`
}

const validators = new Map<string, Validator>()

/** A validator of a schema within the document. */
export function validatorOf({ components }: Reference, schema: Schema): Validator {
  const key = JSON.stringify(schema)
  const known = validators.get(key)
  if (known !== undefined) return known
  const text = JSON.stringify({ ...schema, $defs: components.schemas }).replaceAll('#/components/schemas/', '#/$defs/')
  const whole: Schema = JSON.parse(text)
  const made = new Validator(whole, '2020-12', false)
  validators.set(key, made)
  return made
}

/** The operation of a path, a literal part before a variable one. */
function operationOf({ paths }: Reference, method: string, path: string): Operation | undefined {
  const parts = path.split('/')
  const fits = (template: string) => {
    const wanted = template.split('/')
    return wanted.length === parts.length && wanted.every((part, n) => part.startsWith('{') || part === parts[n])
  }
  const variables = (template: string) => template.split('{').length
  const found = Object.keys(paths)
    .filter(fits)
    .sort((a, b) => variables(a) - variables(b))[0]
  return found === undefined ? undefined : paths[found]?.[method.toLowerCase()]
}

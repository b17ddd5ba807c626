/** Every route with inputs made from its own description: such as fit, such as do not, and such as nobody thought of. */
import type { Schema } from '@cfworker/json-schema'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { ChatSession, Problem } from '../../core/protocol/api.ts'
import { printDocument } from '../../worker/api/reference/document.ts'
import { describe as described, doors } from '../../worker/api/reference/doors.ts'
import { routes } from '../../worker/api/routes.ts'
import type { Operation } from '../support/reference.ts'
import { type Asking, call, found, type Member, memberOf, members, reported } from './callers.ts'
import { reference } from './contract.ts'
import { env } from './env.ts'
import { broken, fitting, type Source } from './inputs.ts'

const seed = 20_261_121
/** How often a route is asked; a password takes its time to check, a configuration to spread. */
const runsOf: Readonly<Record<string, number>> = {
  'post-session': 3,
  'put-config': 8,
  'post-channels-chat-organisation-session': 90,
  'post-poll-kind-id': 60,
  'post-tickets': 30,
  'post-keys': 60,
  'get-reports-queues': 60,
  'get-reports-agents': 60,
  'post-ops-replay': 30,
  'post-ops-rebuild': 40,
  'post-agents-id-commands': 40,
  'post-queues-id-commands': 40,
  'post-conversations-id-commands': 60,
}
const fewest = { fitting: 15, broken: 20, wild: 10 }

let chat: ChatSession
beforeAll(async () => {
  await found()
  await reported('acme/book/book', 'acme/queue/acme-sales')
  const body = { command: crypto.randomUUID() }
  chat = ChatSession.parse(await (await call('POST', '/channels/chat/acme/session', { body })).json())
  const row = env.DB.prepare(
    "insert into conversations (org_id, id, version, customer_id, customer_name, channel, status, opened_at, entries) values ('acme', ?, 0, 'c', 'Mia', 'chat', 'new', 0, 0)",
  )
  await row.bind(chat.conversation).run()
})

/** What inputs are made from: words that stand for something here come up more often than chance would have it. */
const source = async (id: string): Promise<Source> => ({
  document: await reference(),
  words: wordsFor(id),
})

function wordsFor(id: string): string[] {
  if (id === 'post-ops-replay') return ['acme/book/book', 'acme/queue/acme-sales']
  if (id.startsWith('get-reports-')) return ['UTC', 'Europe/Berlin']
  return ['ada', 'acme-sales', chat.conversation, ...(id === 'post-tickets' ? [] : ['Lunch'])]
}

interface Target {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}
const targets = Object.entries(printDocument([...routes.map(described), ...doors]).paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId }]) => [operationId, method, path] as const),
)
async function targetOf(method: string, path: string): Promise<Target> {
  const operation = (await reference()).paths[path]?.[method]
  if (operation === undefined) throw new Error(`${method} ${path} is not served`)
  return { method: method.toUpperCase(), path, operation }
}

/** What would change under the others' feet: a configuration is published and a record made anew at another company. */
const elsewhere = ['put-config', 'post-config-versions-version-return', 'post-ops-rebuild']

/** Whoever may ask. */
const rightful = ({ operation: { operationId } }: Target): Member =>
  memberOf(elsewhere.includes(operationId) ? 'otto' : 'olga')

/** Things that are there, by where they stand in a path. */
const real = (target: Target): Readonly<Record<string, string>> => ({
  organisation: 'acme',
  kind: 'conversation',
  conversation: chat.conversation,
  file: 'a-file',
  part: '1',
  version: '1',
  // Dan asks for nothing here: he may lose his account.
  id: target.path.includes('agents') ? 'ada' : target.path.includes('staff') ? 'dan' : chat.conversation,
  name: 'oidc',
})

function asking(target: Target, as: Member | undefined, body: unknown, key?: string): Asking {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key }
  if (target.path.startsWith('/poll')) headers['authorization'] = `Bearer ${chat.ticket}`
  // Signing out would end the session that the others use.
  return { as: target.operation.operationId === 'delete-session' ? undefined : as, body, headers }
}

const addressOf = (path: string, parts: Readonly<Record<string, string>>, query: Readonly<Record<string, string>>) => {
  const search = new URLSearchParams(query).toString()
  return path.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '') + (search === '' ? '' : `?${search}`)
}

const parametersIn = ({ operation }: Target, place: string) =>
  (operation.parameters ?? []).filter((parameter) => parameter.in === place)

/** What its query has to say. */
const mustOf = (target: Target): Record<string, string> => {
  const fits: Readonly<Record<string, string>> = { base: '1', from: '1', media: 'text/plain', size: '1', number: '1' }
  const must = parametersIn(target, 'query').filter(({ required }) => required)
  return Object.fromEntries(must.map(({ name }) => [name, fits[name] ?? 'x']))
}

const bodyOf = ({ operation }: Target): Schema | undefined => operation.requestBody?.content['application/json']?.schema

/** A poll waits for news; here there is none. */
const atOnce = (body: unknown) =>
  typeof body === 'object' && body !== null && 'frames' in body ? { ...body, wait: 0 } : body

async function problemOf(response: Response) {
  return response.status < 400 ? undefined : Problem.parse(await response.clone().json())
}

/** What holds for every answer, whatever was asked. That it is as documented, the door itself checks. */
async function expectClear(response: Response, target?: Target) {
  expect(response.status).toBeLessThan(500)
  const problem = await problemOf(response)
  // A plain request to a socket's address has no field that could be named.
  if (problem?.status === 400 && target?.path.startsWith('/connect') !== true) {
    expect(problem.errors?.length ?? 0).toBeGreaterThan(0)
  }
}

const wild = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.json({ maxDepth: 3 }),
  fc.constantFrom('', 'null', '[]', '"x"', '1e999', '{"__proto__":{"x":1}}', '{"id":"\\ud800"}', '['.repeat(20_000)),
  fc.constantFrom(`"${'x'.repeat(70_000)}"`, `{"name":"${'😀'.repeat(20_000)}"}`),
)
const wildPart = fc.oneof(
  fc.constantFrom(
    '%',
    '%E0%A4%A',
    '%00',
    '%2f',
    '..%2f..',
    '%F0%9F%98%80',
    'é',
    ';',
    '%20',
    "'",
    'constructor',
    '.',
    '~',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map(encodeURIComponent),
  fc.constant('x'.repeat(200)),
)

const isRare = (id: string) => /-(files|customers|backup|keys)-/.test(id)
const succeeded = new Set<string>()

describe('every route', () => {
  it.each(targets)('AP8 %s: what fits is never a failure of ours', async (id, method, path) => {
    const target = await targetOf(method, path)
    const from = await source(id)
    const some = (place: string) =>
      fc.record(
        Object.fromEntries(
          parametersIn(target, place).map(({ name, schema }) => [name, fitting(from, schema).map(String)]),
        ),
        { requiredKeys: parametersIn(target, place).flatMap(({ name, required }) => (required ? [name] : [])) },
      )
    const schema = bodyOf(target)
    const inputs = fc.record({
      as: fc.constantFrom(
        undefined,
        ...members.filter(({ id }) => id !== 'dan'),
        memberOf('ada'),
        ...[1, 2, 3].map(() => rightful(target)),
      ),
      parts: fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: some('path') }),
      query: some('query'),
      headers: some('header'),
      body: schema === undefined ? fc.constant(undefined) : fitting(from, schema).map(atOnce),
    })
    const property = fc.asyncProperty(inputs, async ({ as, parts, query, headers, body }) => {
      const whoever = elsewhere.includes(id) && as?.org === 'acme' ? undefined : as
      // A command's id is in one place: what two would have to agree on, chance never makes.
      const isNamed = typeof body === 'object' && body !== null && 'id' in body
      const key = isNamed ? undefined : (headers['Idempotency-Key'] ?? crypto.randomUUID())
      const asked = asking(target, whoever, body, key)
      const response = await call(target.method, addressOf(path, { ...real(target), ...parts }, query), asked)
      if (response.ok) succeeded.add(id)
      await expectClear(response, target)
    })
    await fc.assert(property, { seed, numRuns: runsOf[id] ?? fewest.fitting })
  })

  it('AP8 does what it is for with some of that', () => {
    // Chance finds no password, no invitation and no code, no version that is there, no configuration whose parts agree and no act of the command line, opens no socket, sends no file, knows no customer and no key, takes nobody who waits and finds no conversation that began as a part of another.
    const hard = [
      'post-session',
      'post-session-invitation',
      'put-session-invitation',
      'delete-staff-id-factor',
      'post-session-factor',
      'put-session-factor',
      'post-session-factor-off',
      'put-config',
      'get-config-changes',
      'post-config-versions-version-return',
      'get-connect-kind-id',
      'post-ops-told',
      'post-queues-id-commands',
      'get-conversations-id-origin',
      ...targets.map(([id]) => id).filter(isRare),
    ]
    const never = targets.map(([id]) => id).filter((id) => !succeeded.has(id) && !hard.includes(id))
    expect(never).toEqual([])
  })

  const withBody = targets.filter(([, method, path]) => {
    const route = [...routes, ...doors].find(
      (one) => one.method.toLowerCase() === method && one.path.replace(/:(\w+)/g, '{$1}') === path,
    )
    return route?.body != null
  })

  it.each(withBody)('AP4 %s: a field that does not fit is named', async (id, method, path) => {
    const target = await targetOf(method, path)
    const schema = bodyOf(target) ?? {}
    const property = fc.asyncProperty(broken(await source(id), schema), async ({ value, path: wrong }) => {
      const asked = asking(target, rightful(target), value, 'a-key-for-all-of-them')
      const fresh = target.operation.parameters?.some(({ name }) => name === 'Idempotency-Key') === true
      const headers = { ...asked.headers, ...(fresh ? { 'idempotency-key': crypto.randomUUID() } : {}) }
      const address = addressOf(path, real(target), mustOf(target))
      const response = await call(target.method, address, { ...asked, headers })
      const problem = await problemOf(response)
      expect([response.status, problem?.code]).toEqual([400, 'bad_input'])
      const named = problem?.errors?.map(({ field }) => field) ?? []
      // A configuration can have more wrong than is listed: its schema does not say all there is to say.
      if (named.length < 20) expect(named).toContain(wrong)
    })
    await fc.assert(property, { seed, numRuns: fewest.broken, endOnFailure: true })
  })

  it.each(withBody)('AP8 %s: any text is answered', async (_, method, path) => {
    const target = await targetOf(method, path)
    const property = fc.asyncProperty(wild, async (text) => {
      const response = await call(
        target.method,
        addressOf(path, real(target), mustOf(target)),
        asking(target, rightful(target), text),
      )
      await expectClear(response, target)
      expect(response.ok).toBe(false)
    })
    await fc.assert(property, { seed, numRuns: fewest.wild })
  })

  const withParts = targets.filter(([, , path]) => path.includes('{'))
  it.each(withParts)('AP8 %s: any path is answered', async (_, method, path) => {
    const target = await targetOf(method, path)
    const property = fc.asyncProperty(wildPart, fc.nat(2), async (part, place) => {
      const names = parametersIn(target, 'path').map(({ name }) => name)
      const parts = { ...real(target), [names[place % names.length] ?? '']: part }
      const body = bodyOf(target) === undefined ? undefined : {}
      await expectClear(
        await call(target.method, addressOf(path, parts, {}), asking(target, rightful(target), body)),
        target,
      )
    })
    await fc.assert(property, { seed, numRuns: fewest.wild })
  })
})

describe('every query', () => {
  const asked = routes.flatMap(({ method, path, query }) => (query === null ? [] : [[method, path] as const]))

  it.each(asked)('AP4 of %s %s: a parameter that does not fit is named', async (method, route) => {
    const path = route.replace(/:(\w+)/g, '{$1}')
    const target = await targetOf(method.toLowerCase(), path)
    const must = mustOf(target)
    for (const { name, required, schema } of parametersIn(target, 'query')) {
      const wrong = [
        ...(schema.type === 'integer' ? ['x', '1.5', '', String((schema.minimum ?? 0) - 1), 'NaN', '1e99'] : []),
        ...(schema.maximum === undefined ? [] : [String(schema.maximum + 1)]),
        ...(schema.maxLength === undefined ? [] : ['x'.repeat(schema.maxLength + 1)]),
        ...(schema.pattern !== undefined || schema.enum !== undefined ? ['no such thing'] : []),
        ...((schema.minLength ?? 0) > 0 ? [''] : []),
      ].filter((value) => !(schema.minimum === 0 && value === ''))
      expect(wrong).not.toEqual([])
      for (const value of wrong) {
        const as = rightful(target)
        const response = await call(method, addressOf(path, real(target), { ...must, [name]: value }), { as })
        expect([name, value, response.status]).toEqual([name, value, 400])
        expect(new Set((await problemOf(response))?.errors?.map(({ field }) => field))).toEqual(new Set([name]))
      }
      if (required)
        expect((await call(method, addressOf(path, real(target), {}), { as: rightful(target) })).status).toBe(400)
    }
  })
})

describe('what is no route', () => {
  it('AP8 is not there, whatever it is called', async () => {
    const parts = fc.array(fc.oneof(wildPart, fc.constantFrom('v1', 'session', 'config', 'ops', 'agents')), {
      maxLength: 4,
    })
    const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS')
    const doorways = fc.constantFrom('api', 'channels', 'channels/chat', 'poll', 'connect')
    const property = fc.asyncProperty(methods, doorways, parts, async (method, door, rest) => {
      if (method === 'DELETE' && rest.at(-1) === 'session') return
      const body = method === 'GET' ? undefined : '{}'
      await expectClear(await call(method, `/${[door, ...rest].join('/')}`, { as: memberOf('olga'), body }), {
        method,
        path: `/${door}`,
        operation: { operationId: '', security: [], responses: {} },
      })
    })
    await fc.assert(property, { seed, numRuns: 60 })
  })
})

/** The reference of the API: one document, printed from what is served, and a page that shows it. */
import { describe, expect, it } from 'vitest'
import { doors } from '../../worker/api/reference/doors.ts'
import { routes } from '../../worker/api/routes.ts'
import { validatorOf, wrongWith } from '../support/reference.ts'
import { fetchApi, origin, reference } from './contract.ts'

const get = (path: string) => fetchApi(new Request(`${origin}${path}`))

const inDocument = (path: string) => path.replace(/:(\w+)/g, '{$1}')

describe('the reference', () => {
  it('AP1 has every route of the table and every door, and nothing else', async () => {
    const { openapi, paths } = await reference()
    expect(openapi).toBe('3.1.0')
    const printed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const served = [...routes, ...doors].map(({ method, path }) => `${method} ${inDocument(path)}`)
    expect(printed.sort()).toEqual(served.sort())
  })

  it('AP1 points only to what is in it, and names each operation once', async () => {
    const { paths, components } = await reference()
    const refs = new Set(JSON.stringify({ paths, components }).match(/#\/components\/schemas\/\w+/g))
    expect([...refs].filter((ref) => !(ref.slice('#/components/schemas/'.length) in components.schemas))).toEqual([])
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
    const ids = operations.map(({ operationId }) => operationId)
    expect(ids).toEqual([...new Set(ids)])
    const schemes = operations.flatMap(({ security }) => security.flatMap((scheme) => Object.keys(scheme)))
    expect(new Set(schemes)).toEqual(new Set(Object.keys(components.securitySchemes)))
  })

  it('AP1 lets answers have the fields it names and no others', async () => {
    const { components } = await reference()
    const { Session, SignIn } = components.schemas
    expect(Session).toMatchObject({ additionalProperties: false, required: ['organisation', 'staff'] })
    // A body may have more than we know: an older server must bear a newer client.
    expect(SignIn).not.toHaveProperty('additionalProperties')
    expect(components.schemas['ConfigInput']).toMatchObject({
      required: ['organisation', 'queues', 'plans', 'entrances', 'agents'],
    })
  })

  it('AP3 is a page too, that loads nothing and runs nothing', async () => {
    const response = await get('/api/docs')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    )
    const text = await response.text()
    expect(text).not.toMatch(/<script|<link|<img|\bstyle=|\bon\w+=|\bsrc=|https?:/)
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? ''
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
    expect(policy).toContain(btoa(String.fromCharCode(...new Uint8Array(digest))))
    for (const { path } of [...routes, ...doors]) expect(text).toContain(inDocument(path))
    const targets = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => `id="${id}"`)
    expect(targets.filter((target) => !text.includes(target))).toEqual([])
  })
})

describe('the check of every answer', () => {
  const session = { organisation: { id: 'a', name: 'A' }, staff: { id: 'b', name: 'B', email: 'b@a', role: 'agent' } }
  const problem = (status: number, code: string) =>
    new Response(JSON.stringify({ type: `urn:parley:problem:${code}`, title: 'x', status, code }), {
      status,
      headers: { 'content-type': 'application/problem+json' },
    })
  const wrong = async (method: string, path: string, response: Response) => {
    response.headers.set('x-request-id', 'x')
    return wrongWith(await reference(), method, new URL(`${origin}${path}`), response)
  }

  it.each([
    ['a route', 'no such route', 'GET', '/api/v1/nowhere', Response.json({})],
    ['a method', 'no such route', 'PUT', '/api/v1/session', Response.json({})],
    ['a parameter', 'no parameter as', 'GET', '/api/v1/session?as=olga', Response.json(session)],
    ['a status', 'the status 201', 'GET', '/api/v1/session', Response.json(session, { status: 201 })],
    ['a code', '#/code', 'GET', '/api/v1/session', problem(401, 'conflict')],
    ["another status's code", '#/code', 'GET', '/api/v1/session', problem(401, 'internal')],
    ['a field', 'token', 'GET', '/api/v1/session', Response.json({ ...session, token: 'x' })],
    [
      'a field within',
      'age',
      'GET',
      '/api/v1/session',
      Response.json({ ...session, staff: { ...session.staff, age: 1 } }),
    ],
    ['a kind of answer', 'text/plain', 'GET', '/api/v1/session', new Response(JSON.stringify(session))],
    ['a body', 'the status 200', 'DELETE', '/api/v1/session', Response.json({})],
    ['that a field lacks', 'organisation', 'GET', '/api/v1/session', Response.json({ staff: session.staff })],
    ['that a header lacks', 'retry-after', 'POST', '/api/v1/session', problem(429, 'slow_down')],
  ])('AP2 sees %s: %s', async (_, why, method, path, response) => {
    expect(await wrong(method, path, response)).toContain(why)
  })

  it.each([
    ['GET', '/api/v1/session', Response.json(session)],
    ['GET', '/api/v1/session', problem(401, 'unauthenticated')],
    ['GET', '/api/v1/nowhere', problem(404, 'not_found')],
    ['DELETE', '/api/v1/session', new Response(null, { status: 204 })],
    ['POST', '/api/v1/conversations/x/commands', problem(409, 'stale_lease')],
  ])('AP2 lets %s %s answer as it should', async (method, path, response) => {
    expect(await wrong(method, path, response)).toBeUndefined()
  })

  it('AP2 follows references into the depth', async () => {
    const document = await reference()
    const validator = validatorOf(document, { $ref: '#/components/schemas/EntryList' })
    const entry = { seq: 1, pub: 1, at: 1, id: 'x', from: { role: 'system' }, body: { type: 'reopened' } }
    expect(validator.validate({ items: [entry], next: null }).valid).toBe(true)
    const strange = { ...entry, body: { type: 'reopened', by: 'nobody' } }
    expect(validator.validate({ items: [strange], next: null }).valid).toBe(false)
  })
})

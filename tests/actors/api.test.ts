/** The reference of the API: one document, printed from what is served, and a page that shows it. */
import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { doors } from '../../worker/api/reference/doors.ts'
import { routes } from '../../worker/api/routes.ts'

const origin = 'https://parley.example'
const get = (path: string) => exports.default.fetch(new Request(`${origin}${path}`))

/** What somebody has who knows nothing but the document's address. */
interface Read {
  openapi: string
  paths: Record<string, Record<string, { operationId: string; responses: object; security: Record<string, unknown>[] }>>
  components: { schemas: Record<string, object>; securitySchemes: Record<string, { name?: string }> }
}
const read = async (): Promise<Read> => (await get('/api/openapi.json')).json()

const inDocument = (path: string) => path.replace(/:(\w+)/g, '{$1}')

describe('the reference', () => {
  it('AP1 has every route of the table and every door, and nothing else', async () => {
    const { openapi, paths } = await read()
    expect(openapi).toBe('3.1.0')
    const printed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const served = [...routes, ...doors].map(({ method, path }) => `${method} ${inDocument(path)}`)
    expect(printed.sort()).toEqual(served.sort())
  })

  it('AP1 points only to what is in it, and names each operation once', async () => {
    const { paths, components } = await read()
    const refs = new Set(JSON.stringify({ paths, components }).match(/#\/components\/schemas\/\w+/g))
    expect([...refs].filter((ref) => !(ref.slice('#/components/schemas/'.length) in components.schemas))).toEqual([])
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
    const ids = operations.map(({ operationId }) => operationId)
    expect(ids).toEqual([...new Set(ids)])
    const schemes = operations.flatMap(({ security }) => security.flatMap((scheme) => Object.keys(scheme)))
    expect(new Set(schemes)).toEqual(new Set(Object.keys(components.securitySchemes)))
  })

  it('AP1 lets answers have the fields it names and no others', async () => {
    const { components } = await read()
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

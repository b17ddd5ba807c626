/// <reference path="../../types/oidc-provider.d.ts" />
/** Signing in at an identity provider: the whole way, against a real provider and a real server. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../scripts/lib/process.mjs'
import { migrate, startServer } from '../../scripts/lib/server.mjs'
import { seedDatabase } from '../../scripts/seed.mjs'
import { emailOf, makeCompany, makeConfig, password, staff } from '../browser/kit/companies.ts'

const dir = mkdtempSync(join(tmpdir(), 'parley-oidc-'))
const company = 'acme'
let product: Awaited<ReturnType<typeof startServer>>
let provider: Server

/** Whom the provider knows, by what they type in there. */
const accounts: Record<string, { email: string; email_verified: boolean }> = {
  ada: { email: emailOf(company, 'ada'), email_verified: true },
  unverified: { email: emailOf(company, 'ada'), email_verified: false },
  stranger: { email: 'somebody@else.example', email_verified: true },
  // Its small letter is the k of Kim.
  kelvin: { email: emailOf(company, '\u212aim'), email_verified: true },
}

/** A browser as far as signing in needs one: cookies by host, redirects by hand, forms by their fields. */
class Browser {
  readonly #cookies = new Map<string, Map<string, string>>()

  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const { host, origin } = new URL(url)
    const jar = this.#cookies.get(host) ?? new Map<string, string>()
    this.#cookies.set(host, jar)
    const headers = new Headers({ origin, ...Object.fromEntries(new Headers(init.headers)) })
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  /** Goes where it is led, filling in the provider's forms, until `end` is reached; the last address. */
  async follow(start: string, login: string, end: RegExp): Promise<string> {
    let url = start
    for (let hops = 0; hops < 20; hops += 1) {
      let response = await this.ask(url)
      if (response.status === 200) {
        const page = await response.text()
        const action = /action="([^"]+)"/.exec(page)?.[1] ?? ''
        const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? ''
        const body = new URLSearchParams({ prompt, login, password: 'any' })
        response = await this.ask(new URL(action, url).href, { method: 'POST', body })
      }
      const location = response.headers.get('location')
      if (location === null) throw new Error(`${url} leads nowhere: ${response.status} ${await response.text()}`)
      url = new URL(location, url).href
      if (end.test(url)) return url
    }
    throw new Error(`never arrived: ${url}`)
  }
}

const signIn = (path = '') => `${product.url}/sign-in/oidc/${company}${path}`

beforeAll(async () => {
  const [port, ours] = [await freePort(), await freePort()]
  const issuer = `http://localhost:${port}`
  const oidc = new Provider(issuer, {
    clients: [
      {
        client_id: 'parley',
        client_secret: 'a client secret of thirty-two letters',
        redirect_uris: [`http://localhost:${ours}/sign-in/oidc/${company}/callback`],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
  })
  provider = createServer(oidc.callback()).listen(port, '127.0.0.1')
  const stateDir = join(dir, 'state')
  await migrate(stateDir)
  await seedDatabase({
    stateDir,
    companies: [makeCompany(company, { ...staff, kim: { name: 'Kim', role: 'administrator' } })],
  })
  const vars = { PARLEY_LOOPBACK: String(port) }
  product = await startServer({ port: ours, stateDir, logFile: join(dir, 'server.log'), vars })
  const olga = new Browser()
  const send = async (method: string, path: string, body: object) => {
    const headers = { 'idempotency-key': 'the-first-config' }
    const answer = await olga.ask(`${product.url}${path}`, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  }
  await send('POST', '/api/v1/session', { email: emailOf(company, 'olga'), password })
  const session = { oidc: { issuer, clientId: 'parley' } }
  await send('PUT', '/api/v1/config', { ...makeConfig(), policies: { session } })
  await send('PUT', '/api/v1/secrets/oidc', { value: 'a client secret of thirty-two letters' })
}, 90_000)

afterAll(async () => {
  provider?.close()
  provider?.closeAllConnections()
  await product?.stop()
  rmSync(dir, { recursive: true, force: true })
})

it('SC12: who is staff comes in by a verified address, with a session like any other', async () => {
  const browser = new Browser()
  const end = await browser.follow(signIn(), 'ada', /localhost:\d+\/($|\?sign-in)/)
  expect(end).toBe(`${product.url}/`)
  const session = await browser.ask(`${product.url}/api/v1/session`)
  expect(await session.json()).toMatchObject({ staff: { id: 'ada' }, organisation: { id: company } })
})

it.each([
  ['unverified', 'unverified'],
  ['stranger', 'stranger'],
  ['kelvin', 'stranger'],
])('SC12: who is %s stays outside', async (login, trouble) => {
  const browser = new Browser()
  const end = await browser.follow(signIn(), login, /localhost:\d+\/($|\?sign-in)/)
  expect(new URL(end).searchParams.get('sign-in')).toBe(trouble)
  expect((await browser.ask(`${product.url}/api/v1/session`)).status).toBe(401)
})

it('SC12: an answer that another browser asked for, or that was changed, opens nothing', async () => {
  const victim = new Browser()
  const callback = await new Browser().follow(signIn(), 'ada', /\/callback\?/)
  const troubleOf = async (browser: Browser, url: string) =>
    new URL((await browser.ask(url)).headers.get('location') ?? '', product.url).searchParams.get('sign-in')
  expect(await troubleOf(victim, callback)).toBe('failed')
  await victim.ask(signIn())
  expect(await troubleOf(victim, callback)).toBe('failed')
  const browser = new Browser()
  const own = new URL(await browser.follow(signIn(), 'ada', /\/callback\?/))
  own.searchParams.set('code', 'another')
  expect(await troubleOf(browser, own.href)).toBe('failed')
})

it('SC12: an organisation without a provider says so', async () => {
  const answer = await fetch(`${product.url}/sign-in/oidc/birch`, { redirect: 'manual' })
  expect(answer.headers.get('location')).toBe('/?sign-in=none')
})

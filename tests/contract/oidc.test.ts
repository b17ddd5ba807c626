/** Signing in at an identity provider, and the commands that change who may: against a real provider and a real server. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { freePort } from '../../scripts/lib/process.mjs'
import { readSecrets } from '../../scripts/lib/secrets.mjs'
import { migrate, startServer } from '../../scripts/lib/server.mjs'
import { seedDatabase } from '../../scripts/seed.mjs'
import { fromBase32, totpAt } from '../../worker/auth/totp.ts'
import { emailOf, makeCompany, makeConfig, password, staff } from '../browser/kit/companies.ts'
import { fetchAny, heldFetch } from '../support/held-fetch.ts'
import { clientId, clientSecret, type RunningProvider, startProvider } from '../support/provider.ts'
import { admin } from './admin-command.ts'
import { Browser } from './browser.ts'

// Each command starts a wrangler of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 90_000 })

const dir = mkdtempSync(join(tmpdir(), 'parley-oidc-'))
const state = join(dir, 'state')
const log = join(dir, 'server.log')
const company = 'acme'
let product: Awaited<ReturnType<typeof startServer>>
let provider: RunningProvider

/** Whom the provider knows, by what they type in there. */
const accounts = {
  ada: { email: emailOf(company, 'ada'), email_verified: true },
  unverified: { email: emailOf(company, 'ada'), email_verified: false },
  stranger: { email: 'somebody@else.example', email_verified: true },
  // Its small letter is the k of Kim.
  kelvin: { email: emailOf(company, '\u212aim'), email_verified: true },
}

const signIn = (path = '') => `${product.url}/sign-in/oidc/${company}${path}`

/** Somebody who has signed in with the password. */
async function enter(who: string, more: object = {}): Promise<Browser> {
  const browser = new Browser()
  await browser.send('POST', `${product.url}/api/v1/session`, { email: emailOf(company, who), password, ...more })
  return browser
}

const serve = async (port: number, providerPort: number) => {
  const vars = { PARLEY_LOOPBACK: String(providerPort) }
  product = await startServer({ port, stateDir: state, logFile: log, vars })
}

beforeAll(async () => {
  // Keys of its own: the other servers of this machine keep theirs.
  vi.stubEnv('PARLEY_VARS', join(dir, 'vars'))
  const [port, ours] = [await freePort(), await freePort()]
  provider = await startProvider(port, [`http://localhost:${ours}/sign-in/oidc/${company}/callback`], accounts)
  await migrate(state)
  const people = { ...staff, kim: { name: 'Kim', role: 'administrator' } }
  await seedDatabase({ stateDir: state, companies: [makeCompany(company, people)] })
  await serve(ours, port)
  const olga = await enter('olga')
  const session = { oidc: { issuer: provider.issuer, clientId } }
  const headers = { 'idempotency-key': 'the-first-config' }
  await olga.send('PUT', `${product.url}/api/v1/config?base=0`, { ...makeConfig(), policies: { session } }, headers)
  await olga.send('PUT', `${product.url}/api/v1/secrets/oidc`, { value: clientSecret })
}, 90_000)

afterAll(async () => {
  provider?.stop()
  await product?.stop()
  vi.unstubAllEnvs()
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
  const answer = await new Browser().ask(`${product.url}/sign-in/oidc/birch`)
  expect(answer.headers.get('location')).toBe('/?sign-in=none')
})

/** A console's socket: greeted, until it is closed. */
async function socketOf(browser: Browser, who: string): Promise<{ closed: Promise<{ code: number; at: number }> }> {
  const wanted = { kind: 'agent', id: who }
  const { ticket } = Object(await browser.send('POST', `${product.url}/api/v1/tickets`, wanted))
  const address = `${product.url.replace('http', 'ws')}/connect/agent/${who}`
  const socket = new WebSocket(address, ['parley.v1', `ticket.${ticket}`])
  const closed = new Promise<{ code: number; at: number }>((done) => {
    socket.addEventListener('close', ({ code }) => done({ code, at: performance.now() }))
  })
  await new Promise((open) => socket.addEventListener('open', open))
  socket.send(JSON.stringify({ t: 'hello', v: 1, client: 'client-0001' }))
  await new Promise((welcome) => socket.addEventListener('message', welcome))
  return { closed }
}

const typed = (...args: string[]) => admin([...args, '--state', state])
const told = (...args: string[]) => typed('staff', ...args, '--url', product.url)

describe('a change at the command line', () => {
  it('SC3: closes what is open in their browsers within two seconds, and nobody else is touched', async () => {
    const sockets = {
      ada: await socketOf(await enter('ada'), 'ada'),
      ben: await socketOf(await enter('ben'), 'ben'),
    }
    const expectClosed = async (who: keyof typeof sockets, ...args: string[]) => {
      const { code, stderr } = await told(...args)
      const ended = performance.now()
      expect([code, stderr]).toEqual([0, expect.stringContaining(`POST ${product.url}/api/ops/told`)])
      const closed = await sockets[who].closed
      expect(closed.code).toBe(4401)
      expect(closed.at - ended).toBeLessThan(2_000)
    }
    let isOpen = true
    void sockets.ben.closed.then(() => (isOpen = false))
    await expectClosed('ada', 'role', emailOf(company, 'ada'), 'supervisor')
    expect(isOpen).toBe(true)
    await expectClosed('ben', 'deactivate', emailOf(company, 'ben'))
    const kim = await enter('kim')
    expect((await told('signout', emailOf(company, 'kim'))).stdout).toContain('is signed out everywhere')
    expect((await kim.ask(`${product.url}/api/v1/session`)).status).toBe(401)
    const unknown = { organisation: company, act: '0'.repeat(26) }
    const answer = await heldFetch(`${product.url}/api/ops/told`, { method: 'POST', body: JSON.stringify(unknown) })
    expect(answer.status).toBe(404)
  })

  it('SC9: takes away a second factor that is lost, and with it every session', async () => {
    const kim = await enter('kim')
    const factor = `${product.url}/api/v1/session/factor`
    const { secret } = Object(await kim.send('POST', factor, { password }))
    await kim.send('PUT', factor, { code: await totpAt(fromBase32(secret), Math.floor(Date.now() / 30_000)) })
    await expect(enter('kim')).rejects.toThrow('second_factor')
    const { stdout, stderr } = await told('factor', emailOf(company, 'kim'))
    expect(stdout).toContain('has no second factor')
    expect(`${stdout}${stderr}`).not.toContain(secret)
    expect((await kim.ask(factor)).status).toBe(401)
    const again = await enter('kim')
    expect(await (await again.ask(factor)).json()).toMatchObject({ on: false, recoveryCodesLeft: 0 })
  })

  it('SC10: replaces the key that seals; what was sealed opens as before, and no value is printed or logged', async () => {
    const said: string[] = []
    const secrets = async (part: string) => {
      const { stdout, stderr } = await typed('secrets', part)
      said.push(stdout, stderr)
      return `${stdout}${stderr}`
    }
    const before = readSecrets()
    expect(await secrets('list')).toMatch(/^acme +oidc +PARLEY_VAULT_1 /m)
    expect(await secrets('rotate')).toContain('PARLEY_VAULT_2 seals from now on')
    expect(await secrets('retire')).toContain('still sealed by older keys')
    const { port } = product
    await product.stop()
    await serve(port, Number(new URL(provider.issuer).port))
    // The minute's duties, which nobody rings here.
    await fetchAny(`${product.url}/cdn-cgi/local/scheduled`)
    expect(await secrets('list')).toMatch(/^acme +oidc +PARLEY_VAULT_2 /m)
    expect(await secrets('retire')).toContain('PARLEY_VAULT_2 is the only one now')
    const after = readSecrets()
    expect(Object.keys(after).sort()).toEqual(['PARLEY_SECRET', 'PARLEY_VAULT_2'])
    await product.stop()
    await serve(port, Number(new URL(provider.issuer).port))
    const end = await new Browser().follow(signIn(), 'ada', /localhost:\d+\/($|\?sign-in)/)
    expect(end).toBe(`${product.url}/`)
    const everything = [...said, readFileSync(log, 'utf8')].join()
    const values = [clientSecret, ...Object.values(before), ...Object.values(after)].map(String)
    expect(values.filter((value) => everything.includes(value))).toEqual([])
  })
})

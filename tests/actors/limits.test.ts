/** The brake on guessing passwords, and on strangers who open chats. */
import { evictDurableObject, listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { asId, type OrgId } from '../../core/ids.ts'
import { ChatSession, Problem } from '../../core/protocol/api.ts'
import { Counter, limits } from '../../worker/auth/limits.ts'
import { hashPassword } from '../../worker/auth/passwords.ts'
import { found } from './callers.ts'
import { fetchApi, origin } from './contract.ts'
import { env } from './env.ts'

const password = 'correct horse battery'

beforeAll(async () => {
  await found()
  await env.DB.prepare('update staff set password_hash = ?')
    .bind(await hashPassword(password))
    .run()
})
afterEach(() => {
  vi.useRealTimers()
})

const post = (path: string, body: object, headers: Record<string, string>) =>
  fetchApi(
    new Request(`${origin}${path}`, { method: 'POST', headers: { origin, ...headers }, body: JSON.stringify(body) }),
  )

const attempt = (who: string, address: string, secret = 'guess', cookie = '') =>
  post('/api/v1/session', { email: `${who}@acme.example`, password: secret }, { 'cf-connecting-ip': address, cookie })

const later = (minutes: number) => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + minutes * 60_000)
}

it('SC4: five guesses at an account, from wherever they come; then none for fifteen minutes', async () => {
  // Together, as a guesser would: every one is counted before its password is checked.
  const guesses = await Promise.all(Array.from({ length: 7 }, (_, n) => attempt('sam', `203.0.113.${n}`)))
  expect(guesses.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429, 429])
  const braked = await attempt('sam', '203.0.113.99', password)
  expect(Number(braked.headers.get('retry-after'))).toBeGreaterThan(840)
  expect(Problem.parse(await braked.json())).toMatchObject({ status: 429, code: 'slow_down' })
  for (const id of await listDurableObjectIds(env.LIMITER))
    await evictDurableObject(env.LIMITER.get(id)).catch(() => {})
  later(14)
  expect((await attempt('sam', '203.0.113.99', password)).status).toBe(429)
  later(2)
  expect((await attempt('sam', '203.0.113.99', password)).status).toBe(200)
})

it('SC4: five guesses from an address, whoever they are at; an account of its own wipes none of them out', async () => {
  const from = '203.0.114.1'
  for (const who of ['ada', 'olga', 'nobody', 'ghost']) expect((await attempt(who, from)).status).toBe(401)
  expect((await attempt('ben', from, password)).status).toBe(200)
  expect((await attempt('ada', from)).status).toBe(401)
  expect((await attempt('ben', from, password)).status).toBe(429)
  expect((await attempt('ada', '203.0.114.2', password)).status).toBe(200)
})

it('SC4: a browser that has signed in before is not locked out by others', async () => {
  const signedIn = await attempt('ada', '203.0.115.1', password)
  const device = signedIn.headers.getSetCookie().find((cookie) => cookie.startsWith('__Host-parley_device='))
  const cookie = device?.split(';')[0] ?? ''
  for (let n = 0; n < 5; n += 1) await attempt('ada', '203.0.115.2')
  expect((await attempt('ada', '203.0.115.1', password)).status).toBe(429)
  expect((await attempt('ada', '203.0.115.1', password, cookie)).status).toBe(200)
  for (let n = 0; n < 5; n += 1) expect((await attempt('ada', '203.0.115.1', 'guess', cookie)).status).toBe(401)
  expect((await attempt('ada', '203.0.115.1', password, cookie)).status).toBe(429)
})

it('SC5: strangers from one address open so many chats of an organisation a minute; who is known comes back', async () => {
  const open = (org: string, more: object = {}) =>
    post(
      `/channels/chat/${org}/session`,
      { command: crypto.randomUUID(), ...more },
      { 'cf-connecting-ip': '203.0.116.1' },
    )
  const { visitor } = ChatSession.parse(await (await open('acme')).json())
  const counter = await Counter.of(env, 'stranger', ['203.0.116.1'], asId<OrgId>('acme'))
  for (let n = 1; n < limits.stranger.tries; n += 1) expect(await counter.take()).toBe(0)
  expect((await open('acme')).status).toBe(429)
  expect((await open('acme', { visitor })).status).toBe(200)
  expect((await open('birch')).status).toBe(200)
  later(1)
  expect((await open('acme')).status).toBe(200)
})

it('SC4: what is over is forgotten', async () => {
  later(60)
  let kept = 0
  for (const id of await listDurableObjectIds(env.LIMITER)) {
    await runDurableObjectAlarm(env.LIMITER.get(id))
    kept += await runInDurableObject(env.LIMITER.get(id), ({ actor }) => actor.state.counts.size)
  }
  expect(kept).toBe(0)
})

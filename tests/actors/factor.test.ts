/** The second factor: turning it on and off, signing in with it, having to; and what an organisation keeps sealed. */
import { beforeAll, expect, it } from 'vitest'
import { FactorSecret, RecoveryCodes, Session } from '../../core/protocol/api.ts'
import { hashPassword } from '../../worker/auth/passwords.ts'
import { fromBase32, totpAt } from '../../worker/auth/totp.ts'
import { resealSome } from '../../worker/db/secrets.ts'
import { call as ask, configOf, found, memberOf, publish } from './callers.ts'
import { fetchApi, origin } from './contract.ts'
import { env } from './env.ts'

const password = 'correct horse battery'
const factor = '/api/v1/session/factor'

beforeAll(async () => {
  await found()
  await env.DB.prepare('update staff set password_hash = ?')
    .bind(await hashPassword(password))
    .run()
})

const call = async (method: string, path: string, body?: object, cookie = '', from = '203.0.113.1') =>
  fetchApi(
    new Request(`${origin}${path}`, {
      method,
      headers: { origin, cookie, 'cf-connecting-ip': from },
      body: body === undefined ? null : JSON.stringify(body),
    }),
  )
const signIn = (who: string, code?: string, from?: string) =>
  call('POST', '/api/v1/session', { email: `${who}@acme.example`, password, code }, '', from)
const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
const codeOf = (secret: string, steps = 0) => totpAt(fromBase32(secret), Math.floor(Date.now() / 30_000) + steps)

/** Turns it on; the app's secret and the recovery codes. */
async function turnOn(cookie: string) {
  const { secret, address } = FactorSecret.parse(await (await call('POST', factor, { password }, cookie)).json())
  expect(address).toContain(`secret=${secret}`)
  const confirmed = await call('PUT', factor, { code: await codeOf(secret, -1) }, cookie)
  return { secret, codes: RecoveryCodes.parse(await confirmed.json()).codes }
}

it('SC9: once on, the password alone opens nothing; each code opens once', async () => {
  const cookie = cookieOf(await signIn('ada'))
  expect((await call('POST', factor, { password: 'wrong' }, cookie)).status).toBe(400)
  const { secret, codes } = await turnOn(cookie)
  const stored = await env.DB.prepare('select * from secrets').all()
  expect(JSON.stringify(stored.results)).not.toContain(secret)
  expect(await (await signIn('ada')).json()).toMatchObject({ status: 401, code: 'second_factor' })
  expect((await signIn('ada', '000000')).status).toBe(401)
  const code = await codeOf(secret)
  expect((await signIn('ada', code)).status).toBe(200)
  expect((await signIn('ada', code)).status).toBe(401)
  const [recovery = ''] = codes
  expect(codes).toHaveLength(10)
  expect((await signIn('ada', recovery.toUpperCase())).status).toBe(200)
  expect((await signIn('ada', recovery)).status).toBe(401)
  expect(await (await call('GET', factor, undefined, cookie)).json()).toEqual({
    on: true,
    required: false,
    recoveryCodesLeft: 9,
  })
  expect((await call('POST', `${factor}/off`, { code: codes[1] }, cookie)).status).toBe(204)
  expect((await signIn('ada')).status).toBe(200)
})

it('SC9: codes are guessed five times, then not for fifteen minutes', async () => {
  const cookie = cookieOf(await signIn('ben'))
  const { secret } = await turnOn(cookie)
  for (let n = 0; n < 5; n += 1) expect((await signIn('ben', '000000', `203.0.114.${n}`)).status).toBe(401)
  expect((await signIn('ben', await codeOf(secret), '203.0.114.9')).status).toBe(429)
})

it('SC9: who has to have one can do nothing before it is on, and cannot turn it off', async () => {
  const config = { ...configOf('acme'), policies: { session: { totp: ['supervisor'] } } }
  expect((await publish(config)).status).toBe(200)
  const signedIn = await signIn('sam', undefined, '203.0.115.1')
  expect(Session.parse(await signedIn.clone().json()).mustEnrol).toBe(true)
  const cookie = cookieOf(signedIn)
  const tries = [
    () => call('GET', '/api/v1/queues', undefined, cookie),
    () => call('POST', '/api/v1/tickets', { kind: 'queue', id: 'acme-sales' }, cookie),
  ]
  for (const one of tries) expect(await (await one()).json()).toMatchObject({ status: 401, code: 'second_factor' })
  const { codes } = await turnOn(cookie)
  for (const one of tries) expect((await one()).status).toBe(200)
  expect((await call('POST', `${factor}/off`, { code: codes[0] }, cookie)).status).toBe(403)
})

it('SC10: a secret is set and taken away by administrators, read back by nobody, and sealed anew under a new key', async () => {
  const as = memberOf('olga')
  const path = '/api/v1/secrets/oidc'
  expect((await ask('PUT', path, { as, body: { value: 'the client secret' } })).status).toBe(204)
  expect((await ask('PUT', '/api/v1/secrets/nothing', { as, body: { value: 'x' } })).status).toBe(404)
  const listed = await (await ask('GET', '/api/v1/secrets', { as })).json()
  expect(listed).toMatchObject({ items: [{ name: 'oidc', key: 1 }] })
  expect(JSON.stringify(listed)).not.toContain('client secret')
  const rotated = { ...env, PARLEY_VAULT_2: btoa('2'.repeat(32)).replaceAll('=', '') }
  expect(await resealSome(rotated)).toBeGreaterThan(0)
  expect(await resealSome(rotated)).toBe(0)
  expect(await (await ask('GET', '/api/v1/secrets', { as })).json()).toMatchObject({ items: [{ key: 2 }] })
  expect((await ask('DELETE', path, { as })).status).toBe(204)
  expect((await ask('DELETE', path, { as })).status).toBe(404)
})

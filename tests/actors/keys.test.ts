/** API keys: made, used, limited, over; nothing of a secret stays anywhere. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { AuditList, KeyList, KeyWithSecret } from '../../core/protocol/administration.ts'
import { ConfigVersionList, Problem } from '../../core/protocol/api.ts'
import { limits } from '../../worker/auth/limits.ts'
import { call, configOf, cookieOf, found, type Key, memberOf } from './callers.ts'
import { origin } from './contract.ts'
import { env } from './env.ts'

beforeAll(found)
afterEach(() => {
  vi.useRealTimers()
})

const path = '/api/v1/keys'
const olga = { as: memberOf('olga') }
const minute = 60_000

async function make(more: object = {}, as = olga.as) {
  const body = { name: 'The CRM', scopes: ['record.read', 'config.read', 'config.publish'], ...more }
  const { key, secret } = KeyWithSecret.parse(await (await call('POST', path, { as, body })).json())
  return { ...key, secret, as: { key: secret } }
}
const list = async (query = '') => KeyList.parse(await (await call('GET', `${path}?${query}`, olga)).json())
const shown = async (id: string) => (await list()).items.find((key) => key.id === id)
const read = (as: Key, headers = {}) => call('GET', '/api/v1/conversations', { as, headers })
const codeOf = async (response: Response) => (response.ok ? 'ok' : Problem.parse(await response.json()).code)
const acts = async (query: string) => AuditList.parse(await (await call('GET', `/api/v1/audit?${query}`, olga)).json())

describe('an API key', () => {
  it('KY1 is shown once, and kept as a hash; no list, no row and no act has its secret', async () => {
    const { secret, start, id } = await make()
    expect(secret).toMatch(/^prl_acme_[A-Za-z0-9_-]{43}$/)
    expect(secret.startsWith(start)).toBe(true)
    const unknown = secret.slice(start.length)
    const tables = await env.DB.batch(
      ['api_keys', 'audit', 'kept_answers'].map((t) => env.DB.prepare(`select * from ${t}`)),
    )
    const everywhere = JSON.stringify([tables, await list(), await acts('kind=key')])
    expect(everywhere).toContain(id)
    expect(everywhere).not.toContain(unknown)
  })

  it('KY2 asks without cookie and origin, and what it does is done in its name', async () => {
    const { id, as } = await make()
    expect(await codeOf(await read(as))).toBe('ok')
    const body = { ...configOf('acme'), organisation: 'Acme by the CRM' }
    const headers = { 'idempotency-key': 'a-version-of-the-crm', origin: 'https://crm.example' }
    expect(await codeOf(await call('PUT', '/api/v1/config?base=1', { as, body, headers }))).toBe('ok')
    const versions = await call('GET', '/api/v1/config/versions?limit=1', { as })
    const [newest] = ConfigVersionList.parse(await versions.json()).items
    expect(newest).toMatchObject({ by: id, byName: 'The CRM' })
  })

  it('KY2 counts alone: a cookie beside it makes nobody of its bearer', async () => {
    const { as } = await make({ scopes: ['ops.read'] })
    const cookie = await cookieOf(memberOf('olga'))
    expect(await codeOf(await read(as, { cookie, origin }))).toBe('forbidden')
    expect(await codeOf(await read({ key: `${as.key.slice(0, -1)}!` }, { cookie, origin }))).toBe('unauthenticated')
  })

  it.each([
    ['unknown', async () => ({ key: `prl_acme_${'x'.repeat(43)}` })],
    ["in another organisation's name", async () => ({ key: (await make()).secret.replace('acme', 'birch') })],
    ['cut off', async () => ({ key: (await make()).secret.slice(0, -1) })],
    ['of no form', async () => ({ key: 'prl_' })],
  ])('KY3 that is %s is no key', async (_, key) => {
    expect(await codeOf(await read(await key()))).toBe('unauthenticated')
  })

  it('KY3 runs out when it was to', async () => {
    const expiresAt = Date.now() + minute
    const { as } = await make({ expiresAt })
    expect(await codeOf(await read(as))).toBe('ok')
    later(minute)
    expect(await codeOf(await read(as))).toBe('unauthenticated')
  })

  it('KY3 is revoked at once and once, and stays in the list', async () => {
    const { id, as } = await make()
    const revoke = () => call('DELETE', `${path}/${id}`, olga)
    expect((await revoke()).status).toBe(204)
    expect(await codeOf(await read(as))).toBe('unauthenticated')
    const revokedAt = (await shown(id))?.revokedAt
    later(minute)
    expect((await revoke()).status).toBe(204)
    expect((await shown(id))?.revokedAt).toBe(revokedAt)
    expect((await acts(`object=${id}`)).items.map(({ action }) => action)).toEqual(['key.revoke', 'key.create'])
  })

  it('KY3 of another organisation is not there', async () => {
    const theirs = await make({}, memberOf('otto'))
    expect(theirs.secret).toMatch(/^prl_birch_/)
    expect(await codeOf(await call('DELETE', `${path}/${theirs.id}`, olga))).toBe('not_found')
    expect(await shown(theirs.id)).toBeUndefined()
    expect(await codeOf(await read(theirs.as))).toBe('ok')
  })

  it('KY4 says when it was last used, to the minute', async () => {
    const { id, as } = await make()
    expect((await shown(id))?.usedAt).toBeNull()
    const first = later(0)
    await read(as)
    later(minute - 1)
    await read(as)
    expect((await shown(id))?.usedAt).toBe(first)
    const third = later(1)
    await read(as)
    expect((await shown(id))?.usedAt).toBe(third)
  })

  it('KY4 is told to slow down after so many requests in a minute, and no other key is', async () => {
    const [busy, quiet] = [await make({ scopes: ['names.desk'] }), await make({ scopes: ['names.desk'] })]
    const ask = (as: Key) => call('GET', '/api/v1/desk', { as })
    later(0)
    for (let left = limits.key.tries; left > 0; left -= 20) {
      await Promise.all(Array.from({ length: 20 }, () => ask(busy.as)))
    }
    const refused = await ask(busy.as)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    expect((await ask(quiet.as)).status).toBe(200)
    later(minute)
    expect((await ask(busy.as)).status).toBe(200)
  })

  it('KY5 is made by administrators, of what keys can be given and with an end to come; that is an act', async () => {
    const { id } = await make()
    const [act] = (await acts(`object=${id}`)).items
    expect(act).toMatchObject({ by: { id: 'olga' }, action: 'key.create', object: { kind: 'key', id } })
    expect(act?.after).toEqual({
      name: 'The CRM',
      scopes: ['record.read', 'config.read', 'config.publish'],
      expiresAt: null,
    })
    const wrong = async (more: object) => {
      const answer = await call('POST', path, { ...olga, body: { name: 'X', scopes: ['ops.read'], ...more } })
      return Problem.parse(await answer.json()).errors?.map(({ field }) => field)
    }
    expect(await wrong({ scopes: ['ops.read', 'staff.create'] })).toEqual(['scopes.1'])
    expect(await wrong({ scopes: [] })).toEqual(['scopes'])
    expect(await wrong({ name: ' ' })).toEqual(['name'])
    expect(await wrong({ expiresAt: Date.now() - 1 })).toEqual(['expiresAt'])
  })

  it('KY5 is listed page by page', async () => {
    const all = (await list()).items.map(({ id }) => id)
    const first = await list('limit=2')
    const rest = await list(`after=${first.next}`)
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(all)
    expect(rest.next).toBeNull()
  })
})

/** Sets the clock forward and stops it there. */
function later(ms: number): number {
  const at = Date.now() + ms
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(at)
  return at
}

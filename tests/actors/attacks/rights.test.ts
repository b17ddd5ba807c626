/** Attempts of members and programs to become more than they are. */
import { beforeAll, expect, it } from 'vitest'
import { AuditList } from '../../../core/protocol/administration.ts'
import { Problem } from '../../../core/protocol/api.ts'
import { keyActions } from '../../../core/protocol/permissions.ts'
import { call, configOf, found, type Key, keyFor, type Member, memberOf, newestVersion } from '../callers.ts'

beforeAll(found)

const olga = memberOf('olga')
const max = memberOf('max')
const oidc = { issuer: 'https://login.max.example', clientId: 'parley' }
const publish = async (as: Member | Key, session: object) =>
  call('PUT', `/api/v1/config?base=${await newestVersion(olga)}`, {
    as,
    body: { ...configOf('acme'), policies: { session } },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
const versionOf = async (response: Response): Promise<number> => {
  const { version } = (await response.json()) as { version: number }
  return version
}

it('SC15: who says how people sign in could sign in as anybody: only administrators do', async () => {
  const key = await keyFor(keyActions)
  for (const as of [max, key])
    for (const session of [{ oidc }, { lifetime: 30 * 86_400_000 }, { totp: ['administrator'] }]) {
      const answer = await publish(as, session)
      expect(answer.status).toBe(403)
      expect(Problem.parse(await answer.json()).errors).toMatchObject([{ field: 'policies.session' }])
    }
  // What leaves it as it is may be published by those who might before, also under what an administrator has set.
  expect((await publish(max, {})).status).toBe(200)
  const before = await versionOf(await publish(olga, { oidc }))
  expect((await publish(key, { oidc })).status).toBe(200)
  const without = await versionOf(await publish(olga, {}))
  const back = async (as: Member, version: number) =>
    call('POST', `/api/v1/config/versions/${version}/return`, {
      as,
      body: { base: await newestVersion(olga) },
      headers: { 'idempotency-key': crypto.randomUUID() },
    })
  expect((await back(max, before)).status).toBe(403)
  expect((await back(max, without)).status).toBe(200)
  expect((await back(olga, before)).status).toBe(200)
})

it('AU1: a secret that is set or taken away stands in the audit, without its value', async () => {
  const path = '/api/v1/secrets/oidc'
  expect((await call('PUT', path, { as: olga, body: { value: 'a value to be seen nowhere' } })).status).toBe(204)
  expect((await call('DELETE', path, { as: olga })).status).toBe(204)
  expect((await call('DELETE', path, { as: olga })).status).toBe(404)
  const answer = await call('GET', '/api/v1/audit?action=secrets.manage', { as: olga })
  const text = await answer.text()
  expect(text).not.toContain('a value to be seen nowhere')
  const { items } = AuditList.parse(JSON.parse(text))
  expect(items.map(({ object, before, after }) => [object, before, after])).toEqual([
    [{ kind: 'secret', id: 'oidc' }, { set: true }, null],
    [{ kind: 'secret', id: 'oidc' }, null, { set: true }],
  ])
})

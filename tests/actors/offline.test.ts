/** What a browser is given to keep things under for the time without a network. */
import { beforeAll, expect, it } from 'vitest'
import { OfflineGrant } from '../../core/protocol/api.ts'
import { call, configOf, forgetSessions, found, memberOf, publish } from './callers.ts'

const path = '/api/v1/session/offline'
const grantOf = async (who: string) => OfflineGrant.parse(await (await call('GET', path, { as: memberOf(who) })).json())

beforeAll(found)

it('OL1: a session has one key, another session another, of the same person too, and nobody has one without', async () => {
  const first = await grantOf('ada')
  expect(first).toMatchObject({ on: true })
  expect(await grantOf('ada')).toEqual(first)
  forgetSessions()
  const keys = [first, await grantOf('ada'), await grantOf('ben'), await grantOf('bea')].map((grant) =>
    grant.on ? grant.key : 'none',
  )
  expect(new Set(keys).size).toBe(4)
  expect(keys).not.toContain('none')
  expect((await call('GET', path)).status).toBe(401)
})

it('OL5: an organisation that wants nothing kept hands out no key', async () => {
  const policies = { session: { offline: false } }
  expect((await publish({ ...configOf('acme'), policies })).status).toBe(200)
  expect(await grantOf('ada')).toEqual({ on: false })
  expect(await grantOf('bea')).toMatchObject({ on: true })
})

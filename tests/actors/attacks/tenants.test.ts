/** Attempts of one organisation on another, beyond the matrix of routes: through actors, keys of requests, what is restored. */
import { listDurableObjectIds } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import { call, found, memberOf } from '../callers.ts'
import { fetchApi, origin } from '../contract.ts'
import { env } from '../env.ts'

beforeAll(found)

it('SC16: a name that nobody has makes no actor: not at the chat, not at the door of an identity provider', async () => {
  const before = (await listDurableObjectIds(env.BOOK)).length
  const ask = (path: string) =>
    fetchApi(new Request(`${origin}${path}`, { headers: { origin: 'https://shop.example' } }))
  expect((await ask('/channels/chat/nobody-1/page')).status).toBe(404)
  const paths = ['/widget/?organisation=nobody-2', '/sign-in/oidc/nobody-3', '/sign-in/oidc/nobody-4/callback?code=x']
  for (const path of paths) await exports.default.fetch(new Request(`${origin}${path}`))
  expect((await listDurableObjectIds(env.BOOK)).length).toBe(before)
})

it('AP5: a key of a request is its caller’s own: another’s, and another organisation’s, is another key', async () => {
  const headers = { 'idempotency-key': 'the-same-key-for-all' }
  const ask = (who: string, actor: string) =>
    call('POST', '/api/ops/replay', { as: memberOf(who), body: { actor }, headers })
  expect((await ask('olga', 'acme/queue/none')).status).toBe(404)
  expect((await ask('olga', 'acme/queue/other')).status).toBe(400)
  expect((await ask('eve', 'acme/queue/other')).status).toBe(404)
  expect((await ask('otto', 'acme/queue/third')).status).toBe(404)
})

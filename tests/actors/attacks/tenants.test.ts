/** Attempts of one organisation on another, beyond the matrix of routes: through actors, keys of requests, what is restored. */
import { listDurableObjectIds } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { address, asId, type ConversationId } from '../../../core/ids.ts'
import { Ticket } from '../../../core/protocol/api.ts'
import { routes } from '../../../worker/api/routes.ts'
import { base64url, deriveKey } from '../../../worker/auth/keys.ts'
import { signTicket } from '../../../worker/auth/tokens.ts'
import { call, memberOf } from '../callers.ts'
import { fetchApi, origin } from '../contract.ts'
import { env } from '../env.ts'
import { play, talkOf, theFile } from '../scene.ts'

beforeAll(async () => {
  await play()
})

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

describe('a place to go on from', () => {
  const paged = routes.flatMap(({ method, path, query }) => {
    const names = ['after', 'cursor'].filter((name) => query !== null && name in query.shape)
    return method === 'GET' && names.length > 0 ? [[path, names[0] ?? ''] as const] : []
  })
  it.each(paged)('PE3: %s shows nothing of another organisation, whatever is made up', async (path, name) => {
    const there = path.replaceAll(/:\w+/g, talkOf('bea'))
    const made = ['%', "' or 1=1 --", 'birch', 'birch/', '~', '0', '-1', talkOf('bea'), '9223372036854775807', '\uffff']
    for (const value of made) {
      const query = new URLSearchParams({ [name]: value, ...(path.endsWith('/search') ? { q: 'secret birch' } : {}) })
      const answer = await call('GET', `${there}?${query}`, { as: memberOf('olga') })
      expect(answer.status).toBeLessThan(500)
      expect(await answer.text()).not.toMatch(/a secret of birch|otto@|"bea"|birch\//)
    }
  })
})

describe('a ticket', () => {
  const frames = [{ t: 'hello', v: 1, client: 'client-0001' }]
  const poll = (ticket: string, id: string) =>
    call('POST', `/poll/conversation/${id}`, {
      headers: { authorization: `Bearer ${ticket}` },
      body: { frames, wait: 0 },
    })
  const file = (ticket: string, id: string) =>
    call('GET', `/files/${id}/${theFile}`, { headers: { authorization: `Bearer ${ticket}` } })

  it('WS10 FI7: of a customer opens its own conversation and the files of that, and no other', async () => {
    const customer = {
      kind: 'customer',
      org: 'acme',
      customer: 'customer-of-ada',
      conversation: talkOf('ada'),
    } as const
    const name = (org: string, id: string) => address(asId(org), 'conversation', asId<ConversationId>(id))
    const ticket = await signTicket(env.PARLEY_SECRET, name('acme', talkOf('ada')), customer)
    expect((await poll(ticket, talkOf('ada'))).status).toBe(200)
    expect((await file(ticket, talkOf('ada'))).status).toBe(200)
    for (const other of ['ben', 'bea']) {
      expect((await poll(ticket, talkOf(other))).status).toBe(401)
      expect((await file(ticket, talkOf(other))).status).toBe(404)
    }
  })

  it('WS10: that nobody signed, or somebody else, or that is for sockets, opens nothing', async () => {
    const claims = { principal: { kind: 'customer', org: 'acme', customer: 'c', conversation: talkOf('ada') } }
    const about = `acme/conversation/${talkOf('ada')}`
    const encode = (value: object) => base64url(new TextEncoder().encode(JSON.stringify(value)))
    const body = { ...claims, aud: about, exp: Math.floor(Date.now() / 1000) + 60 }
    const none = `${encode({ alg: 'none' })}.${encode(body)}.`
    const sign = (key: Uint8Array, alg = 'HS256') => new SignJWT(body).setProtectedHeader({ alg }).sign(key)
    const other = await sign(await deriveKey(env.PARLEY_SECRET, 'visitor'))
    const longer = await sign(new Uint8Array(64), 'HS512')
    const asked = await call('POST', '/api/v1/tickets', {
      as: memberOf('ada'),
      body: { kind: 'conversation', id: talkOf('ada') },
    })
    const { ticket: staff } = Ticket.parse(await asked.json())
    for (const ticket of [none, other, longer]) expect((await poll(ticket, talkOf('ada'))).status).toBe(401)
    for (const ticket of [none, other, longer, staff]) expect((await file(ticket, talkOf('ada'))).status).toBe(401)
  })
})

/** Requests that nobody means well by: forged by other pages, with names that are properties, sizes, letters and headers. */
import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { ChatSession, Problem } from '../../../core/protocol/api.ts'
import { scopeOf } from '../../../core/protocol/permissions.ts'
import { actionsOf } from '../../../worker/api/route.ts'
import { routes } from '../../../worker/api/routes.ts'
import { hashPassword } from '../../../worker/auth/passwords.ts'
import { mostConfig } from '../../../worker/body.ts'
import { call, configOf, cookieOf, found, memberOf, publish } from '../callers.ts'
import { fetchApi, origin } from '../contract.ts'
import { env } from '../env.ts'

const password = 'correct horse battery'

let cookie = ''
let chat: ChatSession
beforeAll(async () => {
  await found()
  cookie = await cookieOf(memberOf('olga'))
  await env.DB.prepare("update staff set password_hash = ? where id = 'olga'")
    .bind(await hashPassword(password))
    .run()
  const body = { command: crypto.randomUUID() }
  chat = ChatSession.parse(await (await call('POST', '/channels/chat/acme/session', { body })).json())
})

const olga = { as: memberOf('olga') }
const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const codeOf = async (response: Response) => (response.ok ? 'ok' : Problem.parse(await response.json()).code)
const pathOf = (path: string) => path.replaceAll(/:\w+/g, 'x')

describe('a page of another origin', () => {
  const unsafe = routes.filter(({ method }) => method !== 'GET')
  const sources: [string, Record<string, string>][] = [
    ['that its browser names', { origin: 'https://evil.example' }],
    ['that hides in a sandbox', { origin: 'null' }],
    ['that sends no origin', {}],
    ['of our site, on another name', { origin, 'sec-fetch-site': 'same-site' }],
    ['with our name on another port', { origin: `${origin}:8443` }],
    ['that our name begins', { origin: `${origin}.evil.example` }],
  ]
  it.each(sources)('SC2: %s gets nothing changed, whatever kind of body a form can send', async (_, headers) => {
    for (const { method, path } of unsafe)
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
        const sent = { cookie, 'content-type': type, ...headers }
        const request = new Request(`${origin}${pathOf(path)}`, { method, headers: sent, body: '{}' })
        expect([method, path, await codeOf(await fetchApi(request))]).toEqual([method, path, 'forbidden'])
      }
  })

  it('SC2: of another site leads nobody to what is not for everybody', async () => {
    const guarded = routes.filter(
      (route) =>
        route.method === 'GET' &&
        route.customers !== true &&
        actionsOf(route).some((action) => scopeOf('anyone', action) === 'none'),
    )
    expect(guarded.length).toBeGreaterThan(20)
    for (const { path } of guarded) {
      const headers = { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
      const answer = await fetchApi(new Request(`${origin}${pathOf(path)}`, { headers }))
      expect([path, await codeOf(answer)]).toEqual([path, 'forbidden'])
    }
    const typed = await fetchApi(
      new Request(`${origin}/api/v1/staff`, { headers: { cookie, 'sec-fetch-site': 'none' } }),
    )
    expect(typed.status).toBe(200)
  })
})

describe('names that every object has', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('BK3: %s is nobody and nothing', async (name) => {
    for (const body of [
      { kind: 'agent', id: name },
      { kind: 'queue', id: name },
    ])
      expect(await codeOf(await call('POST', '/api/v1/tickets', { ...olga, body }))).toBe('not_found')
    const config = JSON.stringify({ ...configOf('acme'), entrances: { chat: name.toLowerCase() } })
    expect(await codeOf(await publish(config))).toBe('bad_input')
    const into = JSON.stringify(configOf('acme')).replace('"agents":{', `"agents":{"${name}":{"name":"X","queues":[]},`)
    await publish(into)
    expect(Reflect.get({}, 'queues')).toBeUndefined()
    expect(await codeOf(await call('GET', '/api/v1/agents', olga))).toBe('ok')
    const back = await publish(configOf('acme'))
    expect(back.status).toBe(200)
  })
})

describe('what is too much', () => {
  it('AP8: depth and length are refused before they cost anything', async () => {
    const put = async (body: string) =>
      codeOf(await call('PUT', '/api/v1/config?base=1', { ...olga, body, headers: key() }))
    expect(await put('['.repeat(mostConfig))).toBe('bad_input')
    expect(await put('{"queues":'.repeat(mostConfig / 10 - 1))).toBe('bad_input')
    expect(await put(`${'['.repeat(500_000)}${']'.repeat(500_000)}`)).toBe('bad_input')
    const deep = `{"organisation":${'['.repeat(500_000)}${']'.repeat(500_000)}}`
    expect(await put(deep)).toBe('bad_input')
    expect(await put('x'.repeat(mostConfig + 1))).toBe('too_large')
    const where = '('.repeat(400_000)
    const step = { after: 0, queues: [{ queue: 'acme-sales', need: { where } }] }
    expect(await put(JSON.stringify({ ...configOf('acme'), plans: { chat: { name: 'x', steps: [step] } } }))).toBe(
      'bad_input',
    )
  })

  it('FI2: ten uploads may be under way in a conversation, however many are begun at once', async () => {
    const headers = { authorization: `Bearer ${chat.ticket}` }
    await call('POST', `/poll/conversation/${chat.conversation}`, {
      headers,
      body: {
        frames: [
          { t: 'hello', v: 1, client: 'client-0001' },
          { t: 'cmd', id: 'the-first-word', name: 'post', body: { text: 'x' } },
        ],
        wait: 0,
      },
    })
    const begin = (n: number) =>
      call('POST', `/files/${chat.conversation}/upload-number-${n}/parts`, {
        headers,
        body: { name: 'x', media: 'text/plain', size: 1 },
      })
    const begun = await Promise.all(Array.from({ length: 25 }, (_, n) => begin(n)))
    expect(begun.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(10)
    expect(begun.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(15)
  })
})

describe('signing in', () => {
  const attempt = (email: string, headers: Record<string, string> = {}, secret = 'guess') =>
    call('POST', '/api/v1/session', { body: { email, password: secret }, headers })

  it('SC4: other headers than the platform’s own make no other address of a guesser', async () => {
    const forge = (n: number) => ({
      'cf-connecting-ip': '203.0.113.200',
      'x-forwarded-for': `198.51.100.${n}`,
      'x-real-ip': `198.51.100.${n}`,
      forwarded: `for=198.51.100.${n}`,
      'true-client-ip': `198.51.100.${n}`,
    })
    for (let n = 0; n < 5; n += 1) expect((await attempt(`nobody-${n}@acme.example`, forge(n))).status).toBe(401)
    expect((await attempt('nobody-9@acme.example', forge(9))).status).toBe(429)
  })

  it('SC4: of one network of IPv6 all addresses are one', async () => {
    const from = (n: number) => ({ 'cf-connecting-ip': `2001:db8:7:7::${n}` })
    for (let n = 1; n <= 5; n += 1) expect((await attempt(`nobody-${n}@acme.example`, from(n))).status).toBe(401)
    expect((await attempt('nobody-9@acme.example', from(9))).status).toBe(429)
  })

  it.each([
    ['another alphabet', 'о\u006cga@acme.example'],
    ['wide letters', '\uff4flga@acme.example'],
    ['a letter that shows nothing', 'olga\u200b@acme.example'],
    ['a mark', 'o\u0301lga@acme.example'],
    ['a line of its own', 'olga@acme.example\nx@acme.example'],
    ['a dot that is none', 'olga@acme\u3002example'],
    ['a byte of zero', 'olga@acme.example\u0000'],
  ])('SC4: an address with %s is no address of anybody', async (_, email) => {
    expect((await attempt(email, { 'cf-connecting-ip': '203.0.113.201' }, password)).status).toBe(400)
  })
})

describe('letters in places that lead further', () => {
  beforeAll(async () => {
    await env.DB.prepare('delete from uploads').run()
  })

  const breaking = 'a"\r\nset-cookie: x=1.txt'
  const turned = '\u2028\u202e.exe'
  it.each([
    ['in parts', breaking],
    ['in parts', turned],
    ['in parts', '\ud800'],
    ['in one piece', breaking],
    ['in one piece', turned],
  ])('FI2: a file %s called %j is refused by its name, and nothing is kept of it', async (how, name) => {
    const headers = { authorization: `Bearer ${chat.ticket}` }
    const at = `/files/${chat.conversation}/${crypto.randomUUID()}`
    const facts = { name, media: 'text/plain', size: '1' }
    const refused = await (how === 'in parts'
      ? call('POST', `${at}/parts`, { headers, body: { ...facts, size: 1 } })
      : call('PUT', `${at}?${new URLSearchParams(facts)}`, { headers, body: 'x' }))
    expect(refused.status).toBe(400)
    expect(Problem.parse(await refused.json()).errors?.map(({ field }) => field)).toEqual(['name'])
    expect((await call('GET', at, { headers })).status).toBe(404)
    expect(await env.DB.prepare('select count(*) as n from uploads').first('n')).toBe(0)
  })

  it.each(['a"b.txt', '../../x', 'a;filename=b', '\ufffd', '=1+1|cmd', '%0d%0a'])(
    'FI6: a file called %j is one header, and saved under a name',
    async (name) => {
      const headers = { authorization: `Bearer ${chat.ticket}` }
      const at = `/files/${chat.conversation}/${crypto.randomUUID()}`
      const begun = await call('POST', `${at}/parts`, { headers, body: { name, media: 'text/plain', size: 1 } })
      expect(begun.status).toBe(200)
      await call('DELETE', `${at}/parts`, { headers })
      const sent = await call('PUT', `${at}?${new URLSearchParams({ name, media: 'text/plain', size: '1' })}`, {
        headers,
        body: 'x',
      })
      expect(sent.status).toBe(200)
      const file = await call('GET', at, { headers })
      expect(file.headers.get('set-cookie')).toBeNull()
      expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w.~%!#$&+^`|-]*$/)
    },
  )

  it.each([
    '/api/v1/staff/..%2f..%2fbirch',
    '/api/v1/staff/%2e%2e/keys',
    '/api//v1/staff',
    '/api/v1/staff;x=1',
    '/api/v1/staff%00',
    '/api/v1%2fstaff',
    '/API/v1/staff',
    '/connect/conversation/..%2fagent%2fada',
    '/files/x%2fy/z',
    '/widget/..%2f..%2fapi/v1/staff',
    '/widget/..%2f..%2f%2fevil.example/x',
    '/widget//evil.example/..',
    '/widget/%5c%5cevil.example/%2e%2e',
    '/widget/..%2f%5cevil.example',
    '/widget/..%5c..%5c/evil.example',
    '/widget/..%2f/evil.example/index.html',
  ])('PE3: %s leads to nothing of anybody', async (path) => {
    const request = new Request(`${origin}${path}`, { headers: { cookie }, redirect: 'manual' })
    const answer = await exports.default.fetch(request)
    // The platform brings some addresses into their usual form, and asks the browser to come again; to no other host.
    expect(new URL(answer.headers.get('location') ?? '/', origin).origin).toBe(origin)
    expect(answer.status).toBeLessThan(500)
    expect(await answer.text()).not.toMatch(/olga@acme\.example|birch/)
  })

  it.each(['https://evil.example', '//evil.example', '/\\evil.example'])(
    'SC12: a sign-in that is to end at %s ends at our door',
    async (to) => {
      for (const name of ['return_to', 'next', 'redirect', 'redirect_uri', 'state', 'error']) {
        const query = new URLSearchParams({ [name]: to })
        for (const path of [
          '/sign-in/oidc/acme',
          '/sign-in/oidc/acme/callback',
          `/sign-in/oidc/${encodeURIComponent(to)}`,
        ]) {
          const answer = await exports.default.fetch(new Request(`${origin}${path}?${query}`, { redirect: 'manual' }))
          expect(answer.headers.get('location') ?? '/').toMatch(/^\/(\?sign-in=[a-zA-Z]+)?$/)
        }
      }
    },
  )
})

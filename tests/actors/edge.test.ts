/** The edge as it is met from outside: sessions, permissions, problems, tickets, the chat's entrance, sockets, polls. */
import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { ChatSession, ConversationList, EntryList, PollAnswer, Problem, Ticket } from '../../core/protocol/api.ts'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { widgetSecret } from '../../worker/auth/keys.ts'
import { hashPassword } from '../../worker/auth/passwords.ts'
import { project } from '../../worker/db/projection.ts'
import { fetchApi, origin } from './contract.ts'
import { env } from './env.ts'

const password = 'correct horse battery'
const staff = [
  ['acme', 'ada', 'agent'],
  ['acme', 'ben', 'agent'],
  ['acme', 'sam', 'supervisor'],
  ['acme', 'olga', 'administrator'],
  ['birch', 'otto', 'administrator'],
] as const
const config: ConfigInput = {
  organisation: 'Acme Outdoor',
  queues: { sales: { name: 'Sales' } },
  plans: {
    chat: {
      name: 'Chat',
      steps: [{ after: 0, queues: [{ queue: 'sales' }] }],
      fallback: { after: 7_200_000, notice: 'Nobody is here' },
    },
  },
  entrances: { chat: 'chat' },
  agents: { ada: { name: 'Ada', queues: [{ queue: 'sales' }] }, ben: { name: 'Ben', queues: [] } },
}

beforeAll(async () => {
  const hash = await hashPassword(password)
  const organisation = env.DB.prepare('insert into organisations (id, name, created_at) values (?, ?, 0)')
  const member = env.DB.prepare(
    'insert into staff (org_id, id, email, name, role, password_hash, active, created_at) values (?, ?, ?, ?, ?, ?, ?, 0)',
  )
  await env.DB.batch([
    organisation.bind('acme', 'Acme Outdoor'),
    organisation.bind('birch', 'Birch Books'),
    ...staff.map(([org, id, role]) => member.bind(org, id, `${id}@${org}.example`, `Chlo\u00e9 ${id}`, role, hash, 1)),
    member.bind('acme', 'gone', 'gone@acme.example', 'Gone', 'agent', hash, 0),
  ])
  for (const who of ['olga@acme.example', 'otto@birch.example']) {
    const published = await call('PUT', '/api/v1/config?base=0', {
      as: who,
      body: config,
      headers: { 'idempotency-key': 'the-first-config' },
    })
    expect(await published.json()).toEqual({ version: 1 })
  }
})

interface Options {
  as?: string
  body?: unknown
  headers?: Record<string, string>
}

const cookies = new Map<string, string>()

async function cookieOf(email: string): Promise<string> {
  const known = cookies.get(email)
  if (known !== undefined) return known
  const response = await call('POST', '/api/v1/session', { body: { email, password } })
  expect(response.status).toBe(200)
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  cookies.set(email, cookie)
  return cookie
}

async function call(method: string, path: string, { as, body, headers = {} }: Options = {}): Promise<Response> {
  const sent = new Headers({ origin, ...headers })
  if (as !== undefined) sent.set('cookie', await cookieOf(as))
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
  return fetchApi(new Request(`${origin}${path}`, { method, headers: sent, body: text }))
}

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = Problem.parse(await response.json())
  expect(problem.status).toBe(response.status)
  return problem
}

const openChat = async (more: object = {}, organisation = 'acme') => {
  const body = { command: crypto.randomUUID(), ...more }
  const response = await call('POST', `/channels/chat/${organisation}/session`, {
    body,
    headers: { origin: 'https://shop.example' },
  })
  expect(response.status).toBe(200)
  return ChatSession.parse(await response.json())
}

const userToken = async (claims: Record<string, unknown>) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(await widgetSecret(env.PARLEY_SECRET, 'acme')))

describe('sessions', () => {
  it('SC1: begin with the right password, and end', async () => {
    const opened = await call('POST', '/api/v1/session', { body: { email: ' Ada@Acme.example ', password } })
    expect(await opened.json()).toEqual({
      organisation: { id: 'acme', name: 'Acme Outdoor' },
      staff: { id: 'ada', name: 'Chlo\u00e9 ada', email: 'ada@acme.example', role: 'agent' },
    })
    const [set = ''] = opened.headers.getSetCookie()
    expect(set).toMatch(
      /^__Host-parley_session=acme\.[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=43200$/,
    )
    const headers = { cookie: set.split(';')[0] ?? '' }
    expect((await call('GET', '/api/v1/session', { headers })).status).toBe(200)
    const stored = await env.DB.prepare('select token_hash from sessions').all()
    expect(JSON.stringify(stored.results)).not.toContain(headers.cookie.split('.')[1])
    expect((await call('DELETE', '/api/v1/session', { headers })).status).toBe(204)
    expect((await call('GET', '/api/v1/session', { headers })).status).toBe(401)
  })

  it.each([
    ['ada@acme.example', 'wrong'],
    ['nobody@acme.example', password],
    ['gone@acme.example', password],
  ])('do not begin for %s with %s', async (email, wrong) => {
    const problem = await problemOf(await call('POST', '/api/v1/session', { body: { email, password: wrong } }))
    expect(problem).toMatchObject({ status: 401, detail: 'The e-mail or the password is wrong.' })
  })

  it('SC1: end after half an hour without use by a person, and twelve hours after they began', async () => {
    const cookie = await cookieOf('ben@acme.example')
    const status = async (method: string, path: string, body?: unknown) =>
      (await call(method, path, { headers: { cookie }, body })).status
    const minutesAgo = (column: 'used_at' | 'expires_at', minutes: number) =>
      env.DB.prepare(`update sessions set ${column} = ? where staff_id = 'ben'`)
        .bind(Date.now() - minutes * 60_000)
        .run()
    await minutesAgo('used_at', 29)
    const ticket = () => status('POST', '/api/v1/tickets', { kind: 'agent', id: 'ben' })
    expect(await ticket()).toBe(200)
    const used = () => env.DB.prepare("select used_at from sessions where staff_id = 'ben'").first<number>('used_at')
    // What a console asks by itself is no use.
    expect(await used()).toBeLessThan(Date.now() - 28 * 60_000)
    expect(await status('GET', '/api/v1/session')).toBe(200)
    expect(await used()).toBeGreaterThan(Date.now() - 60_000)
    await minutesAgo('used_at', 30)
    expect(await status('GET', '/api/v1/session')).toBe(401)
    await minutesAgo('used_at', 0)
    expect(await ticket()).toBe(200)
    await minutesAgo('expires_at', 0)
    expect(await ticket()).toBe(401)
    cookies.clear()
  })

  it('SC1: begin anew with each sign-in, and the one before is over', async () => {
    const before = await cookieOf('ada@acme.example')
    const again = await call('POST', '/api/v1/session', {
      body: { email: 'ada@acme.example', password },
      headers: { cookie: before },
    })
    const cookie = again.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(cookie).not.toBe(before)
    expect((await call('GET', '/api/v1/session', { headers: { cookie } })).status).toBe(200)
    expect((await call('GET', '/api/v1/session', { headers: { cookie: before } })).status).toBe(401)
    cookies.clear()
  })
})

describe('requests', () => {
  it('SC2: from other origins change nothing', async () => {
    const cookie = await cookieOf('ada@acme.example')
    const from = async (headers: Record<string, string>) => {
      const request = new Request(`${origin}/api/v1/tickets`, {
        method: 'POST',
        headers: { cookie, ...headers },
        body: JSON.stringify({ kind: 'agent', id: 'ada' }),
      })
      return (await fetchApi(request)).status
    }
    expect(await from({ origin: 'https://evil.example' })).toBe(403)
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await from({ 'sec-fetch-site': 'same-site', origin })).toBe(403)
    expect(await from({})).toBe(403)
    expect(await from({ origin: 'null' })).toBe(403)
    expect(await from({ 'sec-fetch-site': 'same-origin' })).toBe(403)
    expect(await from({ origin })).toBe(200)
  })

  it('that do not fit are told which field', async () => {
    const body = { email: 'not an address', password: '' }
    const problem = await problemOf(await call('POST', '/api/v1/session', { body }))
    expect(problem).toMatchObject({ status: 400, code: 'bad_input' })
    expect(problem.errors?.map(({ field }) => field)).toEqual(['email', 'password'])
    expect((await problemOf(await call('POST', '/api/v1/session', { body: '{' }))).status).toBe(400)
    const broken = { ...config, entrances: { chat: 'nowhere' } }
    const headers = { 'idempotency-key': 'a-broken-config' }
    const refused = await call('PUT', '/api/v1/config?base=1', { as: 'olga@acme.example', body: broken, headers })
    expect((await problemOf(refused)).errors?.[0]?.field).toBe('entrances.chat')
    const keyless = await call('PUT', '/api/v1/config?base=1', { as: 'olga@acme.example', body: config })
    expect((await problemOf(keyless)).errors?.[0]?.field).toBe('Idempotency-Key')
  })

  it('may have 64 kB, whatever they say of themselves', async () => {
    const body = JSON.stringify({ email: 'ada@acme.example', password: 'x'.repeat(70_000) })
    expect((await problemOf(await call('POST', '/api/v1/session', { body }))).code).toBe('too_large')
    const stream = new Response(body).body
    const request = new Request(`${origin}/api/v1/session`, { method: 'POST', headers: { origin }, body: stream })
    expect((await fetchApi(request)).status).toBe(413)
  })

  it('may be a configuration of a thousand agents', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, n) => [
        `agent-${n}`,
        { name: `Agent number ${n}`, queues: [{ queue: 'sales' }] },
      ]),
    )
    const body = { ...config, agents: many, plans: {} }
    expect(JSON.stringify(body).length).toBeGreaterThan(65_536)
    const headers = { 'idempotency-key': 'a-large-config' }
    const read = await call('PUT', '/api/v1/config?base=1', { as: 'olga@acme.example', body, headers })
    // It is read whole, and refused for what is wrong in it.
    expect((await problemOf(read)).errors?.[0]?.field).toBe('entrances.chat')
  })

  it('get answers for nobody else', async () => {
    const { headers } = await call('GET', '/api/health')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await problemOf(await call('GET', '/api/v1/nothing'))).toMatchObject({ status: 404 })
  })
})

describe('permissions', () => {
  it.each([
    ['GET', '/api/v1/queues', [401, 200, 200, 200]],
    ['GET', '/api/v1/agents', [401, 200, 200, 200]],
    ['GET', '/api/v1/conversations', [401, 403, 200, 200]],
    ['GET', '/api/v1/config', [401, 403, 403, 200]],
    ['GET', '/api/ops/stuck', [401, 403, 403, 200]],
  ] as const)('%s %s', async (method, path, statuses) => {
    const callers = [undefined, 'ada@acme.example', 'sam@acme.example', 'olga@acme.example']
    const answers = await Promise.all(callers.map((as) => call(method, path, as === undefined ? {} : { as })))
    expect(answers.map(({ status }) => status)).toEqual(statuses)
  })

  it.each([
    ['ada', 'agent', 'ada', 200],
    ['ada', 'agent', 'ben', 403],
    ['sam', 'agent', 'ben', 200],
    ['sam', 'agent', 'nobody', 404],
    ['ada', 'queue', 'sales', 200],
    ['ada', 'queue', 'elsewhere', 404],
    ['ada', 'conversation', '../agent/ben', 404],
  ])('%s gets a ticket for the %s %s: %i', async (who, kind, id, status) => {
    const response = await call('POST', '/api/v1/tickets', { as: `${who}@acme.example`, body: { kind, id } })
    expect(response.status).toBe(status)
  })

  it('of agents end at their own', async () => {
    const body = { id: 'a-command-of-mine', name: 'presence', body: { presence: 'away' } }
    const order = (id: string) => call('POST', `/api/v1/agents/${id}/commands`, { as: 'ada@acme.example', body })
    expect((await order('ada')).status).toBe(200)
    expect((await order('ben')).status).toBe(403)
    expect((await order('%2e%2e%2fben')).status).toBe(404)
  })
})

describe('the chat', () => {
  it('knows a visitor again, and a user on every device', async () => {
    const first = await openChat()
    const again = await openChat({ visitor: first.visitor })
    expect(again.conversation).toBe(first.conversation)
    expect((await openChat()).conversation).not.toBe(first.conversation)
    const user = { user: await userToken({ sub: 'u-1', name: 'Mia', email: 'mia@shop.example' }) }
    const [phone, laptop] = await Promise.all([openChat(user), openChat(user)])
    expect(phone.conversation).toBe(laptop.conversation)
    expect(phone.customer).toEqual({ name: 'Mia', verified: true })
    const rows = await env.DB.prepare(
      "select customer_id from identifiers where value in ('u-1', 'mia@shop.example')",
    ).all()
    expect(new Set(rows.results.map((row) => row['customer_id'])).size).toBe(1)
    const orphans = 'select count(*) as n from customers where id not in (select customer_id from identifiers)'
    expect(await env.DB.prepare(orphans).first('n')).toBe(0)
    const renamed = await openChat({ user: await userToken({ sub: 'u-1', name: 'Mia B.' }) })
    expect(renamed.customer.name).toBe('Mia B.')
  })

  it('is open to pages everywhere, without cookies', async () => {
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'POST' }
    const preflight = await call('OPTIONS', '/channels/chat/acme/session', { headers })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    const refused = await call('POST', '/channels/chat/acme/session', { headers, body: {} })
    expect(refused.headers.get('access-control-allow-origin')).toBe('*')
    expect((await problemOf(refused)).errors?.[0]?.field).toBe('command')
  })

  it('is not opened for unknown organisations, nor on a word that is not the shop’s', async () => {
    const command = crypto.randomUUID()
    expect((await call('POST', '/channels/chat/nobody/session', { body: { command } })).status).toBe(404)
    const forged = await new SignJWT({ sub: 'u-1', name: 'Mia' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('10m')
      .sign(new TextEncoder().encode('not the secret of the shop, surely'))
    const problem = await problemOf(
      await call('POST', '/channels/chat/acme/session', { body: { command, user: forged } }),
    )
    expect(problem).toMatchObject({ status: 401, errors: [{ field: 'user' }] })
  })
})

async function connect(path: string, ticket: string, headers: Record<string, string> = {}) {
  const protocols = { upgrade: 'websocket', 'sec-websocket-protocol': `parley.v1, ticket.${ticket}` }
  const response = await fetchApi(new Request(`${origin}${path}`, { headers: { ...protocols, ...headers } }))
  expect(response.status).toBe(101)
  expect(response.headers.get('sec-websocket-protocol')).toBe('parley.v1')
  const socket = response.webSocket
  if (socket === null) throw new Error('no socket')
  return socket
}

const closeCode = (socket: WebSocket) =>
  new Promise<number | undefined>((done) => {
    socket.addEventListener('close', ({ code }) => done(code))
    socket.accept()
  })

describe('sockets', () => {
  it('open with a ticket, to its actor only', async () => {
    const chat = await openChat()
    const path = `/connect/conversation/${chat.conversation}`
    const forged = {
      'x-parley-principal': JSON.stringify({ kind: 'staff', org: 'acme', id: 'x', name: 'x', role: 'agent' }),
    }
    const socket = await connect(path, chat.ticket, forged)
    const welcome = new Promise((done) =>
      socket.addEventListener('message', ({ data }) => done(JSON.parse(String(data)))),
    )
    socket.accept()
    socket.send(JSON.stringify({ t: 'hello', v: 1, client: 'client-0001' }))
    expect(await welcome).toMatchObject({ t: 'welcome', v: 1 })
    socket.close(1000)
    const other = await openChat()
    expect(await closeCode(await connect(path, other.ticket))).toBe(4401)
    expect(await closeCode(await connect(path, 'nonsense'))).toBe(4401)
    expect(await closeCode(await connect('/connect/book/book', chat.ticket))).toBe(4401)
  })

  it('of staff carry any name', async () => {
    const answer = await call('POST', '/api/v1/tickets', { as: 'ada@acme.example', body: { kind: 'agent', id: 'ada' } })
    const socket = await connect('/connect/agent/ada', Ticket.parse(await answer.json()).ticket)
    socket.accept()
    const first = new Promise((done) =>
      socket.addEventListener('message', ({ data }) => done(JSON.parse(String(data)))),
    )
    socket.send(JSON.stringify({ t: 'hello', v: 1, client: 'client-0001' }))
    expect(await first).toMatchObject({ t: 'welcome' })
    socket.close(1000)
  })
})

describe('polls', () => {
  const hello = { t: 'hello', v: 1, client: 'client-0001' }

  async function poll(chat: ChatSession, body: object) {
    const headers = { authorization: `Bearer ${chat.ticket}`, origin: 'https://shop.example' }
    return call('POST', `/poll/conversation/${chat.conversation}`, { headers, body })
  }
  const answerOf = async (response: Response) => {
    expect(response.status).toBe(200)
    return PollAnswer.parse(await response.json())
  }

  it('say hello, send, and hear of what others wrote', async () => {
    const chat = await openChat()
    const first = await answerOf(await poll(chat, { frames: [hello] }))
    expect(first.frames.slice(0, 2).map(({ t }) => t)).toEqual(['welcome', 'view'])
    const welcome = first.frames[0]
    if (welcome?.t !== 'welcome') throw new Error('no welcome')
    const resume = { epoch: welcome.epoch, seq: welcome.seq }
    const waiting = poll(chat, { frames: [{ ...hello, client: 'client-0002', resume }] })
    const command = { t: 'cmd', id: 'command-0001', name: 'post', body: { text: 'Hello' } }
    const sent = await answerOf(await poll(chat, { frames: [hello, command], wait: 0 }))
    expect(sent.frames).toContainEqual(expect.objectContaining({ t: 'reply', id: 'command-0001' }))
    const heard = await answerOf(await waiting)
    expect(JSON.stringify(heard.frames)).toContain('Hello')
  })

  it('answer at once when asked to, or when the view is not the known one', async () => {
    const chat = await openChat()
    const first = await answerOf(await poll(chat, { frames: [hello] }))
    const welcome = first.frames[0]
    if (welcome?.t !== 'welcome') throw new Error('no welcome')
    const resumed = { ...hello, resume: { epoch: welcome.epoch, seq: welcome.seq } }
    // Each would else wait for longer than a test may take.
    expect((await answerOf(await poll(chat, { frames: [resumed], wait: 0 }))).view).toBe(first.view)
    await answerOf(await poll(chat, { frames: [resumed], view: 'another' }))
    await answerOf(await poll(chat, { frames: [resumed], view: first.view, wait: 200 }))
  })

  it('need a ticket and a hello', async () => {
    const chat = await openChat()
    expect((await poll({ ...chat, ticket: 'nonsense' }, { frames: [hello] })).status).toBe(401)
    const problem = await problemOf(await poll(chat, { frames: [{ t: 'typing', on: true }] }))
    expect(problem).toMatchObject({ status: 400, errors: [{ field: 'frames.0' }] })
  })
})

describe('the record', () => {
  const record = (version: number, more: object = {}) => ({
    type: 'conversation',
    org: 'birch',
    id: 'c1',
    version,
    customer: 'u1',
    customerName: 'Mia',
    channel: 'chat',
    status: 'waiting',
    owner: null,
    openedAt: 1,
    closedAt: null,
    entries: version,
    ...more,
  })
  const entry = (seq: number, text: string, conversation = 'c1') => ({
    type: 'entry',
    org: 'birch',
    conversation,
    entry: {
      stream: 'staff',
      seq,
      pub: seq,
      at: seq,
      id: `command${seq}`,
      from: { role: 'customer', id: 'u1', name: 'Mia' },
      body: { type: 'message', text },
    },
  })
  async function deliver(...bodies: unknown[]) {
    const messages = bodies.map((body, n) => ({ id: `m${n}`, timestamp: new Date(), attempts: 1, body }))
    const batch = createMessageBatch('projection', messages)
    const context = createExecutionContext()
    await project(env.DB, batch)
    return getQueueResult(batch, context)
  }
  const asOtto = { as: 'otto@birch.example' }
  const list = async () =>
    ConversationList.parse(await (await call('GET', '/api/v1/conversations', asOtto)).json()).items
  const entries = async (query = '') =>
    EntryList.parse(await (await call('GET', `/api/v1/conversations/c1/entries${query}`, asOtto)).json())

  it('keeps the newer version, each entry once, and what is beside a bad message', async () => {
    const result = await deliver(
      { records: [record(2, { status: 'talking', owner: 'bea' }), entry(1, 'it\'s 😀 "fine"')] },
      { records: 'nonsense' },
      { records: [record(1), entry(1, 'never'), entry(2, 'two')] },
    )
    expect(result.explicitAcks).toEqual(['m0', 'm2'])
    expect(result.retryMessages.map(({ msgId }) => msgId)).toEqual(['m1'])
    expect(await list()).toMatchObject([{ id: 'c1', status: 'talking', owner: 'bea', entries: 2 }])
    await deliver({ records: [record(1), entry(2, 'never')] })
    expect(await list()).toMatchObject([{ status: 'talking' }])
    await deliver({ records: [record(3, { status: 'closed', closedAt: 9 })] })
    expect(await list()).toMatchObject([{ status: 'closed', owner: null, closedAt: 9, entries: 3 }])
    const read = await entries()
    expect(read.items.map(({ body }) => body)).toEqual([
      { type: 'message', text: 'it\'s 😀 "fine"' },
      { type: 'message', text: 'two' },
    ])
    expect(await entries('?limit=1')).toMatchObject({ items: [{ seq: 1 }], next: '1' })
    expect(await entries('?after=1')).toMatchObject({ items: [{ seq: 2 }], next: null })
  })

  it('takes a full batch', async () => {
    const records = Array.from({ length: 300 }, (_, n) => [record(1, { id: `many-${n}` }), entry(1, 'x', `many-${n}`)])
    await deliver({ records: records.flat() })
    const page = await call('GET', '/api/v1/conversations?limit=200&open=true', asOtto)
    const { items, next } = ConversationList.parse(await page.json())
    expect([items.length, next]).toEqual([200, items.at(-1)?.id])
    const rest = await call('GET', `/api/v1/conversations?limit=200&open=true&after=${next}`, asOtto)
    expect(ConversationList.parse(await rest.json()).items).toHaveLength(100)
  })

  it('of another organisation is not there', async () => {
    const response = await call('GET', '/api/v1/conversations/c1/entries', { as: 'olga@acme.example' })
    expect(response.status).toBe(404)
  })
})

/** Those who ask for more than anybody needs: the chat's entrance over and over, conversations that nobody ever began. */
import { runInDurableObject } from 'cloudflare:test'
import { SignJWT } from 'jose'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { address, asId, type ConversationId, type OrgId } from '../../../core/ids.ts'
import { ChatSession, Problem } from '../../../core/protocol/api.ts'
import { widgetSecret } from '../../../worker/auth/keys.ts'
import { Counter, limits } from '../../../worker/auth/limits.ts'
import { readVisitor } from '../../../worker/auth/tokens.ts'
import { call, found, keyFor, memberOf } from '../callers.ts'
import { env } from '../env.ts'

beforeAll(found)
afterEach(() => void vi.useRealTimers())

const enter = (more: object = {}, from = '203.0.117.1') =>
  call('POST', '/channels/chat/acme/session', {
    body: { command: crypto.randomUUID(), ...more },
    headers: { 'cf-connecting-ip': from },
  })
const sessionOf = async (answer: Response) => ChatSession.parse(await answer.json())

/** Somebody has opened the chat this often already within the minute. */
async function opened(times: number, kind: string, value: string): Promise<void> {
  const counter = await Counter.of(env, 'known', [kind, value], asId<OrgId>('acme'))
  for (let n = 0; n < times; n += 1) expect(await counter.take()).toBe(0)
}

const userToken = async (sub: string) =>
  new SignJWT({ name: 'Mia', exp: Math.floor(Date.now() / 1000) + 600 })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .sign(new TextEncoder().encode(await widgetSecret(env.PARLEY_SECRET, 'acme')))

describe('who is known', () => {
  it('SC17: as a visitor opens the chat so often a minute, from however many addresses; it is not read and nobody is made then', async () => {
    const { visitor } = await sessionOf(await enter())
    const value = (await readVisitor(env.PARLEY_SECRET, 'acme', visitor)) ?? ''
    await opened(limits.known.tries - 1, 'visitor', value)
    expect((await enter({ visitor }, '203.0.117.2')).status).toBe(200)
    const { length } = await customers()
    const refused = await enter({ visitor }, '203.0.117.3')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Problem.parse(await refused.json())).toMatchObject({ status: 429, code: 'slow_down' })
    // Somebody else is not kept from it, and neither is this one when the minute is over.
    expect((await enter({}, '203.0.117.3')).status).toBe(200)
    expect(await customers()).toHaveLength(length + 1)
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(Date.now() + 61_000)
    expect((await enter({ visitor })).status).toBe(200)
  })

  it("SC17: by the shop's word is counted under it, whatever visitor comes along", async () => {
    await opened(limits.known.tries, 'user', 'user-17')
    const user = await userToken('user-17')
    const { visitor } = await sessionOf(await enter())
    for (const more of [{ user }, { user, visitor }, { user: await userToken('user-17') }])
      expect((await enter(more)).status).toBe(429)
    expect((await enter({ user: await userToken('user-18') })).status).toBe(200)
    expect(JSON.stringify(await customers())).not.toContain('user-17')
  })

  it('SC17: asks many times at once, and gets no more than that', async () => {
    const { visitor } = await sessionOf(await enter())
    const value = (await readVisitor(env.PARLEY_SECRET, 'acme', visitor)) ?? ''
    await opened(limits.known.tries - 3, 'visitor', value)
    const answers = await Promise.all(Array.from({ length: 8 }, () => enter({ visitor })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5)
  })

  const customers = async () => (await env.DB.prepare("select * from identifiers where org_id = 'acme'").all()).results
})

describe('a conversation that nobody began', () => {
  /** What is stored in the actor of this name. */
  const storedAt = (id: string) =>
    runInDurableObject(
      env.CONVERSATION.getByName(address(asId('acme'), 'conversation', asId<ConversationId>(id))),
      (_, { storage }) => [...storage.sql.exec('select name from sqlite_master')].map(({ name }) => name),
    )
  const file = (id: string) => `/files/${id}/a-file-of-nobody`
  const facts = 'name=x&media=text%2Fplain&size=1&lease=1'
  const ways: readonly [string, string, (id: string) => string, ((id: string) => unknown)?][] = [
    ['a ticket', 'POST', () => '/api/v1/tickets', (id) => ({ kind: 'conversation', id })],
    [
      'a command',
      'POST',
      (id) => `/api/v1/conversations/${id}/commands`,
      () => ({ id: crypto.randomUUID(), name: 'note', body: { text: 'x' } }),
    ],
    ['an explanation', 'GET', (id) => `/api/v1/conversations/${id}/explanation`],
    ['its entries', 'GET', (id) => `/api/v1/conversations/${id}/entries`],
    ['its limits for files', 'GET', (id) => `/files/${id}`],
    ['a file', 'GET', file],
    ['to take a file', 'PUT', (id) => `${file(id)}?${facts}`, () => 'x'],
    [
      'to begin a file',
      'POST',
      (id) => `${file(id)}/parts`,
      () => ({ name: 'x', media: 'text/plain', size: 1, lease: 1 }),
    ],
    ['a part', 'PUT', (id) => `${file(id)}/parts/1`, () => 'x'],
    ['to end a file', 'POST', file, () => ({ lease: 1 })],
    ['to give a file up', 'DELETE', (id) => `${file(id)}/parts`],
  ]

  it.each(ways)('OB12 PE3: asked for %s by staff is not there, and stays nothing', async (_, method, path, body) => {
    for (const who of ['ada', 'olga']) {
      const id = crypto.randomUUID()
      const answer = await call(method, path(id), { as: memberOf(who), body: body?.(id) })
      expect([403, 404]).toContain(answer.status)
      expect(await storedAt(id)).toEqual([])
    }
  })

  it('OB12 PE3: asked for by a customer, or a program, is not there, and stays nothing', async () => {
    const { ticket } = await sessionOf(await enter())
    const headers = { authorization: `Bearer ${ticket}` }
    for (const [, method, path, body] of ways.filter(([, , path]) => path('x').startsWith('/files/'))) {
      const id = crypto.randomUUID()
      expect((await call(method, path(id), { headers, body: body?.(id) })).status).toBe(404)
      expect(await storedAt(id)).toEqual([])
    }
    const id = crypto.randomUUID()
    const program = await keyFor(['record.read'])
    expect((await call('GET', `/api/v1/conversations/${id}/entries`, { as: program })).status).toBe(404)
    expect(await storedAt(id)).toEqual([])
  })

  it('OB12: asked for by those who look after the installation stays nothing', async () => {
    const id = crypto.randomUUID()
    const actor = `acme/conversation/${id}`
    const as = memberOf('olga')
    await call('GET', `/api/ops/backup/actor?actor=${actor}`, { as })
    await call('POST', '/api/ops/replay', { as, body: { actor }, headers: { 'idempotency-key': crypto.randomUUID() } })
    expect(await storedAt(id)).toEqual([])
  })
})

/** What the edge logs of requests: enough to find one again, and nothing that people are or say. */
import { runInDurableObject } from 'cloudflare:test'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { describeError } from '../../core/describe-error.ts'
import { address, asActorName, asId, type ConversationId, type OrgId } from '../../core/ids.ts'
import { ChatSession } from '../../core/protocol/api.ts'
import type { Message } from '../../core/protocol/messages.ts'
import type { Conversation } from '../../durable-objects/conversation.ts'
import { api } from '../../worker/api/app.ts'
import { widgetSecret } from '../../worker/auth/keys.ts'
import { call, found, memberOf } from './callers.ts'
import { origin } from './contract.ts'
import { env } from './env.ts'

/** A message that fails when an actor looks at it, and quotes what somebody wrote. */
const failing: Message = new Proxy(
  { type: 'succeeded', next: asId<ConversationId>('01NEXT') },
  {
    get() {
      throw new Error(`"${text}" is not valid JSON\nfor ${email}`)
    },
  },
)

const lines: string[] = []
const levels = ['debug', 'log', 'info', 'warn', 'error'] as const
const logged = (...facts: unknown[]) => {
  lines.push(facts.map(String).join(' '))
}

beforeAll(async () => {
  for (const level of levels) vi.spyOn(console, level).mockImplementation(logged)
  await found()
})
afterAll(() => vi.restoreAllMocks())

const secrets = ['zoltan', 'Kovács', 'zoltan@private.example', 'my card is 4711', 'correct horse']
const email = 'zoltan@private.example'
const text = 'my card is 4711'

async function chatOf(name: string) {
  const user = await new SignJWT({ sub: email, name, email })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(await widgetSecret(env.PARLEY_SECRET, 'acme')))
  const body = { command: crypto.randomUUID(), user }
  return ChatSession.parse(await (await call('POST', '/channels/chat/acme/session', { body })).json())
}

describe('the logs', () => {
  it('AP6 know every request under the id of its answer', async () => {
    const asked = [
      await call('GET', '/api/health'),
      await call('GET', '/api/v1/session'),
      await call('GET', '/api/v1/nothing'),
      await call('POST', '/api/v1/session', { body: '{' }),
    ]
    const ids = asked.map(({ headers }) => headers.get('x-request-id') ?? 'none')
    expect(new Set(ids).size).toBe(asked.length)
    for (const [n, id] of ids.entries()) {
      const line = lines.find((one) => one.includes(id)) ?? '{}'
      expect(JSON.parse(line)).toMatchObject({ level: 'info', event: 'api', request: id, status: asked[n]?.status })
    }
  })

  it('AP6 take no id that a caller made up', async () => {
    const response = await call('GET', '/api/health', { headers: { 'x-request-id': 'zoltan-was-here' } })
    expect(response.headers.get('x-request-id')).not.toBe('zoltan-was-here')
  })

  it('AP7 hold no e-mail, no name and no text, whatever is asked', async () => {
    const { conversation, ticket } = await chatOf('Zoltan Kovács')
    const hello = { t: 'hello', v: 1, client: 'client-0001' }
    const post = { t: 'cmd', id: 'command-0001', name: 'post', body: { text } }
    const bearer = { headers: { authorization: `Bearer ${ticket}` } }
    await call('POST', `/poll/conversation/${conversation}`, { ...bearer, body: { frames: [hello, post], wait: 0 } })
    await call('POST', `/poll/conversation/${conversation}`, { ...bearer, body: { frames: [text], wait: 0 } })
    const ada = { as: memberOf('ada') }
    const note = { id: 'command-0002', name: 'note', body: { text } }
    expect((await call('POST', `/api/v1/conversations/${conversation}/commands`, { ...ada, body: note })).status).toBe(
      200,
    )
    const sam = { as: memberOf('sam') }
    await call('GET', `/api/v1/conversations?after=${encodeURIComponent(text)}`, sam)
    await call('GET', `/api/v1/search?q=${encodeURIComponent(`${text} zoltan`)}`, sam)
    await call('GET', `/api/v1/conversations/${encodeURIComponent(text)}/entries`, sam)
    await call('GET', '/api/v1/zoltan')
    await call('POST', '/api/v1/session', { body: { email, password: 'correct horse' } })
    await call('POST', '/api/v1/session', { body: `{"email":"${email}` })
    await call('POST', '/api/v1/session', { body: { email: { email }, password: text } })
    await call('POST', '/api/v1/tickets', { ...ada, body: { kind: 'agent', id: text } })
    expect(lines.length).toBeGreaterThan(10)
    expect(lines.filter((line) => secrets.some((secret) => line.toLowerCase().includes(secret.toLowerCase())))).toEqual(
      [],
    )
  })

  it('AP7 hold none when the database fails over what it was asked', async () => {
    const before = lines.length
    await env.DB.prepare('alter table staff rename to staff_away').run()
    const body = { email, password: 'correct horse' }
    const response = await call('POST', '/api/v1/session', { body })
    await env.DB.prepare('alter table staff_away rename to staff').run()
    expect(response.status).toBe(500)
    const own = lines.slice(before)
    expect(own.join('\n')).toContain('no such table')
    expect(own.join('\n')).toContain(response.headers.get('x-request-id'))
    expect(own.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([])
    expect(await response.text()).not.toMatch(/staff|select|table/)
  })

  it('AP7 hold none when what fails quotes it', async () => {
    const before = lines.length
    const failing = new Proxy(env.DB, {
      get: () => () => {
        throw new Error(`near "${text}": for ${email} it's "over"\nparams: Kovács`)
      },
    })
    const request = new Request(`${origin}/api/v1/session`, {
      headers: { cookie: `__Host-parley_session=acme.${'a'.repeat(43)}` },
    })
    expect((await api(request, { ...env, DB: failing })).status).toBe(500)
    const own = lines.slice(before).join('\n')
    expect(own).toContain('"error":"Error: near …')
    expect(secrets.filter((secret) => own.includes(secret))).toEqual([])
  })

  it('AP7 hold none when an actor fails over what it was told', async () => {
    const before = lines.length
    const actor = env.CONVERSATION.getByName(
      address(asId<OrgId>('acme'), 'conversation', asId<ConversationId>('01LOGS')),
    )
    const told = { from: asActorName('acme/book/book'), base: 1, config: 0, rows: [{ n: 1, message: failing }] }
    await runInDurableObject(actor, (instance: Conversation) =>
      expect(instance.receive(told)).rejects.toThrow('is not valid JSON'),
    )
    const own = lines.slice(before)
    expect(own.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ event: 'actor_failed', where: 'acme/conversation/01LOGS receive' }),
    ])
    expect(secrets.filter((secret) => own.join('').includes(secret))).toEqual([])
  })

  it('AP7 are one JSON object a line', () => {
    const ours = lines.filter((line) => line.startsWith('{'))
    expect(ours.length).toBeGreaterThan(10)
    for (const line of ours)
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), event: expect.any(String) })
    expect(lines.filter((line) => !line.startsWith('{'))).toEqual([])
  })

  it('AP7 say of an error what kind it is, what caused it and where', () => {
    const error = new TypeError('cannot read', { cause: new Error(`"${text}" is not valid JSON`) })
    const told = describeError(error)
    expect(told).toMatch(/^TypeError: cannot read, caused by Error: … is not valid JSON\n\s+at /)
    expect(describeError(text)).toBe('not an Error')
    expect(describeError(new Error(`to ${email} at noon`))).toMatch(/^Error: to … at noon/)
  })
})

/** Requests that are sent again under their key. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../core/protocol/api.ts'
import { type Keyed, once } from '../../worker/api/once.ts'
import { database } from '../../worker/db/client.ts'
import { problem } from '../../worker/problems.ts'
import { call, found, memberOf, reported } from './callers.ts'
import { env } from './env.ts'

beforeAll(async () => {
  await found()
  await reported('acme/queue/acme-sales', 'acme/book/book', 'birch/queue/birch-sales')
})

const day = 24 * 3_600_000
const db = database(env.DB)

describe('a kept answer', () => {
  let last = 0
  /** A request of its own, and how often it was carried out. */
  function request(more: Partial<Keyed> = {}) {
    last += 1
    const keyed = { org: 'acme', caller: 'olga', route: 'POST /x', key: `key-${last}-of-mine`, body: '{}', ...more }
    const counter = { runs: 0 }
    const send = (answer: () => Response | Promise<Response>, now = 1_000, other: Partial<Keyed> = {}) =>
      once(db, { ...keyed, ...other }, now, async () => {
        counter.runs += 1
        return answer()
      })
    return { send, counter }
  }
  const number = (n: number) => () => Response.json({ n })
  const refusal = () => problem({ code: 'not_found', message: 'There is none.', field: 'actor' })

  it('AP5 is the first one, for a day', async () => {
    const { send, counter } = request()
    expect(await (await send(number(1))).json()).toEqual({ n: 1 })
    const again = await send(number(2), 1_000 + day)
    expect([again.status, again.headers.get('content-type'), await again.json()]).toEqual([
      200,
      'application/json',
      { n: 1 },
    ])
    expect(counter.runs).toBe(1)
    expect(await (await send(number(3), 1_001 + day)).json()).toEqual({ n: 3 })
  })

  it('AP5 is a refusal too, and an answer without a body', async () => {
    const refused = request()
    const first = await refused.send(refusal)
    const again = await refused.send(number(1))
    expect([again.status, again.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    expect(await again.text()).toBe(await first.text())
    const silent = request()
    await silent.send(() => new Response(null, { status: 204 }))
    const nothing = await silent.send(number(1))
    expect([nothing.status, nothing.body]).toEqual([204, null])
  })

  it.each([
    ['500', () => problem({ code: 'internal', message: 'No.' })],
    ['503', () => problem({ code: 'not_ready', message: 'No.', retry: true })],
    ['429', () => problem({ code: 'slow_down', message: 'No.', retry: true })],
  ])('AP5 is no %s: the same key tries again', async (_, failure) => {
    const { send, counter } = request()
    expect((await send(failure)).ok).toBe(false)
    expect(await (await send(number(2))).json()).toEqual({ n: 2 })
    expect(counter.runs).toBe(2)
  })

  it('AP5 is no throw either', async () => {
    const { send } = request()
    await expect(send(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await (await send(number(2))).json()).toEqual({ n: 2 })
  })

  it('AP5 is waited for: who asks meanwhile gets a conflict, and one of many is carried out', async () => {
    const { send, counter } = request()
    let finish = (_: Response) => {}
    const slow = send(() => new Promise<Response>((done) => (finish = done)))
    while (counter.runs === 0) await new Promise((done) => setTimeout(done, 1))
    const meanwhile = await Promise.all(Array.from({ length: 5 }, () => send(number(2))))
    expect(meanwhile.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409])
    expect(meanwhile[0]?.headers.get('retry-after')).toBe('1')
    finish(Response.json({ n: 1 }))
    await slow
    expect(await (await send(number(3))).json()).toEqual({ n: 1 })
    expect(counter.runs).toBe(1)
    const crowd = request()
    const all = await Promise.all(Array.from({ length: 8 }, (_, n) => crowd.send(number(n))))
    expect(crowd.counter.runs).toBe(1)
    expect(new Set(all.map(({ status }) => status)).has(200)).toBe(true)
  })

  it('AP5 of a try that never came back is not waited for longer than a minute', async () => {
    const { send, counter } = request()
    let finish = (_: Response) => {}
    const lost = send(() => new Promise<Response>((done) => (finish = done)))
    while (counter.runs === 0) await new Promise((done) => setTimeout(done, 1))
    expect((await send(number(2), 60_999)).status).toBe(409)
    expect(await (await send(number(2), 61_001)).json()).toEqual({ n: 2 })
    // The first one was only slow: its late answer replaces none.
    finish(Response.json({ n: 1 }))
    expect(await (await lost).json()).toEqual({ n: 1 })
    expect(await (await send(number(3), 62_000)).json()).toEqual({ n: 2 })
  })

  it('AP5 is for one request: another one under its key is refused', async () => {
    const { send, counter } = request()
    await send(number(1))
    const other = await send(number(2), 1_000, { body: '{"other":1}' })
    expect(Problem.parse(await other.json())).toMatchObject({ status: 400, errors: [{ field: 'Idempotency-Key' }] })
    expect(counter.runs).toBe(1)
  })

  it.each([{ org: 'birch' }, { caller: 'sam' }, { route: 'POST /y' }])('AP5 is nobody else’s: %o', async (other) => {
    const { send } = request()
    await send(number(1))
    expect(await (await send(number(2), 1_000, other)).json()).toEqual({ n: 2 })
  })
})

describe('the header Idempotency-Key', () => {
  const olga = { as: memberOf('olga') }
  const keyed = (key: string) => ({ headers: { 'idempotency-key': key } })
  const errorsOf = async (response: Response) => Problem.parse(await response.json()).errors

  it('AP5 keeps the answer where a route says so', async () => {
    const send = (actor: string, key: string) =>
      call('POST', '/api/ops/replay', { ...olga, ...keyed(key), body: { actor } })
    const first = await send('acme/queue/acme-sales', 'replay-number-1')
    expect([first.status, await first.json()]).toEqual([200, { items: 0 }])
    const rows = await env.DB.prepare(
      "select org_id, status, body from kept_answers where status = 200 and body like '%items%'",
    ).all()
    expect(rows.results).toEqual([{ org_id: 'acme', status: 200, body: '{"items":0}' }])
    expect((await send('acme/queue/acme-sales', 'replay-number-1')).status).toBe(200)
    expect(await errorsOf(await send('acme/book/book', 'replay-number-1'))).toMatchObject([
      { field: 'Idempotency-Key' },
    ])
    expect(await errorsOf(await send('acme/book/book', 'short'))).toMatchObject([{ field: 'Idempotency-Key' }])
    expect((await send('acme/queue/nowhere', 'replay-number-2')).status).toBe(404)
    expect((await send('birch/queue/birch-sales', 'replay-number-3')).status).toBe(404)
    expect((await call('POST', '/api/ops/replay', { ...olga, body: { actor: 'acme/book/book' } })).status).toBe(200)
  })

  it('AP5 stands for the id of a command', async () => {
    const path = '/api/v1/agents/ada/commands'
    const ada = { as: memberOf('ada') }
    const body = { name: 'presence', body: { presence: 'away' } }
    expect((await call('POST', path, { ...ada, ...keyed('a-command-of-mine'), body })).status).toBe(200)
    const both = { id: 'a-command-of-mine', ...body }
    expect((await call('POST', path, { ...ada, ...keyed('a-command-of-mine'), body: both })).status).toBe(200)
    const others = await call('POST', path, { ...ada, ...keyed('another-of-mine'), body: both })
    expect(await errorsOf(others)).toMatchObject([{ field: 'Idempotency-Key' }])
    expect(await errorsOf(await call('POST', path, { ...ada, body }))).toMatchObject([{ field: 'id' }])
  })
})

/** What does not get through, from the actor that reports it to the list that operators read: OB9. */
import { runDurableObjectAlarm } from 'cloudflare:test'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Packet } from '../../core/engine/mail.ts'
import { AuditList } from '../../core/protocol/administration.ts'
import { StuckList } from '../../core/protocol/api.ts'
import { ActorObject } from '../../durable-objects/engine/object.ts'
import { nothingFound } from '../../worker/db/persons.ts'
import { writeRecords } from '../../worker/db/projection.ts'
import { runDuties } from '../../worker/duties.ts'
import { call, configOf, found, memberOf, reported, trouble } from './callers.ts'
import { env } from './env.ts'
import { Company } from './kit/company.ts'

const day = 86_400_000

let acme: Company
beforeAll(async () => {
  await found()
  acme = await Company.found('acme', configOf('acme'))
})
afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  await env.DB.batch(['troubles', 'errands', 'erasures'].map((table) => env.DB.prepare(`delete from ${table}`)))
})

const list = async (query = '', who = 'olga') =>
  StuckList.parse(await (await call('GET', `/api/ops/stuck${query}`, { as: memberOf(who) })).json())
const replay = (actor: string, who = 'olga') => call('POST', '/api/ops/replay', { as: memberOf(who), body: { actor } })
const until = <T>(look: () => Promise<T | false | null | undefined>) =>
  vi.waitUntil(look, { timeout: 9_000, interval: 50 })

const well = { peers: [], parked: [] }

/** Nothing gets through to queues any more. */
function cutQueues() {
  const real = ActorObject.prototype.receive
  return vi.spyOn(ActorObject.prototype, 'receive').mockImplementation(async function (
    this: ActorObject<unknown>,
    packet: Packet,
  ) {
    if (this.actor.address.kind === 'queue') throw new Error('the queue is away')
    return real.call(this, packet)
  })
}

describe('a conversation that its queue does not hear', () => {
  it('OB9 AU1 is listed by itself, is sent again, which is an act, and is listed no more', async () => {
    const { conversation, line } = await acme.visitor('mia')
    const actor = `acme/conversation/${conversation}`
    const cut = cutQueues()
    await line.command('post', { text: 'Hello' })
    for (let tries = 0; tries < 12; tries += 1) {
      vi.useFakeTimers({ toFake: ['Date'] })
      vi.setSystemTime(Date.now() + 61_000)
      await runDurableObjectAlarm(acme.conversation(conversation))
    }
    // The report is news of the world lane, collected for a second.
    vi.setSystemTime(Date.now() + 2_000)
    await runDurableObjectAlarm(acme.conversation(conversation))
    vi.useRealTimers()
    const { items } = await until(async () => {
      const page = await list()
      return page.items.length > 0 && page
    })
    expect(items).toMatchObject([{ actor, peers: [{ peer: 'acme/queue/acme-sales' }], parked: [] }])
    expect(items[0]?.peers[0]?.attempts).toBeGreaterThanOrEqual(10)

    cut.mockRestore()
    const replayed = await replay(actor)
    expect([replayed.status, await replayed.json()]).toEqual([200, { items: 1 }])
    await until(async () => (await list()).items.length === 0)
    expect((await replay(actor)).status).toBe(404)
    const acts = AuditList.parse(
      await (await call('GET', '/api/v1/audit?action=ops.replay', { as: memberOf('olga') })).json(),
    )
    expect(acts.items).toMatchObject([
      { by: { id: 'olga' }, object: { kind: 'actor', id: actor }, before: null, after: { items: 1 } },
    ])
  })
})

describe('work of the edge that keeps failing', () => {
  const away = () => vi.spyOn(env.FILES, 'delete').mockRejectedValue(new Error('the bucket is away'))
  /** As the minute's duties come to it, however long each wait. */
  const fail = async () => {
    for (let tries = 1; tries <= 10; tries++) await runDuties(env, Date.now() + tries * day)
  }
  const cases = [
    [
      'errand',
      `insert into errands (org_id, conversation_id, kind, version, due_at) values ('acme', 'gone', 'clear', 1, 0)`,
    ],
    [
      'erasure',
      `insert into erasures (org_id, customer_id, requested_by, requested_at, found, named)
       values ('acme', 'zoe', 'olga', 1, '${JSON.stringify(nothingFound)}', '["gone"]')`,
    ],
  ] as const

  it.each(cases)(
    'OB11 AU1 an %s is listed after ten tries, and tried again by hand, which is an act',
    async (kind, insert) => {
      await env.DB.prepare(insert).run()
      const bucket = away()
      await fail()
      const { items } = await list()
      const name = kind === 'errand' ? 'acme/errand/gone:clear' : 'acme/erasure/zoe'
      const parked = [{ kind: kind === 'errand' ? 'clear' : kind, attempts: 10, error: 'Error: the bucket is away' }]
      expect(items).toMatchObject([{ actor: name, peers: [], parked }])
      expect(await (await replay(name)).json()).toEqual({ items: 0 })
      expect((await replay(name, 'otto')).status).toBe(404)
      bucket.mockRestore()
      expect(await (await replay(name)).json()).toEqual({ items: 1 })
      expect(await list()).toEqual({ items: [], next: null })
      const acts = AuditList.parse(
        await (await call('GET', `/api/v1/audit?object=${name}`, { as: memberOf('olga') })).json(),
      )
      expect(acts.items).toMatchObject([{ object: { kind, id: name }, after: { items: 1 } }])
    },
  )
})

describe('the list of what is stuck', () => {
  it('OB9 keeps the newest report of an actor, in whatever order they come', async () => {
    await writeRecords(env.DB, [trouble('acme/queue/q', 2, well)])
    await writeRecords(env.DB, [trouble('acme/queue/q', 1)])
    expect(await list()).toEqual({ items: [], next: null })
    await writeRecords(env.DB, [trouble('acme/queue/q', 3)])
    await writeRecords(env.DB, [trouble('acme/queue/q', 3)])
    expect((await list()).items.map(({ actor }) => actor)).toEqual(['acme/queue/q'])
  })

  it('OB9 comes page by page, each organisation its own', async () => {
    const names = Array.from({ length: 5 }, (_, i) => `acme/conversation/c${i}`)
    await reported(...names, 'birch/book/book')
    const seen: string[] = []
    for (let query: string | null = '?limit=2'; query !== null; ) {
      const { items, next }: StuckList = await list(query)
      expect(items.length).toBeLessThanOrEqual(2)
      seen.push(...items.map(({ actor }) => actor))
      query = next === null ? null : `?limit=2&after=${encodeURIComponent(next)}`
    }
    expect(seen).toEqual(names)
    expect((await list('', 'otto')).items.map(({ actor }) => actor)).toEqual(['birch/book/book'])
    expect((await replay('birch/book/book')).status).toBe(404)
  })

  it('OB9 forgets who is long well with the next report, and nobody who is not', async () => {
    const at = Date.now() - 20 * day
    await writeRecords(env.DB, [trouble('acme/queue/well', 1, { at, ...well }), trouble('acme/queue/stuck', 1, { at })])
    await writeRecords(env.DB, [trouble('acme/queue/new', 1)])
    const { results } = await env.DB.prepare('select actor from troubles order by actor').all()
    expect(results.map(({ actor }) => actor)).toEqual(['acme/queue/new', 'acme/queue/stuck'])
  })
})

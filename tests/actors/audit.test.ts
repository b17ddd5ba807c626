/** The audit: only ever added to, read within one's reach, taken along as a file that no spreadsheet runs. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type Act, AuditList } from '../../core/protocol/administration.ts'
import type { AuditRecord } from '../../core/protocol/projection.ts'
import { ulidTime } from '../../core/ulid.ts'
import { writeRecords } from '../../worker/db/projection.ts'
import { call, configOf, found, memberOf } from './callers.ts'
import { env } from './env.ts'

const year = 365 * 86_400_000
const now = Date.now()

const recordOf = (n: number, more: Partial<Act> = {}, org = 'acme'): AuditRecord => ({
  type: 'audit',
  org,
  act: {
    id: `${ulidTime(more.at ?? now - 1_000 + n)}${String(n).padStart(16, '0')}`,
    at: now - 1_000 + n,
    by: { id: 'sam', name: 'Sam', role: 'supervisor', team: 'north' },
    action: 'agent.presence',
    object: { kind: 'agent', id: 'ada' },
    before: { presence: 'available' },
    after: { presence: 'away' },
    from: { address: '192.0.2.1', client: 'A browser', request: 'r1' },
    ...more,
  },
})
const cyd = { id: 'cyd', name: '=HYPERLINK("x")', role: 'supervisor', team: 'south' }

beforeAll(async () => {
  await found()
  await writeRecords(env.DB, [
    recordOf(1),
    recordOf(2, { by: cyd, after: { note: 'Say "hi", all' } }),
    recordOf(3, {
      action: 'conversation.assign',
      object: { kind: 'conversation', id: 'c1' },
      from: null,
      before: null,
    }),
    recordOf(4, {}, 'birch'),
  ])
})

const read = async (who: string, query = '') => {
  const answer = await call('GET', `/api/v1/audit?${query}`, { as: memberOf(who) })
  return AuditList.parse(await answer.json())
}
/** The numbers of the acts that are shown. */
const shown = async (who: string, query = '') => (await read(who, query)).items.map(({ id }) => Number(id.slice(10)))

describe('the table', () => {
  it('AU2 takes an act once, whoever tells it again and however', async () => {
    await writeRecords(env.DB, [recordOf(1, { action: 'something else' })])
    const copy =
      'insert or replace into audit select org_id, id, at, by_id, by_name, by_role, by_team, ?, object_kind, object_id, before, after, origin from audit'
    await env.DB.prepare(copy).bind('forged').run()
    expect((await read('olga', 'object=ada&by=sam')).items).toEqual([recordOf(1).act])
    expect(await env.DB.prepare("select count(*) as n from audit where action = 'forged'").first('n')).toBe(0)
  })

  it('AU2 refuses every change, and to lose what is younger than a year', async () => {
    await expect(env.DB.prepare("update audit set by_name = 'Nobody'").run()).rejects.toThrow('only ever added to')
    await expect(env.DB.prepare('delete from audit').run()).rejects.toThrow('kept for a year')
    await writeRecords(env.DB, [recordOf(0, { at: now - year - 86_400_000 })])
    expect(await shown('olga', 'object=ada')).toContain(0)
    await env.DB.prepare('delete from audit where at < ?')
      .bind(now - year)
      .run()
    expect(await shown('olga', 'object=ada')).not.toContain(0)
  })
})

describe('a publication', () => {
  it('AU1 stands there once for each version, however often the request is sent', async () => {
    const publish = async (body: object) => {
      const headers = { 'idempotency-key': 'the-second-config' }
      return (await call('PUT', '/api/v1/config?base=1', { as: memberOf('max'), body, headers })).status
    }
    expect(await publish({ ...configOf('acme'), plans: {} })).toBe(400)
    expect([await publish(configOf('acme')), await publish(configOf('acme'))]).toEqual([200, 200])
    const { items } = await read('olga', 'kind=config')
    expect(items.map(({ by, object, before, after }) => [by.id, object.id, before, after])).toEqual([
      ['max', '2', { version: 1 }, { version: 2 }],
      ['olga', '1', { version: 0 }, { version: 1 }],
    ])
  })
})

describe('what is done with a person', () => {
  const path = '/api/v1/customers/a-person'
  /** What of it stands there, as who did it. */
  const acts = async () =>
    (await read('olga', 'kind=customer')).items.map(({ by, action, object }) => [by.id, action, object.id])

  it('AU1 stands there, an export each time and an erasure once; what was refused stands there not', async () => {
    const person = "insert into customers (org_id, id, name, created_at) values ('acme', 'a-person', 'a secret', 0)"
    await env.DB.prepare(person).run()
    for (const [who, status] of [
      ['max', 403],
      ['otto', 404],
      ['olga', 200],
      ['olga', 200],
    ] as const) {
      const answer = await call('GET', `${path}/export`, { as: memberOf(who) })
      await answer.text()
      expect(answer.status).toBe(status)
    }
    const exported = ['olga', 'person.export', 'a-person']
    expect(await acts()).toEqual([exported, exported])
    for (const [who, status] of [
      ['max', 403],
      ['otto', 404],
      ['olga', 200],
      ['olga', 200],
    ] as const) {
      expect((await call('POST', `${path}/erasure`, { as: memberOf(who) })).status).toBe(status)
    }
    expect(await acts()).toEqual([['olga', 'person.erase', 'a-person'], exported, exported])
    expect(JSON.stringify(await read('olga', 'kind=customer'))).not.toContain('secret')
  })
})

describe('GET /api/v1/audit', () => {
  it('AU3 finds by who, action, object, time and text', async () => {
    expect(await shown('olga', 'by=cyd')).toEqual([2])
    expect(await shown('olga', 'action=conversation.assign')).toEqual([3])
    expect(await shown('olga', 'kind=conversation&object=c1')).toEqual([3])
    expect(await shown('olga', `kind=agent&from=${now - 998}`)).toEqual([2])
    expect(await shown('olga', `kind=agent&to=${now - 998}`)).toEqual([1])
    expect(await shown('olga', 'text=SAY')).toEqual([2])
    expect(await shown('olga', 'text=%25')).toEqual([])
  })

  it('AU3 finds words as the search of messages does, with other conditions, page by page', async () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      recordOf(500 + n, { object: { kind: 'tag', id: `Zürich-${n % 3}` }, after: { note: '申请退款' } }, 'birch'),
    )
    await writeRecords(env.DB, many)
    expect(await shown('otto', 'text=退款&limit=200')).toEqual(many.map((_, n) => 529 - n))
    expect(await shown('otto', 'text=zurich-1&kind=tag')).toHaveLength(10)
    expect(await shown('otto', 'text=zurich-1&kind=agent')).toEqual([])
    expect(await shown('olga', 'text=退款')).toEqual([])
    const pages: number[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: Awaited<ReturnType<typeof read>> = await read(
        'otto',
        `text=zurich&limit=7${next === '' ? '' : `&after=${next}`}`,
      )
      pages.push(...page.items.map(({ id }) => Number(id.slice(10))))
      next = page.next
    }
    expect(pages).toEqual(many.map((_, n) => 529 - n))
  })

  it('AU3 goes on from page to page, newest first', async () => {
    const first = await read('olga', 'kind=agent&limit=1')
    const second = await read('olga', `kind=agent&limit=1&after=${first.next}`)
    expect([...first.items, ...second.items].map(({ id }) => Number(id.slice(10)))).toEqual([2, 1])
    expect(second.next).toBeNull()
  })

  it('AU3 shows a supervisor what the team did, and nobody what another organisation did', async () => {
    expect(await shown('sam')).toEqual([3, 1])
    expect(await shown('max', 'kind=agent')).toEqual([2, 1])
    expect(await shown('otto', 'kind=agent')).toEqual([4])
  })
})

describe('an export', () => {
  const lines = async (path: string) => {
    const answer = await call('GET', path, { as: memberOf('olga') })
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="audit\./)
    return (await answer.text()).split(/\r?\n/)
  }

  it('AU4 is a line of JSON for each act', async () => {
    const [one, two, end, ...more] = await lines('/api/v1/audit.ndjson?kind=agent')
    expect([one, two].map((line) => JSON.parse(line ?? '').object.id)).toEqual(['ada', 'ada'])
    expect([end, ...more]).toEqual([''])
  })

  it('AU4 is CSV in which nothing calculates', async () => {
    const text = (await lines('/api/v1/audit.csv?by=cyd')).join('\n')
    expect(text).toContain('id,at,by,name,role,team,action,kind,object,before,after,address,client,request')
    expect(text).toContain(`,cyd,"'=HYPERLINK(""x"")",supervisor,south,`)
    expect(text).toContain(`"{""note"":""Say \\""hi\\"", all""}"`)
  })

  it('AU4 is an act itself, and has everything, however long it is', async () => {
    const many = Array.from({ length: 1_201 }, (_, n) =>
      recordOf(10_000 + n, { at: now - 1_000, object: { kind: 'many', id: 'x' } }),
    )
    await writeRecords(env.DB, many)
    expect(await lines('/api/v1/audit.ndjson?kind=many')).toHaveLength(1_202)
    const [act] = (await read('olga', 'action=audit.export')).items
    expect(act).toMatchObject({ by: { id: 'olga' }, object: { kind: 'audit', id: 'acme' }, after: { kind: 'many' } })
  })
})

/** The search index in the runtime: fed through its queue, asked for words, made anew from the record. */
import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { Problem, SearchAnswer } from '../../core/protocol/api.ts'
import { defaultPolicies } from '../../core/protocol/policies.ts'
import type { StaffRole } from '../../core/protocol/principal.ts'
import type { ConversationRecord, EntryRecord, ProjectionRecord } from '../../core/protocol/projection.ts'
import { matchExpression, termsOf } from '../../core/text/query.ts'
import { openSession } from '../../worker/auth/sessions.ts'
import { database } from '../../worker/db/client.ts'
import { forward, indexBatch, indexRecords, realmOf } from '../../worker/db/indexing.ts'
import { project, writeRecords } from '../../worker/db/projection.ts'
import { reindexSome } from '../../worker/db/reindexing.ts'
import { findEntries, newest } from '../../worker/db/search.ts'
import { fetchApi } from './contract.ts'
import { env } from './env.ts'

const start = 1_800_000_000_000

/** A message of the conversation `c1`; the later its number, the later it was written. */
const entry = (org: string, seq: number, text: string, more: object = {}): EntryRecord => ({
  type: 'entry',
  org,
  conversation: 'c1',
  entry: {
    stream: 'staff',
    seq,
    pub: seq,
    at: start + seq,
    id: `command${seq}`,
    from: { role: 'customer', id: 'u1', name: 'Mia' },
    body: { type: 'message', text },
    ...more,
  },
})
const note = (org: string, seq: number, text: string) =>
  entry(org, seq, text, { pub: null, body: { type: 'note', text } })

/** A conversation of these teams. */
const conversation = (org: string, id: string, teams: readonly string[]): ConversationRecord => ({
  type: 'conversation',
  org,
  id,
  version: 1,
  customer: 'u1',
  customerName: 'Mia',
  channel: 'chat',
  status: 'talking',
  owner: null,
  openedAt: start,
  closedAt: null,
  entries: 1,
  teams,
})

const batchOf = (queue: string, ...messages: readonly ProjectionRecord[][]) =>
  createMessageBatch(
    queue,
    messages.map((records, n) => ({ id: `m${n}`, timestamp: new Date(), attempts: 2, body: { records } })),
  )

/** The numbers of the entries that are found. */
const find = async (org: string, query: string, before = newest, limit = 100) =>
  (await findEntries(env.SEARCH, org, termsOf(query), before, limit)).map(({ seq }) => seq)

/** Nothing can be indexed meanwhile. */
async function withoutIndex(run: () => Promise<void>) {
  const schema = env.SEARCH.prepare(
    "select sql from sqlite_schema where name in ('indexing', 'index_entry') order by rowid",
  )
  const { results } = await schema.all<{ sql: string }>()
  await env.SEARCH.prepare('drop view indexing').run()
  try {
    await run()
  } finally {
    for (const { sql } of results) await env.SEARCH.prepare(sql).run()
  }
}

describe('the index', () => {
  it('SE2 keeps the beginnings that a single character is asked by', async () => {
    const table = await env.SEARCH.prepare("select sql from sqlite_master where name = 'words'").first<string>('sql')
    const asked = matchExpression(await realmOf('an organisation'), termsOf('款'))
    const [, beginning = ''] = /^"(.*)" \*$/.exec(asked) ?? []
    expect(table).toContain(`prefix='${[...beginning].length}'`)
  })

  it('SE1 SE2 finds what the organisation wrote, and nothing of another', async () => {
    await indexRecords(env.SEARCH, [
      entry('acme', 1, '我要申请退款'),
      note('acme', 2, 'Herr Müller will sein Geld'),
      entry('acme', 3, 'joined', { body: { type: 'joined', name: 'Müller' } }),
      entry('birch', 1, '我要申请退款, says Muller'),
    ])
    expect(await find('acme', '退款')).toEqual([1])
    expect(await find('acme', '款订')).toEqual([])
    for (const character of '我要申请退款') expect(await find('acme', character)).toEqual([1])
    expect(await find('acme', 'muller')).toEqual([2])
    expect(await find('acme', 'says')).toEqual([])
    expect(await find('birch', 'muller 退款')).toEqual([1])
    for (const org of ['cedar', 'acm', 'acmee', 'Acme', '']) expect(await find(org, '退款')).toEqual([])
  })

  it('SE3 takes each entry once, whatever comes twice and in whatever order', async () => {
    const first = [entry('twice', 2, 'again'), entry('twice', 1, 'again')]
    await indexRecords(env.SEARCH, first)
    await indexRecords(env.SEARCH, [entry('twice', 3, 'again'), ...first, entry('twice', 3, 'again')])
    expect(await find('twice', 'again')).toEqual([3, 2, 1])
    const { results } = await env.SEARCH.prepare("select * from documents where org_id = 'twice'").all()
    expect(results).toHaveLength(3)
  })

  it('SE4 gives the newest first, page by page, also what was written in the same moment', async () => {
    const records = Array.from({ length: 25 }, (_, n) => entry('pages', n + 1, 'page', { at: start + (n % 2) }))
    await indexRecords(env.SEARCH, records.slice(9))
    await indexRecords(env.SEARCH, records)
    const seen: number[] = []
    for (let before = newest; ; ) {
      const hits = await findEntries(env.SEARCH, 'pages', termsOf('page'), before, 7)
      seen.push(...hits.map(({ seq }) => seq))
      const last = hits.at(-1)
      if (last === undefined) break
      before = last.id
    }
    expect(new Set(seen).size).toBe(25)
    expect(seen.map((seq) => seq % 2)).toEqual([...Array(12).fill(0), ...Array(13).fill(1)])
  })

  it('SE6 takes the longest messages, many at once', async () => {
    const records = Array.from({ length: 40 }, (_, n) => entry('long', n + 1, `${n} ${'退款'.repeat(4_000)}`))
    await indexRecords(env.SEARCH, records)
    expect(await find('long', '款退款')).toHaveLength(40)
    expect(await find('long', '7')).toEqual([8])
  })
})

describe('the way into the index', () => {
  it('SE3 leads from the actors through both queues', async () => {
    await env.PROJECTION.send({ records: [entry('way', 1, '从这里到那里')] })
    await vi.waitUntil(async () => (await find('way', '这里')).length === 1, { timeout: 12_000, interval: 100 })
  })

  it('SE5 goes on when the index failed, which does not hold up the record', async () => {
    const recorded = () => env.DB.prepare("select seq from entries where org_id = 'broken'").all()
    await withoutIndex(async () => {
      await env.PROJECTION.send({ records: [entry('broken', 1, 'later')] })
      await vi.waitUntil(async () => (await recorded()).results.length === 1, { timeout: 5_000, interval: 50 })
      const batch = batchOf('search', [entry('broken', 1, 'later')])
      await indexBatch(env.DB, env.SEARCH, batch)
      const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext())
      expect([explicitAcks, retryMessages.map(({ msgId }) => msgId)]).toEqual([[], ['m0']])
    })
    expect(await find('broken', 'later')).toEqual([])
    await vi.waitUntil(async () => (await find('broken', 'later')).length === 1, { timeout: 9_000, interval: 50 })
  })

  it('SE5 records again when the words could not be handed on', async () => {
    const batch = batchOf('projection', [entry('unsent', 1, 'later')])
    await project(env.DB, batch, () => Promise.reject(new Error('the queue is full')))
    const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext())
    expect([explicitAcks, retryMessages.map(({ msgId }) => msgId)]).toEqual([[], ['m0']])
  })

  it('SE3 hands on messages and notes only, in messages that fit the queue', async () => {
    const sent: string[] = []
    const queue: Queue<string> = {
      ...env.INDEXING,
      send: async (text) => {
        sent.push(text)
        return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }
      },
    }
    const long = Array.from({ length: 30 }, (_, n) => entry('sent', n, '款'.repeat(8_000)))
    const records = [...long, entry('sent', 31, '', { body: { type: 'reopened' } }), note('sent', 32, 'a')]
    await forward(queue, records)
    expect(sent.flatMap((text) => JSON.parse(text).records)).toEqual([...long, note('sent', 32, 'a')])
    for (const text of sent) expect(new TextEncoder().encode(text).length).toBeLessThan(128_000)
    sent.length = 0
    await forward(queue, [entry('sent', 31, '', { body: { type: 'reopened' } })])
    expect(sent).toEqual([])
  })
})

describe('GET /api/v1/search', () => {
  const cookies = new Map<string, string>()

  beforeAll(async () => {
    const people: readonly (readonly [org: string, id: string, role: StaffRole])[] = [
      ['east', 'ada', 'agent'],
      ['east', 'sam', 'supervisor'],
      ['east', 'max', 'manager'],
      ['west', 'wim', 'administrator'],
    ]
    for (const org of ['east', 'west']) {
      await env.DB.prepare('insert into organisations (id, name, created_at) values (?, ?, 0)').bind(org, org).run()
    }
    for (const [org, id, role] of people) {
      const member =
        "insert into staff (org_id, id, email, name, role, password_hash, created_at) values (?, ?, ?, ?, ?, '', 0)"
      await env.DB.prepare(member).bind(org, id, `${id}@${org}.example`, id, role).run()
      cookies.set(
        id,
        await openSession(database(env.DB), { org, id, policy: defaultPolicies.session, mustEnrol: false }, Date.now()),
      )
    }
    const said = [
      conversation('east', 'c1', ['']),
      conversation('east', 'c2', ['south']),
      { ...entry('east', 1, 'Refund in the south'), conversation: 'c2' },
      entry('east', 1, '我要申请退款'),
      entry('east', 2, '<b>Refund</b> & "quotes"'),
      note('east', 3, 'Refund approved'),
      ...Array.from({ length: 45 }, (_, n) => entry('east', n + 4, `many ${n}`)),
      entry('west', 1, 'Refund in the west, 退款'),
    ]
    await writeRecords(env.DB, said)
    await indexRecords(env.SEARCH, said)
  })

  const ask = (as: string | undefined, query: Record<string, string>) => {
    const headers = new Headers()
    if (as !== undefined) headers.set('cookie', cookies.get(as)?.split(';')[0] ?? '')
    const address = `https://parley.example/api/v1/search?${new URLSearchParams(query)}`
    return fetchApi(new Request(address, { headers }))
  }
  const answer = async (as: string, query: Record<string, string>) => {
    const response = await ask(as, query)
    expect(response.status).toBe(200)
    return SearchAnswer.parse(await response.json())
  }

  it('SE4 answers with plain text and where it matches, newest first', async () => {
    expect(await answer('sam', { q: 'REFUND' })).toEqual({
      items: [
        {
          conversation: 'c1',
          seq: 3,
          at: start + 3,
          type: 'note',
          from: { role: 'customer', id: 'u1', name: 'Mia' },
          snippet: { text: 'Refund approved', matches: [{ from: 0, to: 6 }] },
        },
        {
          conversation: 'c1',
          seq: 2,
          at: start + 2,
          type: 'message',
          from: { role: 'customer', id: 'u1', name: 'Mia' },
          snippet: { text: '<b>Refund</b> & "quotes"', matches: [{ from: 3, to: 9 }] },
        },
      ],
      next: null,
    })
    const { items } = await answer('sam', { q: '退款' })
    expect(items.map(({ snippet }) => snippet)).toEqual([{ text: '我要申请退款', matches: [{ from: 4, to: 6 }] }])
  })

  it("PE5 finds what is the team's for a supervisor, and everything for a manager", async () => {
    const found = async (who: string) => (await answer(who, { q: 'refund' })).items.map((item) => item.conversation)
    expect(await found('sam')).toEqual(['c1', 'c1'])
    expect(await found('max')).toEqual(['c1', 'c1', 'c2'])
  })

  it('SE4 goes on from page to page, none twice and none left out', async () => {
    const seen: number[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: SearchAnswer = await answer('sam', { q: 'many', limit: '20', ...(cursor === '' ? {} : { cursor }) })
      seen.push(...page.items.map(({ seq }) => seq))
      cursor = page.next
    }
    expect(seen).toEqual(Array.from({ length: 45 }, (_, n) => 48 - n))
    expect((await answer('sam', { q: 'many' })).items).toHaveLength(20)
  })

  it('SE4 PE5 fills a page with what is within reach, however much else matches', async () => {
    const crowd = Array.from({ length: 60 }, (_, n) => ({ ...entry('east', n + 1_000, 'crowd'), conversation: 'c2' }))
    const said = [entry('east', 60, 'crowd of ours'), ...crowd]
    await writeRecords(env.DB, said)
    await indexRecords(env.SEARCH, said)
    const { items, next } = await answer('sam', { q: 'crowd', limit: '5' })
    expect([items.map(({ seq }) => seq), next]).toEqual([[60], null])
    expect((await answer('max', { q: 'crowd', limit: '5' })).items).toHaveLength(5)
  })

  it('SE1 shows nobody what another organisation wrote, with whatever cursor', async () => {
    const { items } = await answer('wim', { q: 'refund' })
    expect(items.map(({ snippet }) => snippet.text)).toEqual(['Refund in the west, 退款'])
    expect(await answer('sam', { q: 'west' })).toEqual({ items: [], next: null })
    const { next } = await answer('sam', { q: 'many' })
    for (const q of ['many', '申请', '我']) {
      expect(await answer('wim', { q, cursor: next ?? '' })).toEqual({ items: [], next: null })
    }
  })

  it('SE3 leaves out what the record no longer holds', async () => {
    await indexRecords(env.SEARCH, [entry('east', 100, 'purged by now')])
    expect(await answer('sam', { q: 'purged' })).toEqual({ items: [], next: null })
  })

  it('SE2 takes whatever is typed for words', async () => {
    for (const q of [
      '"',
      "'",
      'refund" OR "many',
      'NEAR(',
      '*',
      'body:refund',
      '-',
      '^',
      '\u0000',
      '\ud83d',
      '"" AND',
      '%_',
    ]) {
      await answer('sam', { q })
    }
    expect(await answer('sam', { q: 'refund" OR "many' })).toEqual({ items: [], next: null })
    expect((await answer('sam', { q: '"refund" (approved)*' })).items).toHaveLength(1)
  })

  it('SE6 names the parameter that does not fit, and wants a supervisor', async () => {
    const wrong = { q: { q: ' ' }, cursor: { q: 'a', cursor: 'x' }, limit: { q: 'a', limit: '51' } }
    for (const [field, query] of Object.entries(wrong)) {
      const response = await ask('sam', query)
      expect(response.status).toBe(400)
      expect(Problem.parse(await response.json()).errors?.map((error) => error.field)).toEqual([field])
    }
    expect((await ask('sam', { q: 'x'.repeat(201) })).status).toBe(400)
    expect((await ask('ada', { q: 'refund' })).status).toBe(403)
    expect((await ask(undefined, { q: 'refund' })).status).toBe(401)
  })
})

/** As a migration leaves it, or `npm run admin -- search rebuild`. */
const beginAnew = () =>
  env.SEARCH.batch([
    env.SEARCH.prepare("insert into words (words) values ('delete-all')"),
    env.SEARCH.prepare('delete from documents'),
    env.SEARCH.prepare(`update progress set place = '["","",0]' where name = 'entries'`),
  ])

describe('a rebuild', () => {
  it('SE3 SE7 finds in the record what the index had, and what it had missed', async () => {
    const records = Array.from({ length: 1_201 }, (_, n) => entry('anew', n + 1, n % 2 === 0 ? 'even' : 'odd'))
    await writeRecords(env.DB, [
      ...records,
      note('anew2', 1, 'even'),
      entry('anew2', 2, '', { body: { type: 'reopened' } }),
    ])
    await indexRecords(env.SEARCH, [...records.slice(0, 100), entry('gone', 1, 'even')])
    await beginAnew()
    expect(await find('anew', 'even')).toEqual([])
    const total = await env.DB.prepare("select count(*) as n from entries where body ->> 'text' is not null").first('n')
    expect(await reindexSome(env)).toBe(total)
    expect(await reindexSome(env)).toBe(0)
    expect(await find('anew', 'even', newest, 1_000)).toEqual(
      records
        .filter((_, n) => n % 2 === 0)
        .map(({ entry }) => entry.seq)
        .reverse(),
    )
    expect(await find('anew2', 'even')).toEqual([1])
    expect(await find('gone', 'even')).toEqual([])
    // Made anew over what is there, nothing is there twice.
    await env.SEARCH.prepare(`update progress set place = '["","",0]' where name = 'entries'`).run()
    expect(await reindexSome(env)).toBe(total)
    expect(await find('anew', 'odd', newest, 1_000)).toHaveLength(600)
  })
})

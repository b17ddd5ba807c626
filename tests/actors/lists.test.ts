/** Lists of conversations: what each filter finds, page by page, and what a page costs however much is recorded. */
import { beforeAll, describe, expect, it } from 'vitest'
import { ConversationList } from '../../core/protocol/api.ts'
import type { Reach } from '../../core/protocol/permissions.ts'
import type { ConversationRecord, SegmentRecord } from '../../core/protocol/projection.ts'
import { ulid } from '../../core/ulid.ts'
import { database } from '../../worker/db/client.ts'
import { type Filter, listConversations } from '../../worker/db/conversations.ts'
import { writeRecords } from '../../worker/db/projection.ts'
import { call, found, keyFor, memberOf } from './callers.ts'
import { env } from './env.ts'
import { type Asked, noting, rowsRead, slowSteps } from './kit/plans.ts'

const begin = 1_800_000_000_000
const minute = 60_000

interface Talk extends ConversationRecord {
  readonly queue: string
  readonly agent: string | null
}

/** The nth conversation; few of many are open, of the team `few`, or tagged `rare`. */
function talk(org: string, n: number): Talk {
  const isOpen = n % 50 === 0
  const openedAt = begin + n * minute
  const teams = n % 1_500 === 7 ? ['few'] : n % 3 === 0 ? ['north'] : n % 3 === 1 ? ['north', 'south'] : []
  return {
    type: 'conversation',
    org,
    id: ulid(openedAt - 1_000, new Uint8Array(10).fill(n % 256)),
    version: 1,
    customer: `customer${n % 10}`,
    customerName: 'Mia',
    channel: 'chat',
    status: isOpen ? (n % 100 === 0 ? 'waiting' : 'talking') : 'closed',
    owner: isOpen && n % 100 !== 0 ? 'sam' : null,
    openedAt,
    closedAt: isOpen ? null : openedAt + minute,
    entries: 1,
    teams,
    about: {
      tags: [...(n % 2 === 1 ? ['odd'] : []), ...(n % 700 === 3 ? ['rare'] : [])],
      ...{ disposition: null, rating: null, snoozedUntil: null, mergedInto: null, splitFrom: null },
    },
    queue: n % 4 === 0 ? 'sales' : 'care',
    agent: n % 5 === 0 ? 'ada' : n % 5 === 1 ? 'ben' : null,
  }
}

function staysOf({ org, id, queue, agent, openedAt }: Talk): SegmentRecord[] {
  const times = { beganAt: openedAt, endedAt: openedAt + 1, outcome: null, lease: null, first: 1, last: 1 }
  const stay = (kind: 'queue' | 'talk'): SegmentRecord => ({
    type: 'segment',
    org,
    conversation: id,
    segment: { id: `${kind}:1`, version: 1, kind, queue, agent: kind === 'talk' ? agent : null, ...times },
  })
  return agent === null ? [stay('queue')] : [stay('queue'), stay('talk')]
}

async function write(org: string, count: number): Promise<Talk[]> {
  const talks = Array.from({ length: count }, (_, n) => talk(org, n))
  await writeRecords(env.DB, [...talks.map(({ queue: _, agent: __, ...record }) => record), ...talks.flatMap(staysOf)])
  return talks
}

/** What the list should hold. */
function expected(talks: readonly Talk[], reach: Reach | null, filter: Filter): string[] {
  const isOfTeam = ({ teams = [] }: Talk, team: string) => (teams.length === 0 ? team === '' : teams.includes(team))
  const isSeen = (one: Talk) =>
    reach === null || one.owner === reach.staff || (reach.team !== undefined && isOfTeam(one, reach.team))
  return talks
    .filter(isSeen)
    .filter(({ status }) => filter.open !== true || status !== 'closed')
    .filter(({ status }) => filter.status === undefined || status === filter.status)
    .filter(({ customer }) => filter.customer === undefined || customer === filter.customer)
    .filter(({ queue }) => filter.queue === undefined || queue === filter.queue)
    .filter(({ agent }) => filter.agent === undefined || agent === filter.agent)
    .filter(({ about }) => filter.tag === undefined || about?.tags.includes(filter.tag))
    .filter(({ openedAt }) => openedAt >= (filter.from ?? 0) && openedAt < (filter.to ?? Number.POSITIVE_INFINITY))
    .map(({ id }) => id)
    .sort()
    .reverse()
}

/** All pages, one after the other. */
async function walkedThrough(org: string, reach: Reach | null, filter: Filter, limit: number): Promise<string[]> {
  const ids: string[] = []
  for (let after: string | null | undefined; after !== null; ) {
    const page = await listConversations(database(env.DB), org, reach, { limit, after }, filter)
    expect(page.rows.length).toBeLessThanOrEqual(limit)
    ids.push(...page.rows.map(({ id }) => id))
    after = page.next
  }
  return ids
}

const reaches: readonly (Reach | null)[] = [
  null,
  { staff: 'sam' },
  { staff: 'sam', team: 'few' },
  { staff: 'sam', team: 'north' },
  { staff: 'nobody', team: '' },
]
const filters: readonly Filter[] = [
  {},
  { open: true },
  { status: 'waiting' },
  { status: 'closed', tag: 'odd' },
  { customer: 'customer3' },
  { queue: 'sales' },
  { agent: 'ada' },
  { tag: 'rare' },
  // Many meet either, nobody meets both.
  { queue: 'sales', tag: 'odd' },
  { queue: 'care', agent: 'ben', tag: 'odd' },
  // More ways than D1 would join in one statement.
  { customer: 'customer5', queue: 'care', agent: 'ada', tag: 'odd' },
  { from: begin + 1_000 * minute, to: begin + 4_000 * minute },
  { open: true, agent: 'ada', from: begin + 1_000 * minute, to: begin + 1_001 * minute },
]

let many: Talk[]
beforeAll(async () => {
  await found()
  many = await write('many', 5_000)
  await write('some', 2_500)
})

describe('a list of conversations', () => {
  it.each(filters)('AP9: is all that meets %j, newest first, none twice', async (filter) => {
    for (const reach of reaches)
      expect(await walkedThrough('many', reach, filter, 500)).toEqual(expected(many, reach, filter))
  })

  it('RP3: reads by an index, and sorts nothing', async () => {
    const asked: Asked[] = []
    const db = database(noting(env.DB, asked))
    for (const reach of reaches)
      for (const filter of filters) await listConversations(db, 'many', reach, { limit: 50, after: 'x' }, filter)
    expect(asked.length).toBeGreaterThan(filters.length * reaches.length)
    expect(await slowSteps(env.DB, asked)).toEqual([])
  })

  it('RP3: a page costs the same, however much is recorded', async () => {
    const costs = async (org: string, reach: Reach | null, filter: Filter) => {
      const asked: Asked[] = []
      await listConversations(database(noting(env.DB, asked)), org, reach, { limit: 50, after: undefined }, filter)
      return rowsRead(env.DB, asked)
    }
    for (const reach of reaches)
      for (const filter of filters) expect(await costs('many', reach, filter)).toBeLessThan(12_000)
    for (const filter of [{}, { customer: 'customer3' }, { queue: 'sales' }, { agent: 'ada' }, { tag: 'odd' }])
      expect(await costs('many', null, filter)).toBe(await costs('some', null, filter))
  })
})

describe('facets', () => {
  it('RP3: are what conversations and stays say, also when those change or go', async () => {
    const one = talk('facets', 1)
    const facets = async () => {
      const rows = await env.DB.prepare(
        "select kind || ':' || value as facet from facets where org_id = 'facets'",
      ).all()
      return rows.results.map(({ facet }) => facet).sort()
    }
    await writeRecords(env.DB, [one, ...staysOf(one)])
    expect(await facets()).toEqual(['agent:ben', 'queue:care', 'tag:odd', 'team:north', 'team:south'])
    const about = { ...one.about, tags: ['even', 'even'], disposition: null }
    await writeRecords(env.DB, [
      { ...one, version: 2, teams: [], about: { ...talk('facets', 2).about, ...about } } as Talk,
    ])
    expect(await facets()).toEqual(['agent:ben', 'queue:care', 'tag:even', 'team:'])
    await writeRecords(env.DB, [{ ...one, version: 3, teams: [], erased: { at: 1, why: 'request' }, about: undefined }])
    expect(await facets()).toEqual(['team:'])
    await env.DB.prepare("delete from conversations where org_id = 'facets'").run()
    expect(await facets()).toEqual([])
  })
})

describe('GET /api/v1/conversations', () => {
  const shown = async (as: Parameters<typeof call>[2], query: string) => {
    const answer = await call('GET', `/api/v1/conversations?${query}`, as)
    expect(answer.status).toBe(200)
    return ConversationList.parse(await answer.json()).items.map(({ openedAt }) => (openedAt - begin) / minute)
  }

  it('AP9: shows mine, my team’s and all, as far as the role reaches', async () => {
    await write('acme', 60)
    const sam = { as: memberOf('sam') }
    const max = { as: memberOf('max') }
    expect(await shown(sam, 'scope=mine')).toEqual([50])
    expect(await shown(max, 'scope=mine')).toEqual([])
    expect(await shown(sam, 'scope=all&limit=3')).toEqual([58, 57, 55])
    expect(await shown(max, 'scope=team&limit=3')).toEqual([58, 57, 55])
    expect(await shown(max, 'limit=3')).toEqual([59, 58, 57])
    const narrow = `queue=sales&agent=ada&status=waiting&from=${begin}&to=${begin + minute}&customer=customer0`
    expect(await shown(max, narrow)).toEqual([0])
    const key = { as: await keyFor(['record.read']) }
    expect(await shown(key, 'tag=rare')).toEqual([3])
    const refused = await call('GET', '/api/v1/conversations?scope=mine', key)
    expect([refused.status, (await refused.json<{ errors: unknown }>()).errors]).toMatchObject([
      400,
      [{ field: 'scope' }],
    ])
  })
})

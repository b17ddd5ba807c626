/** The record of a varied day, emptied and told anew: every column of every row is the same. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RebuildStep } from '../../core/protocol/api.ts'
import type { ConfigInput } from '../../core/protocol/config.ts'
import type { SegmentRecord } from '../../core/protocol/projection.ts'
import { REGISTER_SHARDS, shardName } from '../../core/register/model.ts'
import { writeRecords } from '../../worker/db/projection.ts'
import { call, found, memberOf } from './callers.ts'
import { env } from './env.ts'
import { Company } from './kit/company.ts'
import { dump, type Row, settled } from './kit/record.ts'

const olga = memberOf('olga')

const config: ConfigInput = {
  organisation: 'Acme',
  queues: { sales: { name: 'Sales' }, care: { name: 'Care' } },
  plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }] }] } },
  entrances: { chat: 'chat' },
  agents: {
    ada: { name: 'Ada', queues: [{ queue: 'sales' }] },
    ben: { name: 'Ben', queues: [{ queue: 'care' }] },
  },
  media: {
    chat: { capacity: 3, exclusive: false, wrap: 60_000, grace: 60_000 },
    voice: { capacity: 1, exclusive: true, wrap: 0, grace: 10_000 },
  },
}

/** Talks that end in every way there is in a chat, and some that go on. */
async function varied(acme: Company) {
  const ada = await acme.console('ada')
  const ben = await acme.console('ben')
  const answered = await acme.visitor('answered')
  await answered.line.command('post', { text: '我要申请退款' })
  const lease = await ada.accept(answered.conversation)
  const desk = await ada.look(answered.conversation)
  await desk.command('post', { text: 'Certainly', lease })
  await desk.command('note', { text: 'A regular' })
  await desk.command('close', { lease })
  await ada.item(answered.conversation, 'wrap')
  await ada.line.command('finish', { conversation: answered.conversation })

  const moved = await acme.visitor('moved')
  await moved.line.command('post', { text: 'My parcel' })
  const first = await ada.accept(moved.conversation)
  const there = await ada.look(moved.conversation)
  await there.command('transfer', { lease: first, queue: 'care', warm: false })
  await ben.accept(moved.conversation)
  // Still wrapping up when the record is made anew.
  await ada.item(moved.conversation, 'wrap')

  const declined = await acme.visitor('declined')
  await declined.line.command('post', { text: 'Hello?' })
  const offer = await ada.item(declined.conversation, 'ringing')
  await ada.line.command('decline', { conversation: declined.conversation, lease: offer.lease, reason: 'at lunch' })
  await declined.line.command('leave', {})
  await ben.line.command('presence', { presence: 'busy' })
  await ada.line.command('presence', { presence: 'away' })

  const waiting = await acme.visitor('waiting')
  await waiting.line.command('post', { text: 'Is anybody there?' })
}

async function rebuild(): Promise<RebuildStep[]> {
  const steps: RebuildStep[] = []
  for (let cursor: string | null = 'empty'; cursor !== null; ) {
    const answer = await call('POST', '/api/ops/rebuild', { as: olga, body: { cursor } })
    expect(answer.status).toBe(200)
    const step: RebuildStep = await answer.json()
    steps.push(step)
    cursor = step.next
  }
  return steps
}

let acme: Company
beforeAll(async () => {
  await found()
  acme = await Company.found('acme', config)
})

describe('a rebuild', () => {
  it('RC3: comes to the same record, every column of every row', async () => {
    await varied(acme)
    const kinds = (tables: Record<string, Row[]>) => new Set(tables.segments?.map(({ kind }) => kind))
    const day = await settled('acme', (tables) => {
      const ended = tables.agent_intervals?.filter(({ ended_at }) => ended_at !== null).length ?? 0
      const talks = tables.conversations?.map(({ status }) => status).sort()
      return kinds(tables).size === 4 && ended >= 4 && talks?.join() === 'closed,closed,talking,waiting'
    })
    // What no actor knows is not told again, and another organisation's record is its own.
    await writeRecords(env.DB, [stray('acme'), stray('birch')])
    const steps = await rebuild()
    expect(steps.flatMap(({ silent }) => silent)).toEqual([])
    // Four conversations and two agents.
    expect(steps.reduce((sum, { asked }) => sum + asked, 0)).toBe(6)
    const before = JSON.stringify(day)
    expect(await settled('acme', (tables) => JSON.stringify(tables) === before)).toEqual(day)
    expect((await dump('birch')).segments).toHaveLength(1)
  })

  it('RC3: finds whoever the record knows and the register has never heard of', async () => {
    const before = await dump('acme')
    const shards = Array.from({ length: REGISTER_SHARDS }, (_, n) => env.REGISTER.getByName(shardName(acme.org, n)))
    for (const shard of shards) {
      await runInDurableObject(shard, ({ actor }, { storage }) => {
        if (actor.state.members.head > 0) storage.sql.exec('delete from entries')
      })
      await evictDurableObject(shard)
    }
    const steps = await rebuild()
    const sumOf = (what: 'joined' | 'asked') => steps.reduce((sum, step) => sum + (step[what] ?? 0), 0)
    expect([sumOf('joined'), sumOf('asked')]).toEqual([6, 6])
    const text = JSON.stringify(before)
    expect(await settled('acme', (tables) => JSON.stringify(tables) === text)).toEqual(before)
    expect((await rebuild()).reduce((sum, { joined = 0 }) => sum + joined, 0)).toBe(0)
    await settled('acme', (tables) => JSON.stringify(tables) === text)
  })

  it('RC4: refuses a place that is none', async () => {
    for (const cursor of ['16:0', '1', 'all', '', 'join:*']) {
      expect((await call('POST', '/api/ops/rebuild', { as: olga, body: { cursor } })).status).toBe(400)
    }
  })
})

const stray = (org: string): SegmentRecord => ({
  type: 'segment',
  org,
  conversation: 'nobody',
  segment: {
    id: 'queue:1:sales',
    version: 1,
    kind: 'queue',
    queue: 'sales',
    agent: null,
    lease: null,
    beganAt: 1,
    endedAt: null,
    outcome: null,
    first: 1,
    last: null,
  },
})

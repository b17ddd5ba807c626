/** Reports over HTTP. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { AgentIntervalRecord, ProjectionRecord, SegmentRecord } from '../../core/protocol/projection.ts'
import { type AgentReportAnswer, type QueueReportAnswer, QueueReportRow } from '../../core/protocol/reports.ts'
import type { Segment } from '../../core/protocol/segments.ts'
import { writeRecords } from '../../worker/db/projection.ts'
import { call, found, memberOf } from './callers.ts'
import { env } from './env.ts'

const hour = 3_600_000
const noon = 1_700_000_000_000

function segment(org: string, id: string, more: Partial<Segment>): SegmentRecord {
  const blank = {
    id,
    version: 1,
    kind: 'queue',
    queue: `${org}-sales`,
    agent: null,
    lease: null,
    first: 1,
    last: 2,
  } as const
  const row: Segment = { ...blank, beganAt: noon, endedAt: noon + 10_000, outcome: 'answered', ...more }
  return { type: 'segment', org, conversation: 'c1', segment: row }
}

const time = (agent: string, id: number, from: number, to: number | null, occupied: boolean): AgentIntervalRecord => ({
  type: 'agent-interval',
  org: 'acme',
  agent,
  interval: {
    ...{ id, version: 1, presence: 'available', reason: null, notResponding: false, connected: true, occupied },
    ...{ beganAt: noon + from, endedAt: to === null ? null : noon + to },
  },
})

const day: readonly ProjectionRecord[] = [
  segment('acme', 'queue:1', {}),
  segment('acme', 'talk:2', { kind: 'talk', agent: 'ada', outcome: 'closed-by-agent', endedAt: noon + 70_000 }),
  segment('acme', 'queue:3', { outcome: 'abandoned', endedAt: noon + hour }),
  segment('acme', 'queue:4', { endedAt: null, outcome: null }),
  segment('acme', 'queue:5:acme-south', { queue: 'acme-south', endedAt: noon + 1.5 * hour }),
  segment('birch', 'queue:1', {}),
  // Began before the span and reaches into it; ended before it; begins in it and lasts.
  time('ada', 1, -9 * hour, -2 * hour, false),
  time('ada', 2, -2 * hour, hour, true),
  time('ada', 3, hour, null, false),
  time('cyd', 1, 0, 1_000, true),
  time('ben', 1, -9 * hour, -8 * hour, false),
]

beforeAll(async () => {
  await found()
  await writeRecords(env.DB, day)
})

async function ask<T>(path: string, who = 'olga'): Promise<T> {
  const answer = await call('GET', path, { as: memberOf(who) })
  expect(answer.status).toBe(200)
  return answer.json()
}

const span = (from: number, to: number, more = '') => `from=${noon + from}&to=${noon + to}${more}`

describe('reports', () => {
  it('RP1: show the queues of the organisation, span by span', async () => {
    // On the hour: 22:00 in UTC.
    const ten = noon - 800_000
    const { items } = await ask<QueueReportAnswer>(
      `/api/v1/reports/queues?from=${ten}&to=${ten + 2 * hour}&interval=hour&within=9999`,
    )
    expect(items).toMatchObject([
      { queue: 'acme-sales', from: ten, to: ten + hour, offered: 1, answered: 1, serviceLevel: 0, aht: 70_000 },
      { queue: 'acme-sales', from: ten + hour, to: ten + 2 * hour, offered: 1, abandoned: 1, handled: 0, aht: null },
      { queue: 'acme-south', from: ten, offered: 0, serviceLevel: null },
      { queue: 'acme-south', from: ten + hour, offered: 1, answered: 1 },
    ])
  })

  it('RP2: show agents with the time that lies in the span', async () => {
    const { items } = await ask<AgentReportAnswer>(`/api/v1/reports/agents?${span(0, 2 * hour)}`)
    expect(items).toMatchObject([
      { agent: 'ada', handled: 1, signedInTime: 2 * hour, occupiedTime: hour, idleTime: hour, occupancy: 0.5 },
      { agent: 'cyd', handled: 0, signedInTime: 1_000, utilisation: 1 },
    ])
  })

  it('RP4: show a supervisor the own team only, and a manager all', async () => {
    const names = async (kind: 'queues' | 'agents', who: string) => {
      const { items } = await ask<{ items: Record<string, string>[] }>(
        `/api/v1/reports/${kind}?${span(0, 2 * hour)}`,
        who,
      )
      return new Set(items.map((row) => row.queue ?? row.agent))
    }
    expect(await names('queues', 'sam')).toEqual(new Set(['acme-sales']))
    expect(await names('queues', 'max')).toEqual(new Set(['acme-sales', 'acme-south']))
    expect(await names('agents', 'sam')).toEqual(new Set(['ada']))
    expect(await names('agents', 'max')).toEqual(new Set(['ada', 'cyd']))
  })

  it('RP5: follow the clocks of a zone, and come as a file too', async () => {
    const query = `${span(0, 2 * hour)}&interval=hour&zone=Asia/Kathmandu`
    const { items } = await ask<QueueReportAnswer>(`/api/v1/reports/queues?${query}`)
    expect(items.filter(({ queue }) => queue === 'acme-sales').map(({ from, to }) => [from - noon, to - from])).toEqual(
      [
        [0, 100_000],
        [100_000, hour],
        [100_000 + hour, hour - 100_000],
      ],
    )
    const answer = await call('GET', `/api/v1/reports/queues.csv?${query}`, { as: memberOf('sam') })
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="queues.csv"')
    const [head = '', first = '', ...rest] = (await answer.text()).split('\r\n')
    expect(head.split(',')).toEqual([...Object.keys(QueueReportRow.shape), 'begins'])
    expect(first).toMatch(
      /^acme-sales,2023-11-14T22:13:20\.000Z,2023-11-14T22:15:00\.000Z,1,1,1,0,.*,2023-11-15T03:58$/,
    )
    expect(rest.filter((line) => !line.startsWith('acme-sales,'))).toEqual([''])
    const agents = await call('GET', `/api/v1/reports/agents.csv?${span(0, hour)}`, { as: memberOf('olga') })
    const lines = (await agents.text()).trim().split('\r\n')
    expect(lines.map((line) => line.split(',')[0])).toEqual(['agent', 'ada', 'cyd'])
  })

  it('AP4: refuse a span that is none or too long by its field', async () => {
    for (const [query, field] of [
      [span(1, 1), 'to'],
      [span(0, 32 * 24 * hour), 'to'],
      ['from=x&to=1', 'from'],
      [span(0, 30 * 24 * hour, '&interval=15min'), 'interval'],
      [span(0, hour, '&interval=minute'), 'interval'],
      [span(0, hour, '&interval=day&zone=Europe/Nowhere'), 'zone'],
    ]) {
      const answer = await call('GET', `/api/v1/reports/agents?${query}`, { as: memberOf('olga') })
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ errors: [{ field }] })
    }
  })
})

/** The traffic of a recorded day over HTTP. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { ProjectionRecord } from '../../core/protocol/projection.ts'
import type { Segment } from '../../core/protocol/segments.ts'
import type { TrafficAnswer } from '../../core/protocol/whatif.ts'
import { compare } from '../../core/whatif/compare.ts'
import { writeRecords } from '../../worker/db/projection.ts'
import { call, found, memberOf } from './callers.ts'
import { env } from './env.ts'

const hour = 3_600_000
const noon = 1_700_000_000_000

function stay(conversation: string, id: string, from: number, to: number, more: Partial<Segment>): ProjectionRecord {
  const blank = { version: 1, kind: 'queue', queue: 'acme-sales', agent: null, lease: null, first: 1, last: 2 } as const
  const segment = { ...blank, id, beganAt: noon + from, endedAt: noon + to, outcome: null, ...more }
  return { type: 'segment', org: 'acme', conversation, segment }
}

const time = (id: number, occupied: boolean, from: number, to: number | null): ProjectionRecord => ({
  type: 'agent-interval',
  org: 'acme',
  agent: 'ada',
  interval: {
    ...{ id, version: 1, presence: 'available', reason: null, notResponding: false, connected: true, occupied },
    ...{ beganAt: noon + from, endedAt: to === null ? null : noon + to },
  },
})

beforeAll(async () => {
  await found()
  await writeRecords(env.DB, [
    stay('w1', 'queue:1', 1_000, 9_000, { outcome: 'answered' }),
    stay('w1', 'ring:1', 4_000, 9_000, { kind: 'ring', agent: 'ada', lease: 1, outcome: 'accepted' }),
    stay('w1', 'talk:2', 9_000, 60_000, {
      kind: 'talk',
      agent: 'ada',
      lease: 1,
      first: 2,
      last: 9,
      outcome: 'closed-by-agent',
    }),
    stay('w2', 'queue:1', 2_000, 30_000, { outcome: 'abandoned' }),
    // Before the day, and after it.
    stay('w3', 'queue:1', -9_000, 5_000, { outcome: 'answered' }),
    stay('w4', 'queue:1', hour, hour + 1_000, { outcome: 'answered' }),
    time(1, false, -hour, 9_000),
    time(2, true, 9_000, 60_000),
    time(3, false, 60_000, null),
  ])
})

const day = (from: number, to: number) => `/api/v1/whatif/day?from=${from}&to=${to}`

describe('the traffic of a day', () => {
  it('WI9: is what the record holds of it, with the routing that is published', async () => {
    const answer = await call('GET', day(noon, noon + hour), { as: memberOf('max') })
    expect(answer.status).toBe(200)
    const { traffic, config, version } = await answer.json<TrafficAnswer>()
    expect(traffic.contacts).toMatchObject([
      { at: noon + 1_000, via: 'acme-sales', end: 'answered', waited: 8_000, ring: 5_000, talk: 51_000, wrap: 0 },
      { at: noon + 2_000, end: 'abandoned', waited: 28_000, talk: null },
    ])
    expect(traffic.shifts).toEqual([{ agent: 'ada', from: noon, to: noon + hour }])
    expect(traffic.occupied.reduce((sum, { occupied }) => sum + occupied, 0)).toBe(51_000)
    expect(version).toBeGreaterThan(0)
    expect(config).not.toHaveProperty('policies')
    const change = { config, agents: {} }
    const { whole } = compare({ traffic, config, change, targets: { within: 20_000, short: 5_000 } }, 2)
    expect(whole.figures.offered).toMatchObject({ recorded: 2, today: { mean: 2 } })
  })

  it.each([
    [day(noon, noon), 'must be after'],
    [day(noon, noon + 25 * hour + 1), 'at most 25 hours'],
  ])('WI9: is bounded: %s', async (path, why) => {
    const answer = await call('GET', path, { as: memberOf('max') })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(why)
  })
})

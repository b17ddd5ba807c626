/** How the installation is, for who looks after it: counts and versions of the own organisation only. */
import { beforeAll, describe, expect, it } from 'vitest'
import { OpsStatus } from '../../core/protocol/api.ts'
import { call, found, memberOf, reported } from './callers.ts'
import { env } from './env.ts'

beforeAll(found)

const statusFor = async (who: string) =>
  OpsStatus.parse(await (await call('GET', '/api/ops/status', { as: memberOf(who) })).json())

describe('the status', () => {
  it('OF6 counts what is stuck, what is due and what has failed, of one organisation', async () => {
    expect(await statusFor('eve')).toMatchObject({ config: 1, stuck: 0, databases: { record: true, search: true } })
    await reported('acme/agent/ada', 'acme/queue/acme-sales', 'birch/agent/bea')
    const errand = env.DB.prepare(
      "insert into errands (org_id, conversation_id, kind, version, due_at, attempts) values (?, ?, 'transcript', 1, ?, ?)",
    )
    const later = Date.now() + 3_600_000
    await env.DB.batch([
      errand.bind('acme', 'due', 5, 0),
      errand.bind('acme', 'failing', later, 3),
      errand.bind('acme', 'to come', later, 0),
      errand.bind('birch', 'of others', 5, 2),
    ])
    const { stuck, duties } = await statusFor('eve')
    expect(stuck).toBe(2)
    expect(duties.find(({ name }) => name === 'errands')).toEqual({
      name: 'errands',
      waiting: 2,
      failing: 1,
      since: 5,
    })
    expect(duties.map(({ name }) => name)).toEqual(['errands', 'uploads', 'erasures', 'seals'])
  })
})

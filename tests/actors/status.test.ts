/** How the installation is, for who looks after it: counts and versions of the own organisation only. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { dutyNames } from '../../core/protocol/api/ops.ts'
import { OpsStatus } from '../../core/protocol/api.ts'
import { runDuties } from '../../worker/duties.ts'
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

  it('OF6 says which version runs, when each duty ran last, and since when one has failed', async () => {
    const { deployed, runs } = await statusFor('eve')
    expect([deployed.id, deployed.at]).toEqual([env.VERSION.id, Date.parse(env.VERSION.timestamp)])
    expect(runs).toEqual(dutyNames.map((name) => ({ name, ranAt: null, failedSince: null })))
    await runDuties(env, Date.now())
    const ran = (await statusFor('eve')).runs
    expect(ran.every(({ ranAt, failedSince }) => ranAt !== null && failedSince === null)).toBe(true)
    const search = vi.spyOn(env.SEARCH, 'prepare').mockImplementation(() => {
      throw new Error('the index is away')
    })
    await runDuties(env, Date.now())
    await runDuties(env, Date.now())
    search.mockRestore()
    const { runs: failed, databases } = await statusFor('eve')
    const of = (name: string) => failed.find((run) => run.name === name)
    expect(of('index')?.ranAt).toBe(ran.find(({ name }) => name === 'index')?.ranAt)
    expect(of('index')?.failedSince).toBeLessThanOrEqual(Date.now())
    expect([of('uploads')?.failedSince, databases.search]).toEqual([null, true])
    await runDuties(env, Date.now())
    expect((await statusFor('eve')).runs.map(({ failedSince }) => failedSince)).toEqual(dutyNames.map(() => null))
  })
})

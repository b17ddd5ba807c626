/** That no list, search or report reads a whole table. */
import { expect, it } from 'vitest'
import type { AuditFilter } from '../../core/protocol/administration.ts'
import { termsOf } from '../../core/text/query.ts'
import { listActs } from '../../worker/db/audit-list.ts'
import { database } from '../../worker/db/client.ts'
import { listEntries } from '../../worker/db/conversations.ts'
import { emptyProjection } from '../../worker/db/empty.ts'
import { agentTimes, segmentsEnded } from '../../worker/db/reports.ts'
import { entriesOfHits, findEntries, newest } from '../../worker/db/search.ts'
import { env } from './env.ts'
import { type Asked, noting, slowSteps } from './kit/plans.ts'

const reaches = [null, { staff: 'sam' }, { staff: 'sam', team: 'north' }]

it('RP3: entries, reports and a rebuild find their rows by an index', async () => {
  const asked: Asked[] = []
  const noted = noting(env.DB, asked)
  const db = database(noted)
  await listEntries(db, 'acme', 'c1', 0, 50)
  for (const reach of reaches) await entriesOfHits(db, 'acme', reach, [{ id: '1', conversation: 'c1', seq: 1 }])
  for await (const _ of segmentsEnded(db, 'acme', { from: 0, to: 1 }));
  for await (const _ of agentTimes(db, 'acme', { from: 0, to: 1 }));
  await emptyProjection(noted, 'nobody', 10)
  expect(asked.length).toBeGreaterThan(8)
  expect(await slowSteps(env.DB, asked)).toEqual([])
})

it('RP3: the audit finds its rows by an index, whoever looks for whatever', async () => {
  const [record, index]: [Asked[], Asked[]] = [[], []]
  const noted = { DB: noting(env.DB, record), SEARCH: noting(env.SEARCH, index) }
  const filters: readonly AuditFilter[] = [
    {},
    { by: 'sam' },
    { action: 'staff.change', from: 1, to: 2 },
    { kind: 'staff' },
    { kind: 'staff', object: 'ada' },
    { object: 'ada', text: 'some words' },
  ]
  for (const reach of reaches)
    for (const filter of filters) await listActs(noted, 'acme', reach, filter, { after: 'x', limit: 50 })
  expect([record.length > 30, index.length > 3]).toEqual([true, true])
  expect([...(await slowSteps(env.DB, record)), ...(await slowSteps(env.SEARCH, index))]).toEqual([])
})

it('RP3: search finds its rows by an index', async () => {
  const asked: Asked[] = []
  await findEntries(noting(env.SEARCH, asked), 'acme', termsOf('退款'), newest, 20)
  expect(asked).toHaveLength(1)
  expect(await slowSteps(env.SEARCH, asked)).toEqual([])
})

/**
 * What the conveyor tells the Floors: rows that the record has just written, and, when one asks, all that it holds of today.
 * The conveyor must not stop for it: a Floor that could not be told is told everything with the next batch.
 */
import { describeError } from '../../core/describe-error.ts'
import { UNWATCHED_FOR } from '../../core/floor/lease.ts'
import type { Row } from '../../core/floor/tally.ts'
import { asId, type OrgId } from '../../core/ids.ts'
import type { ProjectionRecord } from '../../core/protocol/projection.ts'
import { floorStub } from '../actors.ts'
import { database } from '../db/client.ts'
import { agentTimes, staysEnded } from '../db/reports.ts'
import type { Env } from '../env.ts'
import { log } from '../log.ts'

/** How many rows one call takes. */
const atOnce = 2_000

/** Until when an isolate believes that nobody looks at an organisation's Floor, in ms. */
const unwatched = new Map<OrgId, number>()
/** Floors that could not be told what was written. */
const missed = new Set<OrgId>()

/** After the record was written. It may be told the same twice. */
export async function tellFloors(env: Env, records: readonly ProjectionRecord[]): Promise<void> {
  const fresh = new Map<OrgId, Row[]>()
  for (const record of records) {
    const row = rowOf(record)
    if (row !== undefined) fresh.set(asId(record.org), [...(fresh.get(asId(record.org)) ?? []), row])
  }
  for (const [org, rows] of fresh) await tell(env, org, rows)
  for (const record of records) if (record.type === 'recall') await answer(env, asId(record.org), record.n)
}

function rowOf(record: ProjectionRecord): Row | undefined {
  if (record.type === 'segment') return { conversation: record.conversation, segment: record.segment }
  return record.type === 'agent-interval' ? { agent: record.agent, interval: record.interval } : undefined
}

async function tell(env: Env, org: OrgId, rows: readonly Row[]): Promise<void> {
  if ((unwatched.get(org) ?? 0) > Date.now()) return
  try {
    const isWatched = await floorStub(env, org).recorded(rows, missed.has(org))
    missed.delete(org)
    if (isWatched) unwatched.delete(org)
    else unwatched.set(org, Date.now() + UNWATCHED_FOR)
  } catch (error) {
    missed.add(org)
    log('warn', 'floor_not_told', { org, rows: rows.length, error: describeError(error) })
  }
}

/** Tells a Floor all that the record holds of its day. A throw has the wish come again. */
async function answer(env: Env, org: OrgId, n: number): Promise<void> {
  unwatched.delete(org)
  const span = await floorStub(env, org).beginRecall(n)
  if (span === null) return
  let rows: Row[] = []
  const send = async () => {
    const isWanted = await floorStub(env, org).recall(n, rows)
    rows = []
    return isWanted
  }
  const db = database(env.DB)
  for await (const stay of staysEnded(db, org, span)) if (rows.push(stay) === atOnce && !(await send())) return
  for await (const { agent, time } of agentTimes(db, org, span)) {
    if (rows.push({ agent, interval: time }) === atOnce && !(await send())) return
  }
  if (await send()) await floorStub(env, org).endRecall(n)
}

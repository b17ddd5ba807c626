/** Errands: what is still to be done in the bucket and in the search index, noted in the transaction that makes it due. */
import { and, asc, eq, lte } from 'drizzle-orm'
import type { ConversationRecord } from '../../core/protocol/projection.ts'
import { insertRows } from './bulk.ts'
import type { Database } from './client.ts'
import { errands } from './schema/upkeep.ts'
import { windowMs } from './window.ts'

export type Errand = typeof errands.$inferSelect

/** The longest wait between two tries, in ms. */
const longestWait = 3_600_000

/** What newly recorded conversations make due: of closed ones transcripts, and the end of the window; clearing up after erased ones. */
export function noteErrands(db: D1Database, records: readonly ConversationRecord[], now: number) {
  const rows = records.flatMap(({ org, id, version, status, closedAt, erased }) => {
    const row = (kind: Errand['kind'], due: number) => ({
      ...{ org_id: org, conversation_id: id, kind, version },
      ...{ due_at: due, attempts: 0 },
    })
    if (erased !== undefined) return [row('clear', now)]
    if (status !== 'closed' || closedAt === null) return []
    return [row('transcript', now), row('purge', closedAt + windowMs)]
  })
  const ending = () =>
    'on conflict (org_id, conversation_id, kind) do update set version = excluded.version, due_at = excluded.due_at, ' +
    'attempts = 0 where excluded.version > errands.version'
  return insertRows(db, 'errands', rows, ending)
}

export const dueErrands = (db: Database, now: number, limit: number) =>
  db.select().from(errands).where(lte(errands.dueAt, now)).orderBy(asc(errands.dueAt)).limit(limit)

/** Done, unless something newer has made it due again. */
export async function endErrand(db: Database, errand: Errand): Promise<void> {
  await db.delete(errands).where(and(isThis(errand), eq(errands.version, errand.version)))
}

/** To be tried again, later each time. */
export async function putOff(db: Database, errand: Errand, now: number): Promise<void> {
  const attempts = errand.attempts + 1
  const dueAt = now + Math.min(longestWait, 1_000 * 2 ** attempts)
  await db.update(errands).set({ attempts, dueAt }).where(isThis(errand))
}

const isThis = ({ orgId, conversationId, kind }: Errand) =>
  and(eq(errands.orgId, orgId), eq(errands.conversationId, conversationId), eq(errands.kind, kind))

/** Errands: what is still to be done in the bucket and in the search index, noted in the transaction that makes it due. */
import { and, asc, eq, lte } from 'drizzle-orm'
import type { ConversationRecord, EntryRecord } from '../../core/protocol/projection.ts'
import { insertRows } from './bulk.ts'
import type { Database } from './client.ts'
import { errands } from './schema/upkeep.ts'
import { windowMs } from './window.ts'

export type Errand = typeof errands.$inferSelect

/** The longest wait between two tries, in ms. */
const longestWait = 3_600_000

/**
 * What newly recorded conversations and entries make due: of closed ones transcripts, and the end of the window; clearing
 * up after erased ones, and after removals.
 */
export function noteErrands(
  db: D1Database,
  conversations: readonly ConversationRecord[],
  entries: readonly EntryRecord[],
  now: number,
) {
  const rows = [...conversations.flatMap((record) => dueWith(record, now)), ...dueAfterRemovals(entries, now)]
  const ending = () =>
    'on conflict (org_id, conversation_id, kind) do update set version = excluded.version, due_at = excluded.due_at, ' +
    'attempts = 0, error = null, since = null where excluded.version > errands.version'
  return insertRows(db, 'errands', rows, ending)
}

function dueWith({ org, id, version, status, closedAt, erased }: ConversationRecord, now: number) {
  const row = (kind: Errand['kind'], due: number) => rowOf({ org, conversation: id, kind, version }, due)
  if (erased !== undefined) return [row('clear', now)]
  if (status !== 'closed' || closedAt === null) return []
  return [row('transcript', now), row('purge', closedAt + windowMs)]
}

/** One for each conversation, of its newest removal. */
function dueAfterRemovals(entries: readonly EntryRecord[], now: number) {
  const newest = new Map<string, ReturnType<typeof rowOf>>()
  for (const { org, conversation, entry } of entries) {
    const key = `${org}/${conversation}`
    if (entry.body.type === 'removal' && entry.seq > (newest.get(key)?.version ?? 0))
      newest.set(key, rowOf({ org, conversation, kind: 'remove', version: entry.seq }, now))
  }
  return [...newest.values()]
}

const rowOf = (
  { org, conversation, kind, version }: { org: string; conversation: string; kind: Errand['kind']; version: number },
  due: number,
) => ({ org_id: org, conversation_id: conversation, kind, version, due_at: due, attempts: 0 })

export const dueErrands = (db: Database, now: number, limit: number) =>
  db.select().from(errands).where(lte(errands.dueAt, now)).orderBy(asc(errands.dueAt)).limit(limit)

/** Done, unless something newer has made it due again. */
export async function endErrand(db: Database, errand: Errand): Promise<void> {
  await db.delete(errands).where(and(isThis(errand), eq(errands.version, errand.version)))
}

/** To be tried again, later each time; and why it failed. */
export async function putOff(db: Database, errand: Errand, error: string, now: number): Promise<void> {
  const attempts = errand.attempts + 1
  const dueAt = now + Math.min(longestWait, 1_000 * 2 ** attempts)
  const failed = { attempts, dueAt, error: error.slice(0, 300), since: errand.since ?? now }
  await db.update(errands).set(failed).where(isThis(errand))
}

export async function errandOf(db: Database, named: Named): Promise<Errand | undefined> {
  const [errand] = await db.select().from(errands).where(isThis(named)).limit(1)
  return errand
}

type Named = Pick<Errand, 'orgId' | 'conversationId' | 'kind'>
const isThis = ({ orgId, conversationId, kind }: Named) =>
  and(eq(errands.orgId, orgId), eq(errands.conversationId, conversationId), eq(errands.kind, kind))

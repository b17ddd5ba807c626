/** Full-text search: the index says which entries match, the record says what they are. */
import { and, eq, exists, sql } from 'drizzle-orm'
import type { Reach } from '../../core/protocol/permissions.ts'
import { matchExpression, type Term } from '../../core/text/query.ts'
import type { Database } from './client.ts'
import { isWithin } from './conversations.ts'
import { realmOf } from './indexing.ts'
import { conversations, entries } from './schema/record.ts'

/** The greatest document id there can be. */
export const newest = '9223372036854775807'

export interface Hit {
  /** The document's id in the index: the place to go on from. Text, because a number of JavaScript is too small. */
  readonly id: string
  readonly conversation: string
  readonly seq: number
}

/**
 * Entries of the organisation that hold all terms, newest first, before the document `before`. The words asked for are
 * the organisation's own; that the documents are its own too is checked all the same.
 */
export async function findEntries(
  search: D1Database,
  org: string,
  terms: readonly Term[],
  before: string,
  limit: number,
): Promise<Hit[]> {
  const statement =
    'select cast(documents.id as text) as id, conversation_id as conversation, seq ' +
    'from words cross join documents on documents.id = words.rowid ' +
    'where words match ?1 and words.rowid < cast(?2 as integer) and org_id = ?3 order by words.rowid desc limit ?4'
  const match = matchExpression(await realmOf(org), terms)
  const { results } = await search.prepare(statement).bind(match, before, org, limit).all<Hit>()
  return results
}

/** The recorded entries of hits, in their order, each with its hit's id. What the record no longer holds, or is out of reach, is left out. */
export async function entriesOfHits(db: Database, org: string, reach: Reach | null, hits: readonly Hit[]) {
  const wanted = JSON.stringify(hits.map(({ conversation, seq }) => [conversation, seq]))
  const among = sql`(conversation_id, seq) in (select value ->> 0, value ->> 1 from json_each(${wanted}))`
  const rows = await db
    .select()
    .from(entries)
    .where(and(eq(entries.orgId, org), among, isSeen(db, org, reach)))
  const byKey = new Map(rows.map((row) => [`${row.conversationId}/${row.seq}`, row]))
  return hits.flatMap(({ id, conversation, seq }) => {
    const row = byKey.get(`${conversation}/${seq}`)
    return row === undefined ? [] : [{ id, row }]
  })
}

/** Whether the entry's conversation is one that somebody may see. */
function isSeen(db: Database, org: string, reach: Reach | null) {
  if (reach === null) return undefined
  const its = and(eq(conversations.orgId, org), eq(conversations.id, entries.conversationId), isWithin(org, reach))
  return exists(db.select({ id: conversations.id }).from(conversations).where(its))
}

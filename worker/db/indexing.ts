/** Keeps the search index, by a queue of its own: the record never waits for it. */
import type { EntryRecord, ProjectionRecord } from '../../core/protocol/projection.ts'
import { indexText } from '../../core/text/query.ts'
import { sha256 } from '../auth/keys.ts'
import { insertRows, packed } from './bulk.ts'
import { consume } from './consume.ts'
import { isRemoved } from './records.ts'

/** How many characters of entries go in one message; it may have 128 kB, and a character may take three bytes. */
const messageChars = 40_000

/** An entry with words in it. */
export interface Spoken {
  readonly org: string
  readonly conversation: string
  readonly seq: number
  readonly at: number
  readonly text: string
}

/**
 * What the words of an organisation begin with: letters and digits of one length, so that no two organisations can share
 * a word, whatever their ids are.
 */
export const realmOf = async (org: string) => (await sha256(org)).slice(0, 16)

/** Hands on what is to be indexed, when it has been recorded. */
export async function forward(queue: Queue<string>, records: readonly ProjectionRecord[]): Promise<void> {
  const entries = records
    .filter((record) => record.type === 'entry')
    .filter((entry) => isRemoved(entry) || spoken(entry) !== undefined)
  const texts = packed(entries, messageChars).map((pack) => `{"records":${pack}}`)
  await Promise.all(texts.map((text) => queue.send(text, { contentType: 'text' })))
}

/** Consumer of the Queue `search`. Taking a message twice changes nothing; what was erased or removed meanwhile stays out. */
export const indexBatch = (db: D1Database, search: D1Database, batch: MessageBatch<unknown>): Promise<void> =>
  consume(batch, 'indexing', async (records) => indexRecords(search, await present(db, records)))

/** Takes all words of a conversation out of the index; how many entries that were. */
export async function unindex(search: D1Database, org: string, conversation: string): Promise<number> {
  const [, gone] = await search.batch(without(search, 'org_id = ?1 and conversation_id = ?2', org, conversation))
  return gone?.meta.changes ?? 0
}

function without(search: D1Database, which: string, ...values: (string | number)[]): D1PreparedStatement[] {
  return [
    search.prepare(`delete from words where rowid in (select id from documents where ${which})`).bind(...values),
    search.prepare(`delete from documents where ${which}`).bind(...values),
  ]
}

/** Without those of erased conversations, and those of which the record holds a tombstone. */
async function present(db: D1Database, records: readonly ProjectionRecord[]): Promise<ProjectionRecord[]> {
  const entries = records.filter((record) => record.type === 'entry')
  const gone = await goneAmong(
    db,
    entries.map(({ org, conversation, entry }) => ({ org, conversation, seq: entry.seq })),
  )
  return entries.filter((record, n) => isRemoved(record) || !gone.has(n))
}

type Key = Pick<Spoken, 'org' | 'conversation' | 'seq'>

/** Which of these entries, by their place in the list, were erased or removed. */
export async function goneAmong(db: D1Database, keys: readonly Key[]): Promise<ReadonlySet<number>> {
  const wanted = keys.map(({ org, conversation, seq }) => ({ org, conversation, seq }))
  const sql =
    'select key from json_each(?) where exists (select 1 from conversations c where c.erased_at is not null ' +
    "and c.org_id = value ->> '$.org' and c.id = value ->> '$.conversation') or exists (select 1 from entries e where " +
    "e.org_id = value ->> '$.org' and e.conversation_id = value ->> '$.conversation' and e.seq = value ->> '$.seq' " +
    "and e.body ->> '$.type' = 'removed')"
  const { results } = await db.prepare(sql).bind(JSON.stringify(wanted)).all<{ key: number }>()
  return new Set(results.map(({ key }) => key))
}

/** Takes the words of entries out of the index. */
export async function unindexEntries(search: D1Database, keys: readonly Key[]): Promise<void> {
  const which = 'org_id = ?1 and conversation_id = ?2 and seq = ?3'
  const gone = keys.flatMap(({ org, conversation, seq }) => without(search, which, org, conversation, seq))
  if (gone.length > 0) await search.batch(gone)
}

/** Indexes messages and notes, each once, whatever was indexed before; those that were removed leave the index. */
export async function indexRecords(search: D1Database, records: Iterable<ProjectionRecord>): Promise<void> {
  const entries = [...records].filter((record) => record.type === 'entry')
  await index(
    search,
    entries.map(spoken).filter((entry) => entry !== undefined),
  )
  const removed = entries.filter(isRemoved)
  await unindexEntries(
    search,
    removed.map(({ org, conversation, entry }) => ({ org, conversation, seq: entry.seq })),
  )
}

function spoken({ org, conversation, entry }: EntryRecord): Spoken | undefined {
  const { seq, at, body } = entry
  if (body.type !== 'message' && body.type !== 'note') return undefined
  return { org, conversation, seq, at, text: body.text }
}

/** Puts entries into the index, each once. */
export async function index(search: D1Database, entries: readonly Spoken[]): Promise<void> {
  const orgs = [...new Set(entries.map(({ org }) => org))]
  const realms = new Map(await Promise.all(orgs.map(async (org) => [org, await realmOf(org)] as const)))
  // In the order of their ids: FTS5 closes what it has gathered whenever an id is smaller than the one before.
  const inOrder = entries.toSorted((a, b) => a.at - b.at)
  const rows = inOrder.map(({ org, conversation, seq, at, text }) => ({
    org_id: org,
    conversation_id: conversation,
    seq,
    at,
    body: indexText(realms.get(org) ?? '', text),
  }))
  const statements = insertRows(search, 'indexing', rows)
  if (statements.length > 0) await search.batch(statements)
}

/** Consumer of the Queue `projection`: the only writer of the mirrored tables. Taking a message twice changes nothing. */
import type { ProjectionRecord } from '../../core/protocol/projection.ts'
import { insertRows } from './bulk.ts'
import { consume } from './consume.ts'
import { conversationRow, entryRow, foldRecords, intervalRow, segmentRow } from './records.ts'

/** What else is to know of records, once they are written. It may be told the same twice. */
type Then = (records: readonly ProjectionRecord[]) => Promise<void>

/** Writes a batch in as few statements as it can. */
export async function project(
  db: D1Database,
  batch: MessageBatch<unknown>,
  then: Then = async () => {},
): Promise<void> {
  await consume(batch, 'projection', async (records) => {
    await writeRecords(db, records)
    await then(records)
  })
}

/** Writes records in one transaction: an entry only once, everything else only over an older version. */
export async function writeRecords(db: D1Database, records: Iterable<ProjectionRecord>): Promise<void> {
  const { conversations, entries, segments, intervals } = foldRecords(records)
  const statements = [
    ...upsert(db, 'conversations', ['org_id', 'id'], conversations.map(conversationRow)),
    ...insertRows(db, 'entries', entries.map(entryRow), () => 'on conflict do nothing'),
    ...upsert(db, 'segments', ['org_id', 'conversation_id', 'id'], segments.map(segmentRow)),
    ...upsert(db, 'agent_intervals', ['org_id', 'agent_id', 'id'], intervals.map(intervalRow)),
  ]
  if (statements.length > 0) await db.batch(statements)
}

/** Takes all columns but the key from the new row, if its version is newer. */
function upsert(db: D1Database, table: string, key: readonly string[], rows: readonly object[]) {
  return insertRows(db, table, rows, (columns) => {
    const changing = columns.filter((column) => !key.includes(column))
    const assignments = changing.map((column) => `${column} = excluded.${column}`).join(', ')
    const newer = `excluded.version > ${table}.version`
    return `on conflict (${key.join(', ')}) do update set ${assignments} where ${newer}`
  })
}

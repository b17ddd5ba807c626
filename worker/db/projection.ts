/** Consumer of the Queue `projection`: the only writer of the mirrored tables. Taking a message twice changes nothing. */
import type { ProjectionRecord } from '../../core/protocol/projection.ts'
import { insertRows } from './bulk.ts'
import { consume } from './consume.ts'
import { conversationRow, entryRow, foldRecords } from './records.ts'

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

/** Writes records in one transaction: a conversation only over an older version, an entry only once. */
export async function writeRecords(db: D1Database, records: Iterable<ProjectionRecord>): Promise<void> {
  const { conversations, entries } = foldRecords(records)
  const statements = [
    ...insertRows(db, 'conversations', conversations.map(conversationRow), upsert),
    ...insertRows(db, 'entries', entries.map(entryRow), () => 'on conflict do nothing'),
  ]
  if (statements.length > 0) await db.batch(statements)
}

/** Takes all columns but the key from the new row, if its version is newer. */
function upsert(columns: string[]) {
  const changing = columns.filter((column) => column !== 'org_id' && column !== 'id')
  const assignments = changing.map((column) => `${column} = excluded.${column}`).join(', ')
  return `on conflict (org_id, id) do update set ${assignments} where excluded.version > conversations.version`
}

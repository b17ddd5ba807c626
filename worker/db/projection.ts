/** Consumer of the Queue `projection`: the only writer of the mirrored tables. Taking a message twice changes nothing. */

import type { ProjectionRecord } from '../../core/protocol/projection.ts'
import { log } from '../log.ts'
import { conversationRow, entryRow, foldRecords, readBatch } from './records.ts'

/** How many characters of rows one statement takes; a bound value may have 2 MB. */
const mostChars = 1_000_000

/** Writes a batch in as few statements as it can; falls back to message by message, so that a bad one blocks no other. */
export async function project(db: D1Database, batch: MessageBatch<unknown>): Promise<void> {
  const good: { message: Message<unknown>; records: ProjectionRecord[] }[] = []
  for (const message of batch.messages) {
    const read = readBatch(message.body)
    if (read.ok) {
      good.push({ message, records: read.records })
    } else {
      // It ends in the dead-letter queue, where somebody can look at it.
      log('error', 'projection_unreadable', { id: message.id, why: read.why })
      message.retry()
    }
  }
  try {
    await writeRecords(
      db,
      good.flatMap(({ records }) => records),
    )
    for (const { message } of good) message.ack()
  } catch (error) {
    log('warn', 'projection_batch_failed', { messages: good.length, error: String(error) })
    await oneByOne(db, good)
  }
}

async function oneByOne(db: D1Database, messages: { message: Message<unknown>; records: ProjectionRecord[] }[]) {
  for (const { message, records } of messages) {
    try {
      await writeRecords(db, records)
      message.ack()
    } catch (error) {
      log('error', 'projection_failed', { id: message.id, attempts: message.attempts, error: String(error) })
      message.retry({ delaySeconds: Math.min(60, 2 ** message.attempts) })
    }
  }
}

/** Writes records in one transaction: a conversation only over an older version, an entry only once. */
export async function writeRecords(db: D1Database, records: Iterable<ProjectionRecord>): Promise<void> {
  const { conversations, entries } = foldRecords(records)
  const statements = [
    ...statementsFor(db, 'conversations', conversations.map(conversationRow), upsert),
    ...statementsFor(db, 'entries', entries.map(entryRow), () => 'do nothing'),
  ]
  if (statements.length > 0) await db.batch(statements)
}

/** Takes all columns but the key from the new row, if its version is newer. */
function upsert(columns: string[]) {
  const changing = columns.filter((column) => column !== 'org_id' && column !== 'id')
  const assignments = changing.map((column) => `${column} = excluded.${column}`).join(', ')
  return `(org_id, id) do update set ${assignments} where excluded.version > conversations.version`
}

/**
 * Rows travel as one JSON text and are taken apart in SQL: one bound value, however many rows. `?` per column would end
 * at a hundred values, which is nine conversations.
 */
function statementsFor(db: D1Database, table: string, rows: object[], onConflict: (columns: string[]) => string) {
  const columns = Object.keys(rows[0] ?? {})
  const values = columns.map((column) => `value ->> '$.${column}'`).join(', ')
  const sql =
    `insert into ${table} (${columns.join(', ')}) select ${values} from json_each(?1) where true ` +
    `on conflict ${onConflict(columns)}`
  return chunks(rows).map((json) => db.prepare(sql).bind(json))
}

/** JSON arrays of rows, each short enough for one bound value. */
function chunks(rows: object[]): string[] {
  const out: string[] = []
  let open: string[] = []
  let size = 0
  for (const json of rows.map((row) => JSON.stringify(row))) {
    if (size + json.length > mostChars && open.length > 0) {
      out.push(`[${open.join(',')}]`)
      open = []
      size = 0
    }
    open.push(json)
    size += json.length
  }
  if (open.length > 0) out.push(`[${open.join(',')}]`)
  return out
}

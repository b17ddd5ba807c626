/** Consumer of the Queue `projection`: the only writer of the mirrored tables. Taking a message twice changes nothing. */
import type { ConversationRecord, ProjectionRecord } from '../../core/protocol/projection.ts'
import { auditRow } from './audit.ts'
import { insertRows } from './bulk.ts'
import { consume } from './consume.ts'
import { noteDetails } from './details.ts'
import { noteErrands } from './errands.ts'
import { conversationRow, entryRow, foldRecords, intervalRow, segmentRow, troubleRow } from './records.ts'
import { forgetTroubles } from './troubles.ts'

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

/** Writes records in one transaction: an entry only once, or over it its tombstone, everything else only over an older version. */
export async function writeRecords(db: D1Database, records: Iterable<ProjectionRecord>): Promise<void> {
  const { acts, conversations, entries, segments, intervals, troubles } = foldRecords(records)
  const statements = [
    // One that is there already is left out, by the table itself.
    ...insertRows(db, 'audit', acts.map(auditRow)),
    ...upsert(db, 'conversations', ['org_id', 'id'], conversations.map(conversationRow)),
    ...noteDetails(db, conversations),
    ...insertRows(db, 'entries', entries.map(entryRow), () => onlyTombstones, unerased),
    ...upsert(db, 'segments', ['org_id', 'conversation_id', 'id'], segments.map(segmentRow), unerasedStay),
    ...forget(db, conversations),
    ...noteErrands(db, conversations, entries, Date.now()),
    ...upsert(db, 'agent_intervals', ['org_id', 'agent_id', 'id'], intervals.map(intervalRow)),
    ...upsert(db, 'troubles', ['org_id', 'actor'], troubles.map(troubleRow)),
    ...forgetTroubles(db, troubles, Date.now()),
  ]
  if (statements.length > 0) await db.batch(statements)
}

/** Whichever comes first, in the end what a removal has left stands there. */
const onlyTombstones =
  'on conflict (org_id, conversation_id, seq) do update set body = excluded.body ' +
  "where excluded.body ->> '$.type' = 'removed' or excluded.body ->> '$.removed' is not null"

/** What comes late of an erased conversation stays out. */
const unerased =
  'not exists (select 1 from conversations c where c.erased_at is not null ' +
  "and c.org_id = value ->> '$.org_id' and c.id = value ->> '$.conversation_id')"

const unerasedStay = `(value ->> '$.kind' = 'wrap-up' or ${unerased})`

/** Of an erased conversation only the tombstone stays. The wrap-ups are their agents' facts, and name no customer. */
function forget(db: D1Database, records: readonly ConversationRecord[]): D1PreparedStatement[] {
  const erased = records.filter((record) => record.erased !== undefined)
  return erased.flatMap(({ org, id }) => [
    db.prepare("delete from errands where org_id = ? and conversation_id = ? and kind <> 'clear'").bind(org, id),
    db.prepare('delete from entries where org_id = ? and conversation_id = ?').bind(org, id),
    db.prepare("delete from segments where org_id = ? and conversation_id = ? and kind <> 'wrap-up'").bind(org, id),
  ])
}

/** Takes all columns but the key from the new row, if its version is newer. */
function upsert(db: D1Database, table: string, key: readonly string[], rows: readonly object[], which?: string) {
  const ending = (columns: string[]) => {
    const changing = columns.filter((column) => !key.includes(column))
    const assignments = changing.map((column) => `${column} = excluded.${column}`).join(', ')
    const newer = `excluded.version > ${table}.version`
    return `on conflict (${key.join(', ')}) do update set ${assignments} where ${newer}`
  }
  return insertRows(db, table, rows, ending, which)
}

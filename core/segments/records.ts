/** From the entries of a conversation to what the record is told of them. */
import type { StaffEntry } from '../protocol/conversation.ts'
import type { ConversationRecord, EntryRecord, SegmentRecord } from '../protocol/projection.ts'
import { foldEntry, type Open } from './fold.ts'

type Whose = Pick<ConversationRecord, 'org' | 'id'>

/** An entry as the record is told of it. */
export const entryRecord = ({ org, id }: Whose, entry: StaffEntry): EntryRecord => ({
  type: 'entry',
  org,
  conversation: id,
  entry,
})

/** What these entries, the next ones after those that led to `open`, add to the record. */
export function recordsOf(whose: Whose, open: Open, entries: readonly StaffEntry[]) {
  const { org, id } = whose
  const told = entries.map((entry) => entryRecord(whose, entry))
  const changed = new Map<string, SegmentRecord>()
  let now = open
  for (const entry of entries) {
    const folded = foldEntry(now, entry)
    now = folded.open
    for (const segment of folded.changed) changed.set(segment.id, { type: 'segment', org, conversation: id, segment })
  }
  return { records: [...told, ...changed.values()], open: now }
}

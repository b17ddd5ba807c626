/** From what a conversation keeps to what the record is told: the same whether its actor tells it or its transcript. */
import type { StaffEntry } from '../protocol/conversation.ts'
import type { ConversationRecord, EntryRecord, ProjectionRecord, SegmentRecord } from '../protocol/projection.ts'
import { foldEntry, type Open } from './fold.ts'

type Whose = Pick<ConversationRecord, 'org' | 'id'>

/** What these entries, the next ones after those that led to `open`, add to the record. */
export function recordsOf({ org, id }: Whose, open: Open, entries: readonly StaffEntry[]) {
  const told: EntryRecord[] = entries.map((entry) => ({ type: 'entry', org, conversation: id, entry }))
  const changed = new Map<string, SegmentRecord>()
  let now = open
  for (const entry of entries) {
    const folded = foldEntry(now, entry)
    now = folded.open
    for (const segment of folded.changed) changed.set(segment.id, { type: 'segment', org, conversation: id, segment })
  }
  return { records: [...told, ...changed.values()], open: now }
}

/**
 * All that a transcript tells the record: what the actor would tell, were its storage still there. The wrap-ups are the
 * agents' facts and not among them.
 */
export function recordsOfTranscript(
  conversation: ConversationRecord,
  entries: readonly StaffEntry[],
): ProjectionRecord[] {
  return [conversation, ...recordsOf(conversation, [], entries).records]
}

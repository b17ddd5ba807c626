/**
 * The record's window: entries of conversations that were closed long ago are only in their transcripts and actors any
 * more. The rows of the conversations stay: by them a person's conversations are found.
 */

/** How long after its close a conversation's entries stay in the record, in ms: 90 days. */
export const windowMs = 90 * 86_400_000

/** Takes the entries of a conversation that is still closed out of the record, chunk by chunk. */
export async function purgeEntries(db: D1Database, org: string, conversation: string): Promise<void> {
  const sql =
    'delete from entries where org_id = ?1 and conversation_id = ?2 and seq in ' +
    '(select seq from entries where org_id = ?1 and conversation_id = ?2 limit 1000)'
  while ((await db.prepare(sql).bind(org, conversation).run()).meta.changes > 0);
}

/** Reading the mirrored conversations and their entries, page by page. */
import { and, desc, eq, gt, lt, sql } from 'drizzle-orm'
import type { Database } from './client.ts'
import { conversations, entries } from './schema.ts'

export interface Page {
  readonly limit: number
  readonly after: string | undefined
}

/** Newest first: ids begin with the time. Only the open ones on request. */
export async function listConversations(db: Database, org: string, page: Page, open = false) {
  return db
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.orgId, org),
        page.after === undefined ? undefined : lt(conversations.id, page.after),
        // Written out, not bound, so that the partial index serves it.
        open ? sql`status <> 'closed'` : undefined,
      ),
    )
    .orderBy(desc(conversations.id))
    .limit(page.limit)
}

/** One conversation of this organisation. */
export async function conversationById(db: Database, org: string, id: string) {
  const [row] = await db
    .select()
    .from(conversations)
    .where(and(eq(conversations.orgId, org), eq(conversations.id, id)))
    .limit(1)
  return row
}

/** The entries after a number, oldest first. */
export async function listEntries(db: Database, org: string, conversation: string, after: number, limit: number) {
  return db
    .select()
    .from(entries)
    .where(and(eq(entries.orgId, org), eq(entries.conversationId, conversation), gt(entries.seq, after)))
    .orderBy(entries.seq)
    .limit(limit)
}

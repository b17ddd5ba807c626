/** Reading the mirrored conversations and their entries, page by page. */
import { and, desc, eq, gt, lt, or, sql } from 'drizzle-orm'
import type { Reach } from '../../core/protocol/permissions.ts'
import type { Database } from './client.ts'
import { conversations, entries } from './schema/record.ts'

export interface Page {
  readonly limit: number
  readonly after: string | undefined
}

/** The conversations that somebody may see; one without teams is the common team's. */
export function isWithin(reach: Reach | null) {
  if (reach === null) return undefined
  const isOwn = eq(conversations.ownerId, reach.staff)
  if (reach.team === undefined) return isOwn
  const isTeams = sql`exists (select 1 from json_each(${conversations.teams}) where value = ${reach.team})`
  return or(isOwn, isTeams, reach.team === '' ? sql`${conversations.teams} = '[]'` : undefined)
}

/** Newest first: ids begin with the time. On request the open ones only, or those of one customer. */
export async function listConversations(
  db: Database,
  org: string,
  reach: Reach | null,
  page: Page,
  { open = false, customer }: { readonly open?: boolean; readonly customer?: string } = {},
) {
  return db
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.orgId, org),
        isWithin(reach),
        customer === undefined ? undefined : eq(conversations.customerId, customer),
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

/** The record of conversations, page by page. */
import type * as z from 'zod/mini'
import type {
  ConversationList,
  ConversationQuery,
  CustomerConversationQuery,
  EntryList,
  EntryQuery,
} from '../../core/protocol/api.ts'
import { RecordedEntry } from '../../core/protocol/api.ts'
import { may, reachOf } from '../../core/protocol/permissions.ts'
import { ok, refuse } from '../../core/result.ts'
import { conversationById, listConversations, listEntries } from '../db/conversations.ts'
import { type Answer, type GuardedCall, notYours } from './route.ts'

/** Newest first. `open` leaves out the closed ones. */
export async function conversations(
  call: GuardedCall,
  { limit, after, open }: z.output<typeof ConversationQuery>,
): Answer<ConversationList> {
  const reach = reachOf(call.by, 'record.read')
  const rows = await listConversations(call.db, call.org, reach, { limit: limit + 1, after }, { open: open === 'true' })
  return ok(pageOf(rows, limit))
}

/** All conversations of one customer, as far as the caller may see them; newest first. */
export async function conversationsOf(
  call: GuardedCall,
  { limit, after }: z.output<typeof CustomerConversationQuery>,
): Answer<ConversationList> {
  const reach = reachOf(call.by, 'record.customer')
  const customer = call.param('id')
  const rows = await listConversations(call.db, call.org, reach, { limit: limit + 1, after }, { customer })
  return ok(pageOf(rows, limit))
}

type Row = Awaited<ReturnType<typeof listConversations>>[number]

function pageOf(rows: readonly Row[], limit: number): ConversationList {
  const shown = rows.slice(0, limit)
  return {
    items: shown.map((row) => ({
      id: row.id,
      customer: { id: row.customerId, name: row.customerName },
      channel: row.channel,
      status: row.status,
      owner: row.ownerId,
      openedAt: row.openedAt,
      closedAt: row.closedAt,
      entries: row.entries,
      tags: [...row.tags],
      disposition: row.disposition,
      rating: row.rating,
      snoozedUntil: row.snoozedUntil,
      mergedInto: row.mergedInto,
      splitFrom: row.splitFrom,
    })),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** Oldest first, after the number `after`. */
export async function entriesOf(call: GuardedCall, { limit, after }: z.output<typeof EntryQuery>): Answer<EntryList> {
  const id = call.param('id')
  const conversation = await conversationById(call.db, call.org, id)
  if (conversation === undefined) return refuse('not_found', 'There is no such conversation.')
  const { ownerId, teams } = conversation
  if (!may(call.by, 'record.read', { staff: ownerId === null ? [] : [ownerId], teams })) return notYours
  const rows = await listEntries(call.db, call.org, id, after, limit + 1)
  const shown = rows.slice(0, limit)
  return ok({
    items: shown.map(({ seq, pub, at, commandId, sender, body }) =>
      RecordedEntry.parse({ seq, pub, at, id: commandId, from: sender, body }),
    ),
    next: rows.length > limit ? String(shown.at(-1)?.seq) : null,
  })
}

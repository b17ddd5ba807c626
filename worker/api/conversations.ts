/** The record of conversations, page by page. */
import type { ConversationList, EntryList } from '../../core/protocol/api.ts'
import { RecordedEntry } from '../../core/protocol/api.ts'
import { ok, type Result, refuse } from '../../core/result.ts'
import { conversationById, listConversations, listEntries } from '../db/conversations.ts'
import type { Answer, Call, StaffCall } from './route.ts'

/** Newest first. `open=true` leaves out the closed ones. */
export async function conversations(call: StaffCall): Answer<ConversationList> {
  const limit = limitOf(call)
  if (!limit.ok) return limit
  const after = call.query.get('after') ?? undefined
  const page = { limit: limit.value + 1, after }
  const rows = await listConversations(call.db, call.org, page, call.query.get('open') === 'true')
  const shown = rows.slice(0, limit.value)
  return ok({
    items: shown.map((row) => ({
      id: row.id,
      customer: { id: row.customerId, name: row.customerName },
      channel: row.channel,
      status: row.status,
      owner: row.ownerId,
      openedAt: row.openedAt,
      closedAt: row.closedAt,
      entries: row.entries,
    })),
    next: rows.length > limit.value ? (shown.at(-1)?.id ?? null) : null,
  })
}

/** Oldest first, after the number `after`. */
export async function entriesOf(call: StaffCall): Answer<EntryList> {
  const limit = limitOf(call)
  if (!limit.ok) return limit
  const after = Number(call.query.get('after') ?? 0)
  if (!Number.isSafeInteger(after) || after < 0) {
    return refuse('bad_input', 'must be the number of an entry', { field: 'after' })
  }
  const id = call.param('id')
  if ((await conversationById(call.db, call.org, id)) === undefined) {
    return refuse('not_found', 'There is no such conversation.')
  }
  const rows = await listEntries(call.db, call.org, id, after, limit.value + 1)
  const shown = rows.slice(0, limit.value)
  return ok({
    items: shown.map(({ seq, pub, at, commandId, sender, body }) =>
      RecordedEntry.parse({ seq, pub, at, id: commandId, from: sender, body }),
    ),
    next: rows.length > limit.value ? String(shown.at(-1)?.seq) : null,
  })
}

function limitOf(call: Call): Result<number> {
  const limit = Number(call.query.get('limit') ?? 50)
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return ok(limit)
  return refuse('bad_input', 'must be a number from 1 to 200', { field: 'limit' })
}

/** The record of conversations, page by page. */
import type * as z from 'zod/mini'
import { seenBy, viewerOf } from '../../core/conversation/seen.ts'
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
import { recentConfig } from '../from-book.ts'
import { teamsOf } from '../teams.ts'
import { type Answer, type GuardedCall, notYours } from './route.ts'

/** Newest first: what meets the whole query. */
export async function conversations(
  call: GuardedCall,
  { limit, after, scope, open, ...filter }: z.output<typeof ConversationQuery>,
): Answer<ConversationList> {
  if (scope !== 'all' && 'scopes' in call.by)
    return refuse('bad_input', 'a program has no conversations of its own', { field: 'scope' })
  // Of whom a permission reaches further than the team, nobody has asked for the team yet.
  const team = scope === 'team' ? (await teamsOf(call.env, call.org)).get(call.by.id) : undefined
  const by = team === undefined ? call.by : { ...call.by, team }
  const reach = reachOf(by, 'record.read', scope === 'mine' ? 'own' : scope)
  const isOpen = { open: open === 'true' }
  return ok(shown(await listConversations(call.db, call.org, reach, { limit, after }, { ...filter, ...isOpen })))
}

/** All conversations of one customer, as far as the caller may see them; newest first. */
export async function conversationsOf(
  call: GuardedCall,
  { limit, after }: z.output<typeof CustomerConversationQuery>,
): Answer<ConversationList> {
  const reach = reachOf(call.by, 'record.customer')
  const customer = call.param('id')
  return ok(shown(await listConversations(call.db, call.org, reach, { limit, after }, { customer })))
}

function shown({ rows, next }: Awaited<ReturnType<typeof listConversations>>): ConversationList {
  return {
    items: rows.map((row) => ({
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
    next,
  }
}

/** Oldest first, after the number `after`. */
export async function entriesOf(call: GuardedCall, { limit, after }: z.output<typeof EntryQuery>): Answer<EntryList> {
  const id = call.param('id')
  const conversation = await conversationById(call.db, call.org, id)
  if (conversation === undefined) return refuse('not_found', 'There is no such conversation.')
  const { ownerId, teams } = conversation
  if (!may(call.by, 'record.read', { staff: ownerId === null ? [] : [ownerId], teams })) return notYours
  const [rows, config] = await Promise.all([
    listEntries(call.db, call.org, id, after, limit + 1),
    recentConfig(call.env, call.org),
  ])
  const page = rows.slice(0, limit)
  const fields = config?.attributes ?? { conversation: {}, customer: {} }
  return ok({
    items: page.map(({ seq, pub, at, commandId, sender, body }) =>
      seenBy(RecordedEntry.parse({ seq, pub, at, id: commandId, from: sender, body }), fields, viewerOf(call.by)),
    ),
    next: rows.length > limit ? String(page.at(-1)?.seq) : null,
  })
}

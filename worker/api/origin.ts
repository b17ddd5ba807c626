/** What a conversation that was split off begins with: nothing was copied, so it is read where it was said. */
import * as z from 'zod/mini'
import { seenBy, viewerOf } from '../../core/conversation/seen.ts'
import { asId, type ConversationId } from '../../core/ids.ts'
import type { EntryList, EntryQuery } from '../../core/protocol/api.ts'
import { StaffEntry } from '../../core/protocol/conversation.ts'
import { ok, refuse } from '../../core/result.ts'
import { conversationStub } from '../actors.ts'
import { recentConfig } from '../from-book.ts'
import type { Answer, StaffCall } from './route.ts'

const First = z.object({ entries: z.array(StaffEntry) })

/** Oldest first, after the number `after`. Whoever may read this conversation may read what it was begun with. */
export async function originOf(call: StaffCall, { limit, after }: z.output<typeof EntryQuery>): Answer<EntryList> {
  const { env, org, staff } = call
  const question = { id: crypto.randomUUID(), name: 'history', body: { before: 2 } }
  const begun = await conversationStub(env, org, asId<ConversationId>(call.param('id'))).command(staff, question)
  if (!begun.ok) return begun
  const [first] = First.parse(begun.value).entries
  if (first?.body.type !== 'split-from') return refuse('not_found', 'This conversation was not split off another.')
  const { conversation, first: from, last } = first.body
  const [{ entries }, config] = await Promise.all([
    conversationStub(env, org, asId<ConversationId>(conversation)).transcript(Math.max(from - 1, after)),
    recentConfig(env, org),
  ])
  const fields = config?.attributes ?? { conversation: {}, customer: {} }
  const page = entries.filter(({ seq }) => seq <= last).slice(0, limit)
  const read = page.at(-1)?.seq ?? last
  return ok({
    items: page.map((entry) => {
      const { stream: _, ...item } = seenBy(entry, fields, viewerOf(staff))
      return item
    }),
    next: read < last ? String(read) : null,
  })
}

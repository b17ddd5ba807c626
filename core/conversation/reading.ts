/** What somebody may read of a conversation, page by page: customers the public stream, staff all of it. */
import type { ReadPage } from '../protocol/actors.ts'
import { isOwn } from '../protocol/permissions.ts'
import type { Principal } from '../protocol/principal.ts'
import { toPublic, toStaff } from './entries.ts'
import { belongingOf, type ConversationState } from './state.ts'

const PAGE = 100

/** The entries after the number `after` of the reader's stream; for somebody who was admitted. */
export function readPage({ log, talk }: ConversationState, by: Principal, after: number): ReadPage {
  const customer = talk.get().begun?.customer.name ?? ''
  const isTheirs = by.kind === 'customer'
  const entries = isTheirs
    ? log
        .publicAfter(after, PAGE)
        .map(toPublic)
        .filter((entry) => entry !== null)
    : log.after(after, PAGE).map(toStaff)
  const head = isTheirs ? log.publicHead : log.head
  const last = entries.at(-1)?.seq ?? head
  return { entries, next: last < head ? last : null, customer, isOwn: isTheirs || isOwn(by, belongingOf(talk.get())) }
}

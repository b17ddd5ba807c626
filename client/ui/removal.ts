/** Entries without what was taken away: for a live page as for one that reads them later. */
import type { PublicEntry } from '../../core/protocol/conversation.ts'

/** The entries of a customer's page, before `fresh`. */
export function leftForCustomer(entries: readonly PublicEntry[], { body }: PublicEntry): readonly PublicEntry[] {
  if (body.type !== 'removal') return entries
  const left = { type: 'removed', at: body.at } as const
  return entries.map((entry) => (entry.seq === body.entry ? { ...entry, body: left } : entry))
}

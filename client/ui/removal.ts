/** Entries without what was taken away: for a live page as for one that reads them later. */
import { withoutWords } from '../../core/conversation/words.ts'
import type { PublicEntry, StaffEntry } from '../../core/protocol/conversation.ts'

/** The entries of a customer's page, before `fresh`. */
export function leftForCustomer(entries: readonly PublicEntry[], { body }: PublicEntry): readonly PublicEntry[] {
  if (body.type !== 'removal') return entries
  const left = { type: 'removed', at: body.at } as const
  return entries.map((entry) => (entry.seq === body.entry ? { ...entry, body: left } : entry))
}

/** The entries of a staff page, before `fresh`. */
export function leftForStaff(entries: readonly StaffEntry[], { body }: StaffEntry): readonly StaffEntry[] {
  if (body.type !== 'removal') return entries
  const { at, by, why } = body
  const left = (entry: StaffEntry) => ({ ...entry, body: withoutWords(entry.body, { at, by, why }) ?? entry.body })
  return entries.map((entry) => (entry.seq === body.entry ? left(entry) : entry))
}

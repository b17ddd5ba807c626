/** Entries without what was taken away, as staff read them; apart from the customers', whose page shall not carry the schemas. */
import { withoutWords } from '../../core/conversation/words.ts'
import type { StaffEntry } from '../../core/protocol/conversation.ts'

/** The entries of a staff page, before `fresh`. */
export function leftForStaff(entries: readonly StaffEntry[], { body }: StaffEntry): readonly StaffEntry[] {
  if (body.type !== 'removal') return entries
  const { at, by, why } = body
  const left = (entry: StaffEntry) => ({ ...entry, body: withoutWords(entry.body, { at, by, why }) ?? entry.body })
  return entries.map((entry) => (entry.seq === body.entry ? left(entry) : entry))
}

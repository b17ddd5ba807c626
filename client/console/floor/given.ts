/** What became of a contact that was given to an agent by hand, as its entries say. */
import type { StaffEntry } from '../../../core/protocol/conversation.ts'

export type Given = { readonly is: 'asking' | 'rings' | 'taken' } | { readonly is: 'refused'; readonly why: string }

/** Of the last time that it was. */
export function givenTo(agent: string, entries: readonly StaffEntry[]): Given {
  const at = entries.findLastIndex(
    ({ body }) => body.type === 'offered' && body.via === undefined && body.agent === agent,
  )
  const offer = entries[at]?.body
  if (offer?.type !== 'offered') return { is: 'asking' }
  for (const { body } of entries.slice(at + 1)) {
    if (body.type === 'declined' && body.lease === offer.lease) return { is: 'refused', why: body.why }
    if (body.type === 'joined') return { is: 'taken' }
  }
  return { is: 'rings' }
}

/** The words that somebody has written into an entry, and what is left of it without them. */
import { type KeptBody, type PrivateBody, type RemovalMark, refusals } from '../protocol/conversation.ts'

type Body = KeptBody | PrivateBody

/**
 * The entry without anybody's words; null where it holds none. Of what was only said a tombstone is left; of what happened
 * the fact stays, since segments and figures follow from it.
 */
export function withoutWords(body: KeptBody, removed: RemovalMark): KeptBody | null
export function withoutWords(body: PrivateBody, removed: RemovalMark): PrivateBody | null
export function withoutWords(body: Body, removed: RemovalMark): Body | null
export function withoutWords(body: Body, removed: RemovalMark): Body | null {
  if (!hasWords(body)) return null
  switch (body.type) {
    case 'message':
    case 'note':
    case 'file':
    case 'contact':
    case 'described':
    case 'introduced':
      return { type: 'removed', ...removed }
    case 'rated':
      return { ...body, comment: '', removed }
    case 'transferred':
    case 'consulting': {
      const { note: _, ...fact } = body
      return { ...fact, removed }
    }
    case 'declined': {
      const { word: _, ...fact } = body
      return { ...fact, why: body.how ?? 'declined', removed }
    }
    default:
      return null
  }
}

export function hasWords(body: Body): boolean {
  switch (body.type) {
    case 'message':
    case 'note':
    case 'file':
    case 'contact':
      return true
    case 'described':
      return Object.values(body.attributes).some((value) => value !== null)
    case 'introduced':
      return true
    case 'rated':
      return body.comment !== ''
    case 'transferred':
    case 'consulting':
      return body.note !== undefined
    case 'declined':
      return body.word !== undefined || !(body.why === '' || refusals.some((each) => each === body.why))
    default:
      return false
  }
}

/** Whose words they were taken from, when and why; null where they stand, or there never were any. */
export function removedFrom(body: Body): RemovalMark | null {
  if (body.type === 'removed') return body
  return ('removed' in body ? body.removed : undefined) ?? null
}

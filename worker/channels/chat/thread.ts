/** The thread of a person in the chat: found by what identifies them, which is no part of its name. */
import { type ActorName, address, asId, type OrgId, type ThreadId } from '../../../core/ids.ts'
import { sha256 } from '../../auth/keys.ts'

/** The kinds of identifiers that have a thread. */
export const threadKinds: readonly string[] = ['visitor', 'user']

export async function threadOf(org: OrgId, { kind, value }: { kind: string; value: string }): Promise<ActorName> {
  return address(org, 'thread', asId<ThreadId>(`chat:${await sha256(`${kind}:${value}`)}`))
}

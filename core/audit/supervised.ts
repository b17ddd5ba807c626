/** Acts of staff inside actors, as the audit keeps them: what somebody did to what is not their own. */
import type { Answer, Turn } from '../engine/model.ts'
import { type Action, type Belonging, isOwn } from '../protocol/permissions.ts'
import type { StaffPrincipal } from '../protocol/principal.ts'
import { difference } from './difference.ts'

interface Supervision {
  readonly by: StaffPrincipal
  readonly action: Action
  /** Whose it is that the permission is asked for. */
  readonly object: Belonging
  /** What the audit shall see of it: a few words, nobody's messages, nothing of a customer. */
  picture(): Readonly<Record<string, unknown>>
  /** How it is done, where that is not seen from what came of it. */
  readonly how?: Readonly<Record<string, unknown>>
}

/**
 * Carries out a command, and tells the audit what changed by it if it reached further than what is the sender's own. What
 * was refused, changed nothing or was done to one's own is no such act, and costs nothing.
 */
export function supervised(
  turn: Turn,
  { by, action, object, picture, how = {} }: Supervision,
  work: () => Answer,
): Answer {
  if (isOwn(by, object)) return work()
  const seen = picture()
  const answer = work()
  const { before, after } = difference(seen, picture())
  const isDone = answer.result.ok && Object.keys(after).length > 0
  if (isDone) turn.audit(by, { action, before, after: { ...after, ...how } })
  return answer
}

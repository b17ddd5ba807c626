/** The states of a leg that all these carriers call alike, in our words. */
import type { CallEvent, Cause, LegId } from '../../../core/call/events.ts'

const causesByStatus = new Map<string, Cause>([
  ['completed', 'completed'],
  ['busy', 'busy'],
  ['no-answer', 'no-answer'],
  ['canceled', 'canceled'],
  ['failed', 'failed'],
])

/** How a leg that was dialled ended. Some tell that it was `answered`: then it has ended in peace since. */
export const causeOf = (status: string): Cause => causesByStatus.get(status) ?? 'completed'

/** What a status says of a leg; nothing for `queued`, `initiated`, `trying` and what is not known. */
export function statusEvent(
  about: { leg: LegId; parent?: LegId },
  status: string,
  seconds?: number,
): CallEvent | undefined {
  const cause = causesByStatus.get(status)
  if (cause !== undefined) return { ...about, is: 'ended', cause, ...(seconds !== undefined && { seconds }) }
  if (status === 'ringing' || status === 'early-media') return { ...about, is: 'ringing' }
  if (status === 'in-progress') return { ...about, is: 'answered' }
  return undefined
}

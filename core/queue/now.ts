/** What a queue is for the Floor: how many wait, and since when the first of them does. */
import type { QueueNow } from '../protocol/messages.ts'
import type { QueueState } from './state.ts'

export function queueNow({ entries }: QueueState): QueueNow {
  // What rings does not wait, though more may be rung.
  const waiting = entries.values().filter(({ rung }) => rung === undefined)
  const oldest = waiting.reduce((first, { since }) => Math.min(first, since), Number.POSITIVE_INFINITY)
  return { type: 'queue-now', waiting: waiting.length, oldest: waiting.length === 0 ? null : oldest }
}

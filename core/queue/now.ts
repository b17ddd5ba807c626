/** What a queue is for the Floor: how many wait, and since when the first of them does. */
import type { QueueNow } from '../protocol/messages.ts'
import type { QueueState } from './state.ts'

export function queueNow({ entries }: QueueState): QueueNow {
  const oldest = entries.values().reduce((first, { since }) => Math.min(first, since), Number.POSITIVE_INFINITY)
  return { type: 'queue-now', waiting: entries.size, oldest: entries.size === 0 ? null : oldest }
}

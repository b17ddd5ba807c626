/** Broken on purpose: what those who look on are told. */
import { realModels } from '../world/city.ts'
import { type Broken, sending } from './alter.ts'

const { queue } = realModels

export const brokenLooking: readonly Broken[] = [
  {
    rule: 'FL',
    what: 'a queue tells the Floor of one more than there are',
    models: {
      queue: sending(queue, (message) =>
        message.type === 'queue-now' ? { ...message, waiting: message.waiting + 1 } : message,
      ),
    },
  },
  {
    rule: 'EX',
    what: 'a queue does not name who came next',
    models: {
      queue: sending(queue, (message) => {
        const why = message.type === 'bid' ? message.candidate?.why : undefined
        if (message.type !== 'bid' || message.candidate === null || why === undefined) return message
        return { ...message, candidate: { ...message.candidate, why: { ...why, rivals: [] } } }
      }),
    },
  },
]

/** Taking who waits from the list of a queue that allows it. What stands in the way is said where all refusals are. */
import type { WaitingRow } from '../../../core/protocol/agent.ts'
import { words } from '../../i18n/console.ts'
import { faultText } from '../../i18n/faults.ts'
import { open } from '../place.ts'
import { me, queuePeers, trouble } from '../work.ts'

/** Nobody is asked already, and it is a queue of one's own. */
export const mayTake = ({ pull, held }: WaitingRow, queue: string): boolean =>
  pull === true && !held && me.value?.queues.some((served) => served.queue === queue) === true

/** It comes into hand by itself; until then its page shows that it is on the way. */
export async function take(queue: string, { conversation }: WaitingRow): Promise<void> {
  const answer = await queuePeers.peek().get(queue)?.command('take', { conversation })
  if (answer === undefined) return
  if (answer.ok) return open(conversation)
  const { field = '' } = answer.error
  const known = Object.entries(words.value.notTaken).find(([what]) => what === field)?.[1]
  trouble.value = known ?? faultText(answer.error)
}

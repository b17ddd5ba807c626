/** What is legal in a configuration, but likely not what was meant, each by the path of its field. */
import type { Config } from '../protocol/config.ts'
import { mayStarve } from '../routing/contacts.ts'
import { meets } from '../routing/needs.ts'
import type { ConfigFault } from './faults.ts'

export function* warningsIn(config: Config): Generator<ConfigFault> {
  yield* inOrders(config)
  yield* inNeeds(config)
}

function* inOrders({ queues }: Config): Generator<ConfigFault> {
  for (const [id, { contactOrder }] of Object.entries(queues)) {
    if (contactOrder === undefined || !mayStarve(contactOrder)) continue
    const message = 'who stands lower may wait for ever, as long as others come who stand higher'
    yield { message, field: `queues.${id}.contactOrder` }
  }
}

/** What is asked for in a queue that none of its agents has. */
function* inNeeds({ plans, agents }: Config): Generator<ConfigFault> {
  for (const [id, { steps }] of Object.entries(plans)) {
    for (const [n, step] of steps.entries()) {
      for (const [q, { queue, need }] of step.queues.entries()) {
        const isMet = Object.values(agents).some(({ queues, skills, attributes = {} }) =>
          queues.some((served) => served.queue === queue && meets({ level: served.level, skills, attributes }, need)),
        )
        if (isMet) continue
        yield { message: `no agent in ${queue} meets this`, field: `plans.${id}.steps.${n}.queues.${q}.need` }
      }
    }
  }
}

/** What is legal in a configuration, but likely not what was meant, each by the path of its field. */
import { checkFlows } from '../flow/check.ts'
import type { Config } from '../protocol/config.ts'
import { mayStarve } from '../routing/contacts.ts'
import { checkPlans } from '../routing/plan/check.ts'
import type { ConfigFault } from './faults.ts'

export function* warningsIn(config: Config): Generator<ConfigFault> {
  yield* inOrders(config)
  yield* inPlans(config)
  yield* inFlows(config)
}

function* inOrders({ queues }: Config): Generator<ConfigFault> {
  for (const [id, { contactOrder }] of Object.entries(queues)) {
    if (contactOrder === undefined || !mayStarve(contactOrder)) continue
    const message = 'who stands lower may wait for ever, as long as others come who stand higher'
    yield { message, field: `queues.${id}.contactOrder` }
  }
}

function* inPlans(config: Config): Generator<ConfigFault> {
  for (const { weight, field, what } of checkPlans(config)) if (weight === 'warned') yield { message: what, field }
}

function* inFlows(config: Config): Generator<ConfigFault> {
  for (const { weight, field, what } of checkFlows(config)) if (weight === 'warned') yield { message: what, field }
}

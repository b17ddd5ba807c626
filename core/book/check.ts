/** What a schema cannot say of a configuration: that everything it points to is there. */
import { badInput } from '../engine/sessions.ts'
import { Config } from '../protocol/config.ts'
import { ok, type Result, refuse } from '../result.ts'

/** The configuration with its defaults, or the first thing wrong with it, by the field's path. */
export function checkConfig(input: unknown): Result<Config> {
  const parsed = Config.safeParse(input)
  if (!parsed.success) return { ok: false, error: badInput(parsed.error) }
  const config = parsed.data
  const dangling = [...danglingPlans(config), ...danglingAgents(config)][0]
  if (dangling !== undefined) return refuse('bad_input', `there is no ${dangling.what}`, { field: dangling.field })
  if (!Object.hasOwn(config.plans, config.entrances.chat)) {
    return refuse('bad_input', `there is no plan ${config.entrances.chat}`, { field: 'entrances.chat' })
  }
  return ok(config)
}

function* danglingPlans(config: Config) {
  for (const [id, plan] of Object.entries(config.plans)) {
    if (plan.steps[0]?.after !== 0) yield { what: 'wait before the first step', field: `plans.${id}.steps.0.after` }
    for (const [n, step] of plan.steps.entries()) {
      const before = plan.steps[n - 1]
      if (before !== undefined && step.after < before.after) {
        yield { what: 'way back: steps come in the order of time', field: `plans.${id}.steps.${n}.after` }
      }
      for (const [q, { queue }] of step.queues.entries()) {
        if (!Object.hasOwn(config.queues, queue))
          yield { what: `queue ${queue}`, field: `plans.${id}.steps.${n}.queues.${q}.queue` }
      }
    }
  }
}

function* danglingAgents(config: Config) {
  for (const [id, agent] of Object.entries(config.agents)) {
    for (const [q, { queue }] of agent.queues.entries()) {
      if (!Object.hasOwn(config.queues, queue))
        yield { what: `queue ${queue}`, field: `agents.${id}.queues.${q}.queue` }
    }
  }
}

/** Configurations by chance: queues, plans with several steps, agents of all kinds, short timings. */
import type { ConfigInput, QueueConfig } from '../../../core/protocol/config.ts'
import type { Random } from '../kit/random.ts'

export interface Cast {
  readonly queues: readonly string[]
  readonly agents: readonly string[]
  readonly plans: readonly string[]
}

const skills = ['french', 'refunds'] as const
/** Without brackets: what judges them is simpler than what is judged. */
const requirements = ['lang = zh', 'french >= 2 or refunds >= 1', 'lang != en and refunds >= 1', 'french or lang = en']

/** Draws for what came later: from a stream of its own, so that seeds which were kept still mean what they did. */
const later = (random: Random) => random.fork('routing')

export function cast(random: Random): Cast {
  const names = (kind: string, most: number) => Array.from({ length: random.int(1, most) }, (_, i) => `${kind}${i + 1}`)
  return { queues: names('q', 4), agents: names('a', 4), plans: names('p', 3) }
}

/** `missed: 0` lets an unanswered contact ring for ever: only where somebody takes it in the end. */
export function config(random: Random, { queues, agents, plans }: Cast, tidy: boolean): ConfigInput {
  const chats = random.int(1, 3)
  const routing = later(random)
  return {
    organisation: 'Acme',
    queues: Object.fromEntries(queues.map((id) => [id, queue(random, routing, id)])),
    plans: Object.fromEntries(plans.map((id) => [id, plan(random, routing, id, queues)])),
    entrances: { chat: random.pick(plans) },
    agents: Object.fromEntries(agents.map((id) => [id, agent(random, routing, id, queues)])),
    media: {
      chat: {
        capacity: chats,
        exclusive: random.chance(0.1),
        ...(routing.chance(0.2) ? { interruptible: true } : {}),
        wrap: random.pick([0, 0, 1_500]),
        grace: random.pick([6_000, 14_000]),
      },
      voice: {
        capacity: 1,
        exclusive: random.chance(0.7),
        ...(routing.chance(0.2) ? { weight: 2 } : {}),
        wrap: random.pick([0, 2_000]),
        grace: random.pick([6_000, 14_000]),
      },
    },
    policies: { snooze: { least: 500, most: 60_000 } },
    tags: { vip: { name: 'VIP' } },
    timings: {
      ring: random.pick([2_500, 5_000]),
      claim: random.pick([3_000, 8_000]),
      cooldown: random.pick([500, 2_000, 6_000]),
      round: 300,
      hold: random.pick([1_000, 3_000]),
      stale: 12_000,
      reopen: random.pick([3_000, 15_000, 600_000]),
      prefer: random.pick([0, 2_500, 5_000]),
      missed: random.pick(tidy ? [0, 1, 2] : [1, 1, 2, 3]),
    },
  }
}

/** The configuration after somebody has worked on it. */
export function changed(random: Random, before: ConfigInput, { queues }: Cast): ConfigInput {
  const after = structuredClone(before)
  const routing = later(random)
  const ids = Object.keys(after.agents)
  for (const id of random.some(ids, 1)) {
    if (random.chance(0.1)) delete after.agents[id]
    else after.agents[id] = agent(random, routing, id, Object.keys(after.queues))
  }
  if (random.chance(0.3)) {
    for (const id of Object.keys(after.queues)) after.queues[id] = queue(random, routing, id)
  }
  if (random.chance(0.4)) replan(random, routing, after, queues)
  return after
}

/** Some of the queues go or come back; plans and agents lead to those that are left. */
function replan(random: Random, routing: Random, config: ConfigInput, queues: readonly string[]): void {
  const left = random.some(queues, 1)
  config.queues = Object.fromEntries(left.map((id) => [id, config.queues[id] ?? queue(random, routing, id)]))
  for (const id of Object.keys(config.plans)) config.plans[id] = plan(random, routing, id, left)
  for (const [id, { queues: served }] of Object.entries(config.agents)) {
    const still = served.filter((each) => left.includes(each.queue))
    if (still.length < served.length) config.agents[id] = agent(random, routing, id, left)
  }
}

function queue(random: Random, routing: Random, id: string) {
  const order = contactOrder(routing)
  if (random.chance(0.6)) return { name: `Queue ${id}`, ...order }
  const by = random.shuffled(['level', 'idle', 'load'] as const).slice(0, random.int(1, 3))
  const agentOrder = by.map((attribute) => ({ by: attribute, direction: random.pick(['asc', 'desc'] as const) }))
  const served = routing.chance(0.2) ? [{ by: 'served' as const, direction: 'asc' as const }] : []
  return { name: `Queue ${id}`, agentOrder: [...served, ...agentOrder], ...order }
}

function contactOrder(random: Random): Pick<QueueConfig, 'contactOrder'> {
  if (random.chance(0.7)) return {}
  const by = random.shuffled(['priority', 'waiting', 'grade'] as const).slice(0, random.int(1, 2))
  const list = by.map((attribute) => ({ by: attribute, direction: random.pick(['asc', 'desc'] as const) }))
  return { contactOrder: { by: 'list', list } }
}

function plan(random: Random, routing: Random, id: string, queues: readonly string[]) {
  let after = 0
  const steps = Array.from({ length: random.int(1, 3) }, () => {
    const step = {
      after,
      queues: random.some(queues, 1).map((queue) => ({ queue, need: need(random, routing) })),
      raise: random.pick([0, 0, 1, 3]),
    }
    after += random.int(1_500, 9_000)
    return step
  })
  const fallback = random.chance(0.5)
    ? null
    : { after: after + random.int(0, 15_000), notice: 'Nobody is free: leave a message.' }
  return { name: `Plan ${id}`, steps, fallback }
}

function need(random: Random, routing: Random) {
  const wanted = random.chance(0.2) ? { [random.pick(skills)]: random.int(1, 2) } : {}
  const where = routing.chance(0.15) ? { where: routing.pick(requirements) } : {}
  return { level: random.pick([0, 1, 1, 1, 2, 3]), skills: wanted, ...where }
}

function agent(random: Random, routing: Random, id: string, queues: readonly string[]) {
  const capacity = random.chance(0.4) ? { chat: random.int(1, 4) } : {}
  return {
    name: `Agent ${id}`,
    queues: random.some(queues, 1).map((queue) => ({ queue, level: random.int(1, 3) })),
    skills: Object.fromEntries(skills.filter(() => random.chance(0.5)).map((skill) => [skill, random.int(1, 2)])),
    ...(routing.chance(0.5) ? { attributes: { lang: routing.some(['zh', 'en'], 1) } } : {}),
    ...(routing.chance(0.15) ? { total: routing.int(1, 4) } : {}),
    capacity: random.chance(0.1) ? { ...capacity, voice: random.int(0, 2) } : capacity,
    strict: random.chance(0.4),
    autoAnswer: random.chance(0.25),
  }
}

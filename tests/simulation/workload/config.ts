/** Configurations by chance: queues, plans with several steps, agents of all kinds, short timings. */
import type { ConfigInput, QueueConfig } from '../../../core/protocol/config.ts'
import type { Random } from '../kit/random.ts'

type PlanInput = ConfigInput['plans'][string]

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
const latest = (random: Random) => random.fork('asking')

export function cast(random: Random): Cast {
  const names = (kind: string, most: number) => Array.from({ length: random.int(1, most) }, (_, i) => `${kind}${i + 1}`)
  return { queues: names('q', 4), agents: names('a', 4), plans: names('p', 3) }
}

/** `missed: 0` lets an unanswered contact ring for ever: only where somebody takes it in the end. */
export function config(random: Random, { queues, agents, plans }: Cast, tidy: boolean): ConfigInput {
  const chats = random.int(1, 3)
  const routing = later(random)
  const planning = random.fork('plans')
  const asking = latest(random)
  const flowing = random.fork('flows').chance(0.35)
  return {
    organisation: 'Acme',
    queues: Object.fromEntries(
      queues.map((id) => [id, { ...queue(random, routing, id), ...ringing(random.fork(`ringing ${id}`)) }]),
    ),
    plans: Object.fromEntries(
      plans.map((id) => [id, enriched(planning, plan(random, routing, id, queues), after(plans, id), queues)]),
    ),
    entrances: { chat: random.pick(plans), ...(flowing ? { flows: { chat: 'menu' } } : {}) },
    ...(flowing ? { flows: { menu: flow(random.fork('flow'), plans) } } : {}),
    agents: Object.fromEntries(agents.map((id) => [id, agent(random, routing, id, queues)])),
    media: {
      chat: {
        capacity: chats,
        exclusive: random.chance(0.1),
        ...(routing.chance(0.2) ? { interruptible: true } : {}),
        wrap: random.pick([0, 0, 1_500]),
        ...(asking.chance(0.5) ? { wrapMore: asking.int(0, 4_000) } : {}),
        grace: random.pick([6_000, 14_000]),
      },
      voice: {
        capacity: 1,
        exclusive: random.chance(0.7),
        ...(routing.chance(0.2) ? { weight: 2 } : {}),
        wrap: random.pick([0, 2_000]),
        grace: random.pick([6_000, 14_000]),
      },
      ...otherMedia(random.fork('media')),
    },
    policies: { snooze: { least: 500, most: 60_000 } },
    declineReasons: asking.chance(0.5) ? ['Busy'] : [],
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

/** A small menu with short patience: by buttons and words to one plan or another, or to an end. */
function flow(random: Random, plans: readonly string[]): NonNullable<ConfigInput['flows']>[string] {
  const timeout = random.pick([2_000, 5_000])
  const options = [
    { id: 'one', label: 'One', next: 'number' },
    { id: 'two', label: 'Two', next: 'desk' },
    { id: 'bye', label: 'Goodbye', next: 'bye' },
  ]
  return {
    name: 'Menu',
    start: 'hello',
    nodes: {
      hello: { do: 'say', text: 'Hello {{customer.name}}.', next: 'menu' },
      menu: { do: 'menu', prompt: 'Which?', tries: random.int(1, 2), timeout, options, otherwise: 'desk' },
      number: {
        do: 'collect',
        prompt: 'What is it about?',
        timeout,
        expected: { is: 'text' },
        into: 'flow.subject',
        next: 'other',
        otherwise: 'desk',
      },
      desk: { do: 'queue' },
      other: { do: 'queue', plan: random.pick(plans), text: 'One moment.' },
      bye: { do: 'hangup', text: 'Goodbye.' },
    },
  }
}

/** The configuration after somebody has worked on it. */
export function changed(random: Random, before: ConfigInput, { queues }: Cast): ConfigInput {
  const changing = structuredClone(before)
  const routing = later(random)
  const planning = random.fork('plans')
  const ids = Object.keys(changing.agents)
  for (const id of random.some(ids, 1)) {
    if (random.chance(0.1)) delete changing.agents[id]
    else changing.agents[id] = agent(random, routing, id, Object.keys(changing.queues))
  }
  if (random.chance(0.3)) {
    for (const id of Object.keys(changing.queues))
      changing.queues[id] = { ...queue(random, routing, id), ...ringing(random.fork(`ringing ${id}`)) }
  }
  if (random.chance(0.4)) replan({ random, routing, planning }, changing, queues)
  return changing
}

interface Chances {
  readonly random: Random
  readonly routing: Random
  readonly planning: Random
}

/** Plans lead on in one direction only, so that every wait comes to rest. */
const after = (plans: readonly string[], id: string) => plans.slice(plans.indexOf(id) + 1)

/** Some of the queues go or come back; plans and agents lead to those that are left. */
function replan({ random, routing, planning }: Chances, config: ConfigInput, queues: readonly string[]): void {
  const left = random.some(queues, 1)
  config.queues = Object.fromEntries(left.map((id) => [id, config.queues[id] ?? queue(random, routing, id)]))
  const plans = Object.keys(config.plans)
  for (const id of plans) config.plans[id] = enriched(planning, plan(random, routing, id, left), after(plans, id), left)
  for (const [id, { queues: served }] of Object.entries(config.agents)) {
    const still = served.filter((each) => left.includes(each.queue))
    if (still.length < served.length) config.agents[id] = agent(random, routing, id, left)
  }
}

function queue(random: Random, routing: Random, id: string) {
  const order = scored(random.fork(`score ${id}`), contactOrder(routing))
  if (random.chance(0.6)) return { name: `Queue ${id}`, ...order }
  const by = random.shuffled(['level', 'idle', 'load'] as const).slice(0, random.int(1, 3))
  const agentOrder = by.map((attribute) => ({ by: attribute, direction: random.pick(['asc', 'desc'] as const) }))
  const served = routing.chance(0.2)
    ? [{ by: routing.pick(['served', 'occupancy'] as const), direction: 'asc' as const }]
    : []
  return { name: `Queue ${id}`, agentOrder: [...served, ...agentOrder], ...order }
}

/** A grade is worth some seconds of age: so much that within an act some overtake, and others have waited for too long. */
function scored(random: Random, order: Pick<QueueConfig, 'contactOrder'>): Pick<QueueConfig, 'contactOrder'> {
  if (order.contactOrder !== undefined || !random.chance(0.4)) return order
  const minutes = random.pick([0.05, 0.1, -0.05])
  return { contactOrder: { by: 'score', boosts: [{ by: 'grade', minutes }] } }
}

/** How many are rung at once, and whether agents may take who waits. */
function ringing(random: Random) {
  const several = random.chance(0.4) ? { ringAtOnce: random.int(2, 4) } : {}
  const pull = random.pick([undefined, undefined, 'beside', 'only'] as const)
  return pull === undefined ? several : { ...several, pull }
}

function contactOrder(random: Random): Pick<QueueConfig, 'contactOrder'> {
  if (random.chance(0.7)) return {}
  const by = random.shuffled(['priority', 'waiting', 'grade'] as const).slice(0, random.int(1, 2))
  const list = by.map((attribute) => ({ by: attribute, direction: random.pick(['asc', 'desc'] as const) }))
  return { contactOrder: { by: 'list', list } }
}

function plan(random: Random, routing: Random, id: string, queues: readonly string[]): PlanInput {
  let at = 0
  const steps = Array.from({ length: random.int(1, 3) }, () => {
    const step = {
      after: at,
      queues: random.some(queues, 1).map((queue) => ({ queue, need: need(random, routing) })),
      raise: random.pick([0, 0, 1, 3]),
    }
    at += random.int(1_500, 9_000)
    return step
  })
  const fallback = random.chance(0.5)
    ? null
    : { after: at + random.int(0, 15_000), notice: 'Nobody is free: leave a message.' }
  return { name: `Plan ${id}`, steps, fallback }
}

/** With what a plan can do besides: steps that depend on figures, that add, relax, say, prefer, lead on or end. */
function enriched(random: Random, base: PlanInput, next: readonly string[], queues: readonly string[]): PlanInput {
  const first = base.steps[0]
  const steps = [...base.steps]
  if (first !== undefined && random.chance(0.2))
    steps[0] = { ...first, prefer: { by: 'last', ring: random.pick([1_500, 4_000]) } }
  const last = steps.at(-1)?.after ?? 0
  if (random.chance(0.25)) {
    const also = [{ queue: random.pick(queues), need: { level: 0 } }]
    const relax = { lower: random.int(0, 2), waive: random.some(skills, 0) }
    // What relaxing does to a text is another test's.
    const less = base.steps.some(({ queues = [] }) => queues.some(({ need }) => need?.where !== undefined))
      ? {}
      : { relax }
    steps.push({ after: last + 1_000, also, ...less, say: 'It takes a while.', offer: 'message' })
  }
  if (random.chance(0.3)) {
    // Behind all others too: there a queue's figures are waited for as long as the contact waits.
    const at = random.int(0, steps.length)
    const when = random.some([condition(random, queues), condition(random, queues)], 1)
    const what = random.pick([{ raise: 2 }, { queues: [{ queue: random.pick(queues) }] }, { end: 'Too many wait.' }])
    steps.splice(at, 0, { after: (steps[at] ?? steps.at(-1))?.after ?? 0, when, ...what })
  }
  const to = random.chance(0.2) ? next[0] : undefined
  const turning = random.fork(`figures ${base.name}`)
  if (to === undefined && base.fallback == null && turning.chance(0.5)) {
    // Behind all others and without an end: whoever stays waits for these figures to turn, and for nothing else.
    const when = [{ is: 'waiting' as const, queue: turning.pick(queues), least: turning.int(1, 2) }]
    steps.push({ after: last + 1_500, when, raise: 1 })
  }
  return to === undefined
    ? { ...base, steps }
    : { ...base, steps: [...steps, { after: last + 5_000, plan: to }], fallback: null }
}

function condition(random: Random, queues: readonly string[]) {
  const queue = random.pick(queues)
  const is = random.pick(['waiting', 'agents', 'predicted'] as const)
  if (is === 'predicted') return { is, queue, least: random.pick([1, 5_000]) }
  return random.chance(0.5) ? { is, queue, least: random.int(1, 3) } : { is, queue, most: random.int(0, 2) }
}

function otherMedia(random: Random) {
  const medium = () => ({
    capacity: random.int(0, 3),
    exclusive: random.chance(0.2),
    ...(random.chance(0.3) ? { interruptible: random.chance(0.5) } : {}),
    ...(random.chance(0.5) ? { ring: random.pick([1_000, 4_000, 9_000]) } : {}),
    wrap: random.pick([0, 0, 1_500]),
    grace: random.pick([6_000, 14_000, 30_000]),
  })
  return { video: medium(), message: medium(), mail: medium() }
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

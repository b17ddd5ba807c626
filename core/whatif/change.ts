/** What is tried: another routing, and more or fewer agents in queues. */
import type { RoutingConfig, Shift, Traffic } from '../protocol/whatif.ts'
import { Chance } from './chance.ts'

export interface Change {
  readonly config: RoutingConfig
  /** By queue: so many agents more, or (negative) fewer, who serve it, all day. */
  readonly agents: Readonly<Record<string, number>>
}

/** The agents of a day are changed at random, so that the interval of many seeds holds the choice too. */
export function changed(
  traffic: Traffic,
  { config, agents }: Change,
  seed: number,
): { config: RoutingConfig; traffic: Traffic } {
  const chance = new Chance(seed)
  let now = { config, shifts: traffic.shifts }
  for (const [queue, more] of Object.entries(agents))
    now = more < 0 ? without(now, queue, -more, chance) : plus(now, queue, more, traffic, chance)
  return { config: now.config, traffic: { ...traffic, shifts: now.shifts } }
}

interface Crew {
  readonly config: RoutingConfig
  readonly shifts: readonly Shift[]
}

function serving({ config, shifts }: Crew, queue: string): string[] {
  const serves = (id: string) =>
    Object.hasOwn(config.agents, id) && config.agents[id]?.queues.some((each) => each.queue === queue)
  return [...new Set(shifts.map(({ agent }) => agent))].filter(serves).sort()
}

/** Whoever goes is gone from all queues. */
function without(crew: Crew, queue: string, count: number, chance: Chance): { config: RoutingConfig; shifts: Shift[] } {
  const left = serving(crew, queue)
  const gone = new Set(
    Array.from({ length: Math.min(count, left.length) }, () => left.splice(pick(left, chance), 1)[0]),
  )
  return { config: crew.config, shifts: crew.shifts.filter(({ agent }) => !gone.has(agent)) }
}

/** Newcomers are and do as somebody who serves the queue already; where nobody does, they serve it alone, all day. */
function plus(crew: Crew, queue: string, count: number, { from, to }: Traffic, chance: Chance) {
  const models = serving(crew, queue)
  const agents = { ...crew.config.agents }
  const shifts = [...crew.shifts]
  for (let n = 1; n <= count; n += 1) {
    const id = `${queue}-new-${n}`
    const like = models[pick(models, chance)]
    const known = like === undefined ? undefined : agents[like]
    agents[id] = known ?? {
      name: id,
      queues: [{ queue, level: 10 }],
      skills: {},
      capacity: {},
      strict: false,
      autoAnswer: false,
    }
    const theirs = like === undefined ? [{ agent: id, from, to }] : crew.shifts.filter(({ agent }) => agent === like)
    shifts.push(...theirs.map((shift) => ({ ...shift, agent: id })))
  }
  return { config: { ...crew.config, agents }, shifts }
}

const pick = (some: readonly unknown[], chance: Chance) => Math.floor(chance.share() * some.length)

/** What is wrong between the parts of a configuration, each fault by the path of its field. */
import { checkFlows } from '../flow/check.ts'
import { own } from '../own.ts'
import type { Config } from '../protocol/config.ts'
import { skillsIn } from '../routing/needs.ts'
import { checkPlans } from '../routing/plan/check.ts'
import { variables, variablesIn } from '../text/variables.ts'

export interface ConfigFault {
  readonly message: string
  readonly field: string
}

/** Every fault of a configuration that its schema cannot see, in the order of its parts. */
export function* faultsIn(config: Config): Generator<ConfigFault> {
  yield* inPlans(config)
  yield* inFlows(config)
  yield* inQueues(config)
  yield* inAgents(config)
  yield* inDispositions(config)
  yield* inReplies(config)
  yield* inWidget(config)
  yield* missing(config.plans, 'plan', config.entrances.chat, 'entrances.chat')
}

/** The fault of a reference that points nowhere. What is absent points nowhere and has none. */
function* missing(
  among: Readonly<Record<string, unknown>>,
  what: string,
  id: string | undefined,
  field: string,
): Generator<ConfigFault> {
  if (id !== undefined && !Object.hasOwn(among, id)) yield { message: `there is no ${what} ${id}`, field }
}

function* eachMissing(
  among: Readonly<Record<string, unknown>>,
  what: string,
  ids: readonly string[] | undefined,
  field: string,
): Generator<ConfigFault> {
  for (const [n, id] of (ids ?? []).entries()) yield* missing(among, what, id, `${field}.${n}`)
}

function* inPlans(config: Config): Generator<ConfigFault> {
  for (const { weight, field, what } of checkPlans(config)) if (weight === 'refused') yield { message: what, field }
  for (const [id, plan] of Object.entries(config.plans)) {
    for (const [n, step] of plan.steps.entries()) {
      for (const list of ['queues', 'also'] as const) {
        for (const [q, { need }] of (step[list] ?? []).entries()) {
          const field = `plans.${id}.steps.${n}.${list}.${q}.need`
          yield* inSkills(config, Object.keys(need.skills), (skill) => `${field}.skills.${skill}`)
          yield* inSkills(config, skillsIn(need), () => `${field}.where`)
        }
      }
    }
  }
}

function* inFlows(config: Config): Generator<ConfigFault> {
  for (const { weight, field, what } of checkFlows(config)) if (weight === 'refused') yield { message: what, field }
}

/** Skills that are declared are the only ones; while none is, any word is a skill. */
function* inSkills(config: Config, skills: Iterable<string>, field: (skill: string) => string): Generator<ConfigFault> {
  if (Object.keys(config.skills).length === 0) return
  for (const skill of skills) yield* missing(config.skills, 'skill', skill, field(skill))
}

function* inQueues({ queues, teams, hours }: Config): Generator<ConfigFault> {
  for (const [id, queue] of Object.entries(queues)) {
    yield* missing(teams, 'team', queue.team, `queues.${id}.team`)
    yield* missing(hours, 'opening hours', queue.hours, `queues.${id}.hours`)
  }
}

function* inAgents(config: Config): Generator<ConfigFault> {
  for (const [id, agent] of Object.entries(config.agents)) {
    yield* missing(config.teams, 'team', agent.team, `agents.${id}.team`)
    for (const [q, { queue }] of agent.queues.entries()) {
      yield* missing(config.queues, 'queue', queue, `agents.${id}.queues.${q}.queue`)
    }
    yield* inSkills(config, Object.keys(agent.skills), (skill) => `agents.${id}.skills.${skill}`)
  }
}

function* inDispositions({ dispositions, queues, attributes }: Config): Generator<ConfigFault> {
  for (const [id, disposition] of Object.entries(dispositions)) {
    const field = `dispositions.${id}`
    yield* missing(dispositions, 'disposition', disposition.parent, `${field}.parent`)
    yield* eachMissing(queues, 'queue', disposition.queues, `${field}.queues`)
    yield* eachMissing(attributes.conversation, 'attribute', disposition.requires, `${field}.requires`)
    const above = new Set<string>()
    for (let up = disposition.parent; up !== undefined && !above.has(up); up = own(dispositions, up)?.parent)
      above.add(up)
    if (above.has(id)) yield { message: 'is above itself', field: `${field}.parent` }
  }
}

function* inReplies({ cannedReplies, teams, queues, attributes }: Config): Generator<ConfigFault> {
  const fillable = new Set<string>(variables)
  for (const about of ['customer', 'conversation'] as const) {
    for (const key of Object.keys(attributes[about])) fillable.add(`${about}.${key}`)
  }
  const taken = new Map<string, string>()
  for (const [id, reply] of Object.entries(cannedReplies)) {
    const field = `cannedReplies.${id}`
    yield* eachMissing(teams, 'team', reply.teams, `${field}.teams`)
    yield* eachMissing(queues, 'queue', reply.queues, `${field}.queues`)
    const unknown = variablesIn(reply.text).find((name) => !fillable.has(name))
    if (unknown !== undefined) yield { message: `there is no variable ${unknown}`, field: `${field}.text` }
    const audience = [reply.teams, reply.queues].map((ids) => [...(ids ?? [])].sort())
    const place = JSON.stringify([reply.shortcut.toLowerCase(), reply.language ?? null, audience])
    const other = taken.get(place)
    if (other !== undefined) yield { message: `is the shortcut of ${other} already`, field: `${field}.shortcut` }
    taken.set(place, id)
  }
}

function* inWidget({ widget, hours, attributes }: Config): Generator<ConfigFault> {
  yield* missing(hours, 'opening hours', widget.hours, 'widget.hours')
  const asked = new Set<string>()
  for (const [n, { field }] of widget.preChat.entries()) {
    const path = `widget.preChat.${n}.field`
    const [about, key] = field.split('.')
    if (about === 'customer' || about === 'conversation') {
      yield* missing(attributes[about], 'attribute', key, path)
    }
    if (asked.has(field)) yield { message: 'is asked already', field: path }
    asked.add(field)
  }
}

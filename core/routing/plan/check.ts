/** What is wrong with plans although every field is right: a contact would be nowhere, go in circles, or wait for ever. */
import { own } from '../../own.ts'
import type { AgentConfig } from '../../protocol/config.ts'
import type { Need } from '../../protocol/need.ts'
import type { Plan, PlanStep } from '../../protocol/plan.ts'
import { attributesOf } from '../agents.ts'
import { meets, relaxNeed } from '../needs.ts'
import { isLast, stepsOf } from './course.ts'

export interface Around {
  readonly plans: Readonly<Record<string, Plan>>
  readonly queues: Readonly<Record<string, unknown>>
  readonly hours: Readonly<Record<string, unknown>>
  readonly agents: Readonly<Record<string, AgentConfig>>
}

/** `refused`: cannot be published. `warned`: legal, but likely not what was meant. */
export interface Finding {
  readonly field: string
  readonly what: string
  readonly weight: 'refused' | 'warned'
}

export function checkPlans(around: Around): readonly Finding[] {
  const findings = Object.entries(around.plans).flatMap(([id, plan]) => [
    ...order(id, plan),
    ...references(id, plan, around),
    ...ends(id, plan, around),
    ...unmet(id, plan, around),
  ])
  return [...findings, ...circles(around.plans)]
}

const at = (plan: string, step: number, more = '') => `plans.${plan}.steps.${step}${more}`

function* order(id: string, { steps }: Plan): Generator<Finding> {
  const first = steps.findIndex(isSure)
  const start = steps[first]
  const what = 'the first step without conditions begins at 0 and names a queue, goes on with another plan, or ends'
  if (start === undefined) yield { field: at(id, 0), what, weight: 'refused' }
  else if (start.after > 0) yield { field: at(id, first, '.after'), what, weight: 'refused' }
  else if (!isLast(start) && !waits(start)) yield { field: at(id, first, '.queues'), what, weight: 'refused' }
  for (const [n, step] of steps.entries()) {
    const before = steps[n - 1]
    if (before !== undefined && step.after < before.after) {
      yield { field: at(id, n, '.after'), what: 'steps come in the order of time', weight: 'refused' }
    }
    if (before !== undefined && isLast(before) && isSure(before)) {
      yield { field: at(id, n), what: 'this step is never reached: the one before it is the last', weight: 'refused' }
    }
    if (step.plan !== undefined && step.end !== undefined) {
      yield { field: at(id, n, '.end'), what: 'a step goes on with another plan or ends, not both', weight: 'refused' }
    }
    if (isLast(step) && changesWait(step)) {
      yield { field: at(id, n), what: 'a step that leaves the plan changes nothing more in it', weight: 'refused' }
    }
    if (!isLast(step) && !changesWait(step) && step.say === undefined) {
      yield { field: at(id, n), what: 'this step does nothing', weight: 'warned' }
    }
  }
}

/** Taken in any case, once it is due. */
const isSure = ({ when = [] }: PlanStep) => when.length === 0
const waits = ({ queues, also = [] }: PlanStep) => queues.length + also.length > 0
const changesWait = (step: PlanStep) =>
  waits(step) || step.relax !== undefined || step.raise !== 0 || step.prefer !== undefined || step.offer !== undefined

function* references(id: string, { steps }: Plan, { plans, queues, hours }: Around): Generator<Finding> {
  const missing = (field: string, what: string): Finding => ({ field, what: `there is no ${what}`, weight: 'refused' })
  for (const [n, step] of steps.entries()) {
    for (const list of ['queues', 'also'] as const) {
      for (const [q, { queue }] of (step[list] ?? []).entries()) {
        if (own(queues, queue) === undefined) yield missing(at(id, n, `.${list}.${q}.queue`), `queue ${queue}`)
      }
    }
    for (const [c, condition] of (step.when ?? []).entries()) {
      const field = at(id, n, `.when.${c}`)
      if (condition.is === 'hours') {
        if (own(hours, condition.hours) === undefined)
          yield missing(`${field}.hours`, `opening hours ${condition.hours}`)
        continue
      }
      if (own(queues, condition.queue) === undefined) yield missing(`${field}.queue`, `queue ${condition.queue}`)
      const { least = 0, most = Number.POSITIVE_INFINITY } = condition
      if (least > most) yield { field: `${field}.least`, what: 'no figure is within these bounds', weight: 'refused' }
    }
    if (step.plan !== undefined && own(plans, step.plan) === undefined)
      yield missing(at(id, n, '.plan'), `plan ${step.plan}`)
  }
}

/** Whether the wait is sure to end, by this plan or by one that it is sure to lead to. */
function* ends(id: string, plan: Plan, { plans }: Around): Generator<Finding> {
  const seen = new Set<string>()
  let here: Plan | undefined = plan
  let name = id
  while (here !== undefined && !seen.has(name)) {
    seen.add(name)
    const last: PlanStep | undefined = stepsOf(here).find((step) => isLast(step) && isSure(step))
    if (last?.end !== undefined) return
    if (last?.plan === undefined) break
    name = last.plan
    here = own(plans, name)
  }
  yield { field: `plans.${id}`, what: 'if nobody is free, the customer may wait for ever', weight: 'warned' }
}

/** What is asked for that no agent of the queue has. */
function* unmet(id: string, { steps }: Plan, { agents }: Around): Generator<Finding> {
  const isMet = (queue: string, need: Need) =>
    Object.values(agents).some((agent) =>
      agent.queues.some(
        ({ queue: served, level }) =>
          served === queue && meets({ level, skills: agent.skills, attributes: attributesOf(agent) ?? {} }, need),
      ),
    )
  for (const [n, step] of steps.entries()) {
    for (const list of ['queues', 'also'] as const) {
      for (const [q, { queue, need }] of (step[list] ?? []).entries()) {
        if (isMet(queue, step.relax === undefined ? need : relaxNeed(need, step.relax))) continue
        yield { field: at(id, n, `.${list}.${q}.need`), what: `no agent in ${queue} meets this`, weight: 'warned' }
      }
    }
  }
}

/** Plans that lead to each other without a moment between: the first step on the way back is named. */
function* circles(plans: Around['plans']): Generator<Finding> {
  for (const id of Object.keys(plans)) {
    for (const [n, step] of (plans[id]?.steps ?? []).entries()) {
      if (step.after > 0 || step.plan === undefined || !reaches(plans, step.plan, id)) continue
      yield { field: at(id, n, '.plan'), what: `${step.plan} leads back here without any waiting`, weight: 'refused' }
    }
  }
}

function reaches(plans: Around['plans'], from: string, to: string): boolean {
  const seen = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true
    if (seen.has(id)) continue
    seen.add(id)
    for (const step of own(plans, id)?.steps ?? [])
      if (step.after === 0 && step.plan !== undefined) open.push(step.plan)
  }
  return false
}

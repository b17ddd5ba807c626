/** What a plan will do and when, as data for a screen: its usual course, and what conditions would change in it. */
import type { Condition, Plan, PlanStep } from '../../protocol/plan.ts'
import { requirement } from '../needs.ts'
import { normal } from '../requirement/normal.ts'
import { print } from '../requirement/print.ts'
import { follow, nowhere, type Standing, stepsOf } from './course.ts'

export interface Moment {
  /** From the beginning of the plan, in ms. */
  readonly after: number
  /** Empty: this happens in any case, unless the contact is served before. */
  readonly when: readonly Condition[]
  /** Where the contact waits from then on, and what it asks of an agent there, written as an expression. */
  readonly waits: readonly { readonly queue: string; readonly asks: string }[]
  /** Points of priority since the beginning. */
  readonly raise: number
  readonly say: string | null
  readonly offer: PlanStep['offer'] | null
  readonly over: { readonly plan: string } | { readonly end: string } | null
}

/** The moments in the order of time; one with conditions is shown as if it came on top of those before that have none. */
export function preview(plan: Plan): readonly Moment[] {
  let usual: Standing = nowhere
  return stepsOf(plan).map((step) => {
    const then = follow(usual, step)
    if ((step.when ?? []).length === 0) usual = then
    return momentOf(step, then)
  })
}

function momentOf({ after, when = [], say, offer, plan, end }: PlanStep, { queues, raise }: Standing): Moment {
  const over = plan !== undefined ? { plan } : end !== undefined ? { end } : null
  const waits = Object.entries(queues).map(([queue, need]) => ({ queue, asks: print(normal(requirement(need))) }))
  return { after, when, waits: over === null ? waits : [], raise, say: say ?? null, offer: offer ?? null, over }
}

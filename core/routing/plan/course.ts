/**
 * How a plan takes its course. Nothing asks again and again: a plan goes on at an instant known beforehand, or when a queue
 * it watches tells new figures.
 */
import { isOpen, nextChange } from '../../calendar/hours.ts'
import { own } from '../../own.ts'
import type { Hours } from '../../protocol/config.ts'
import type { Need } from '../../protocol/need.ts'
import type { Condition, Plan, PlanStep, QueueCondition } from '../../protocol/plan.ts'
import { relaxNeed } from '../needs.ts'

/** How far a contact is in a plan. */
export interface Course {
  /** When the plan began, in ms. */
  readonly t0: number
  /** The step that was taken last, -1 before the first: whatever comes before it is decided. */
  readonly step: number
  /** Steps before it that were not taken; absent: none. */
  readonly passed?: readonly number[]
}

/** What is known when a plan is looked at. */
export interface Facts {
  /** A queue that was asked and has not answered yet is absent. */
  readonly queues: Readonly<Record<string, QueueFigures>>
  readonly hours: Readonly<Record<string, Hours>>
  /** The wait does not end while somebody is being asked (`later`), nor after a message was left (`never`). */
  readonly ends?: 'later' | 'never'
}

/** What a queue tells about itself; null: not known. `predicted` in ms. */
export interface QueueFigures {
  readonly waiting: number | null
  readonly agents: number | null
  readonly predicted: number | null
}

export interface Advance {
  readonly course: Course
  /** The steps taken now, in order. */
  readonly took: readonly PlanStep[]
  /** When to look again, whatever happens; null: never by time alone. */
  readonly wakeAt: number | null
  /** The plan is over: by another plan, or by its end. */
  readonly over: { readonly plan: string } | { readonly end: string } | null
}

/** The steps in the order of time; the fallback is the last that can come. */
export function stepsOf({
  steps,
  fallback,
}: { readonly steps: readonly PlanStep[] } & Pick<Plan, 'fallback'>): readonly PlanStep[] {
  if (fallback === null) return steps
  const { after, notice } = fallback
  return [...steps.filter((step) => step.after <= after), { after, queues: [], raise: 0, end: notice }]
}

/** How long a plan's first steps wait for the figures that they ask for, in ms; then these are not known. */
export const PATIENCE = 2_000

export const begin = (now: number): Course => ({ t0: now, step: -1 })

/** Takes every step that is due and whose conditions hold. Looked at again with nothing new, it takes none. */
export function advance(steps: readonly PlanStep[], before: Course, facts: Facts, now: number): Advance {
  let course = before
  const took: PlanStep[] = []
  for (;;) {
    const at = nextStep(steps, course, facts, now)
    const step = at === null ? undefined : steps[at]
    if (at === null || step === undefined) break
    const passed = [...(course.passed ?? []), ...between(course.step, at)]
    course = { t0: course.t0, step: at, ...(passed.length === 0 ? {} : { passed }) }
    took.push(step)
    const over = overBy(step)
    if (over !== null) return { course, took, wakeAt: null, over }
  }
  return { course, took, wakeAt: wakeFor(steps, course, facts, now), over: null }
}

/** The first step that is due and to be taken. What is still asked for holds up the steps behind it, for a moment. */
function nextStep(steps: readonly PlanStep[], { t0, step: last }: Course, facts: Facts, now: number): number | null {
  for (const [at, step] of steps.entries()) {
    if (at <= last) continue
    if (t0 + step.after > now) return null
    if (isAskedFor(step, facts, now) && now < t0 + PATIENCE) return null
    if (!(step.when ?? []).every((condition) => isTrue(condition, facts, now))) continue
    if (step.end === undefined || facts.ends === undefined) return at
    if (facts.ends === 'later') return null
  }
  return null
}

/** True when all else holds and a queue has not answered yet. */
function isAskedFor({ when = [] }: PlanStep, facts: Facts, now: number): boolean {
  const isOpenQuestion = (condition: Condition) =>
    condition.is !== 'hours' && own(facts.queues, condition.queue) === undefined
  return when.some(isOpenQuestion) && when.every((each) => isOpenQuestion(each) || isTrue(each, facts, now))
}

const between = (from: number, to: number) => Array.from({ length: to - from - 1 }, (_, i) => from + 1 + i)

/** What holds after the steps that were taken: where the contact waits, for whom, and with how many points more. */
export interface Standing {
  readonly queues: Readonly<Record<string, Need>>
  readonly raise: number
  /** What the customer may choose instead of waiting. */
  readonly offer: PlanStep['offer'] | null
}

export const nowhere: Standing = { queues: {}, raise: 0, offer: null }

export function standing(steps: readonly PlanStep[], { step: last, passed = [] }: Omit<Course, 't0'>): Standing {
  return steps.reduce((before, step, at) => (at > last || passed.includes(at) ? before : follow(before, step)), nowhere)
}

/** What holds after one more step. */
export function follow({ queues, raise, offer }: Standing, step: PlanStep): Standing {
  const { relax } = step
  const base = step.queues.length === 0 ? Object.entries(queues) : named(step.queues)
  const all = [...base, ...named(step.also ?? [])]
  const eased = relax === undefined ? all : all.map(([queue, need]) => [queue, relaxNeed(need, relax)] as const)
  return { queues: Object.fromEntries(eased), raise: raise + step.raise, offer: step.offer ?? offer }
}

const named = (places: PlanStep['queues']) => places.map(({ queue, need }) => [queue, need] as const)

/** The conditions of steps that are not decided yet, by their queues: which figures matter. */
export function watched(
  steps: readonly PlanStep[],
  { step: last }: Pick<Course, 'step'>,
): ReadonlyMap<string, readonly QueueCondition[]> {
  const found = new Map<string, QueueCondition[]>()
  for (const condition of steps.slice(last + 1).flatMap(({ when = [] }) => when)) {
    if (condition.is === 'hours') continue
    found.set(condition.queue, [...(found.get(condition.queue) ?? []), condition])
  }
  return found
}

/** A step after which the plan has nothing more to say. */
export const isLast = ({ plan, end }: PlanStep) => plan !== undefined || end !== undefined

function overBy({ plan, end }: PlanStep): Advance['over'] {
  if (plan !== undefined) return { plan }
  return end === undefined ? null : { end }
}

function isTrue(condition: Condition, facts: Facts, now: number): boolean {
  if (condition.is !== 'hours') return isWithin(condition, own(facts.queues, condition.queue))
  const hours = own(facts.hours, condition.hours)
  return hours !== undefined && isOpen(hours, now) === condition.open
}

/** Whether a condition on a queue holds; of a figure that is not known it does not. */
export function isWithin(
  { is, least = 0, most = Number.POSITIVE_INFINITY }: QueueCondition,
  figures: QueueFigures | undefined,
): boolean {
  const figure = figures?.[is] ?? null
  return figure !== null && figure >= least && figure <= most
}

/** The next step's time, and a change of opening hours or the end of a question that a due step waits for. */
function wakeFor(steps: readonly PlanStep[], { t0, step: last }: Course, facts: Facts, now: number): number | null {
  const times: number[] = []
  const left = steps.slice(last + 1)
  for (const [at, step] of left.entries()) {
    if (t0 + step.after > now) {
      times.push(t0 + step.after)
      continue
    }
    const behind = left[at + 1]
    const holdsUp = behind !== undefined && t0 + behind.after <= now
    if (holdsUp && now < t0 + PATIENCE && isAskedFor(step, facts, now)) times.push(t0 + PATIENCE)
    for (const condition of step.when ?? [])
      if (condition.is === 'hours') times.push(...changeOf(own(facts.hours, condition.hours), now))
  }
  return times.length === 0 ? null : Math.min(...times)
}

function changeOf(hours: Hours | undefined, now: number): readonly number[] {
  const change = hours === undefined ? null : nextChange(hours, now)
  return change === null ? [] : [change]
}

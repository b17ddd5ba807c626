/**
 * How a conversation seeks an agent: the plan's steps, and in which queues it wants to wait. With offers.ts and settling.ts
 * the conversation's half of the matching protocol (docs/matching.md).
 */
import type { Turn } from '../engine/model.ts'
import { asId } from '../ids.ts'
import { own } from '../own.ts'
import type { PlanAnswer } from '../protocol/book-messages.ts'
import type { Figures, Gone } from '../protocol/messages.ts'
import type { Need } from '../protocol/need.ts'
import type { Plan, PlanStep, Preferred } from '../protocol/plan.ts'
import { type Advance, advance, begin, standing, stepsOf } from '../routing/plan/course.ts'
import { factsOf } from '../widget/pre-chat.ts'
import { mediumSaid, record, say } from './entries.ts'
import { askPlan, hear, isLed, plan, planOf } from './known.ts'
import { type ConversationState, isOpen, ringsMoreIn, type Seek, type Talk } from './state.ts'

/** Begins a search. The plan's clock starts now; age and priority stay as they are. */
export function seek(
  state: ConversationState,
  turn: Turn,
  steps: readonly PlanStep[],
  how: Pick<Seek, 'consult' | 'plan'> = {},
): void {
  state.talk.patch({ seek: { steps, ...begin(turn.now), ...how }, fallback: null, toldWait: null })
  goOn(state, turn, true)
}

/** What the plan says now, and when to look at it again; null when nobody is sought. */
export function look(state: ConversationState, turn: Turn): Advance | null {
  const { seek: search, figures = {}, offer, left } = state.talk.get()
  if (search === null) return null
  const { pinned } = state.known.get()
  const steps = stepsOf({ steps: search.steps, fallback: planOf(pinned, search)?.fallback ?? null })
  const ends = left ? ({ ends: 'never' } as const) : offer !== null ? ({ ends: 'later' } as const) : {}
  const facts = { queues: figures, hours: pinned?.hours ?? {}, ...ends }
  return advance(steps, search, facts, turn.now)
}

/** Takes the steps that are due: where it waits from here on, what its customer reads, where the plan leads. */
export function goOn(state: ConversationState, turn: Turn, begins = false): void {
  let isNew = begins
  // Plans that lead to each other without waiting are refused, so that this comes to an end.
  for (;;) {
    const { seek: search } = state.talk.get()
    const now = look(state, turn)
    if (search === null || now === null) return
    if (now.took.length === 0) {
      // Queues are being asked what the first step depends on: where it waited before ends here all the same.
      if (isNew && search.steps.length > 0) recordWaiting(state, turn)
      return
    }
    const { over, course, took } = now
    for (const { say: text, prefer: wish } of took) {
      if (text !== undefined && text !== '') say(state, turn, { type: 'message', text })
      if (wish !== undefined) prefer(state, wish)
    }
    // A consult ends in other words: settling.ts.
    if (isEnd(now) && search.consult === true) return
    if (over !== null && 'end' in over) return ended(state, turn, over.end)
    const next = over === null ? undefined : own(state.known.get().pinned?.plans ?? {}, over.plan)
    if (over === null || next === undefined) {
      state.talk.patch({ seek: { ...search, ...course } })
      // A step whose queues are gone is followed by the next search in the same breath.
      if (!reroute(state, turn)) recordWaiting(state, turn)
      return
    }
    const raised = (search.raised ?? 0) + standing(search.steps, course).raise
    state.talk.patch({ seek: { steps: next.steps, plan: over.plan, raised, ...begin(turn.now) } })
    isNew = true
  }
}

/** The plan has come to its end in vain. */
export const isEnd = (now: Advance | null): boolean => now?.over != null && 'end' in now.over

/** Nobody was found. A warm transfer just goes on with its owner. */
function ended(state: ConversationState, turn: Turn, notice: string): void {
  if (state.talk.get().owner !== null) {
    state.talk.patch({ seek: null })
    return recordWaiting(state, turn)
  }
  state.talk.patch({ seek: null, fallback: notice })
  record(state, turn, { type: 'fallback', to: notice })
}

/** Whom the step means, if the customer has somebody like that: asked when the turn ends, unless somebody is asked already. */
function prefer(state: ConversationState, wish: Preferred): void {
  const { last, begun } = state.talk.get()
  const named =
    wish.by === 'last'
      ? (last?.agent ?? begun?.lastAgent)
      : own(begun === null ? {} : factsOf(begun.customer), wish.name)
  if (typeof named !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(named)) return
  state.talk.patch({ preferred: { agent: asId(named), ring: wish.ring } })
}

/** A queue tells the figures that the plan waits for. */
export function figuresCame(state: ConversationState, { queue, waiting, agents, predicted }: Figures): void {
  const { watched = {}, figures = {} } = state.talk.get()
  if (!Object.hasOwn(watched, queue)) return
  state.talk.patch({ figures: { ...figures, [queue]: { waiting, agents, predicted } } })
}

/**
 * All queues of the present step are gone: the plan, when these were a transfer's; else what Book says now, which was
 * asked for when the queue said so. False when there is no need to, or no way.
 */
export function reroute(state: ConversationState, turn: Turn): boolean {
  const talk = state.talk.get()
  const steps = plan(state)?.steps
  const { seek: search } = talk
  if (!isOpen(talk) || search === null || steps === undefined || isUndecided(search)) return false
  if (Object.keys(want(talk)).length > 0 || follows(search, planOf(state.known.get().pinned, search))) return false
  const leadsOn = steps.some((step) => placesOf(step).some((queue) => !talk.missing.includes(queue)))
  if (leadsOn) {
    const { toldWait = null } = talk
    seek(state, turn, steps)
    // For its customer it is the same wait.
    state.talk.patch({ toldWait })
  }
  return leadsOn
}

/** Not even the first step is taken: the figures that it depends on are still asked for. */
const isUndecided = ({ step }: Seek) => step < 0

/** Whether a search is a plan's, and not a transfer's. */
const follows = ({ steps }: Seek, of: Plan | undefined) => JSON.stringify(steps) === JSON.stringify(of?.steps)

const placesOf = ({ queues, also = [] }: PlanStep) => [...queues, ...also].map(({ queue }) => queue)

/**
 * A queue is no longer configured: whoever waits there asks Book where to wait instead. A queue that does not know yet
 * that it is back will soon hear of it.
 */
export function queueGone(state: ConversationState, turn: Turn, { queue, version }: Gone): void {
  const { pinned } = state.known.get()
  if (pinned !== null && pinned.version > version && Object.hasOwn(pinned.queueNames, queue)) return
  const { missing } = state.talk.get()
  if (!missing.includes(queue)) moved(state, turn, () => state.talk.patch({ missing: [...missing, queue] }))
  askPlan(state, turn, version)
}

/**
 * What Book says now holds from here on (docs/decisions/plans.md). A search takes the course that the new plan would have
 * given it; what its steps up to now would have said stays unsaid. A transfer's goes on, unless a queue of its own is gone.
 */
export function planCame(state: ConversationState, turn: Turn, { pinned, agent }: PlanAnswer): void {
  const { pinned: before, unknown } = state.known.get()
  if (agent !== undefined) hear(state, agent)
  if (before === null || pinned.version < before.version) return
  const { flow: led, ...others } = pinned
  const flow = isLed(state) ? before.flow : led
  state.known.patch({
    pinned: flow === undefined ? others : { ...others, flow },
    unknown: unknown === null ? null : { ...unknown, answered: true },
  })
  const { missing, seek: search } = state.talk.get()
  moved(state, turn, () => {
    state.talk.patch({ missing: missing.filter((queue) => !Object.hasOwn(pinned.queueNames, queue)) })
    // A consult is not sought elsewhere: it ends.
    if (search === null || search.consult === true) return
    const missed = search.steps.some((step) => placesOf(step).some((queue) => missing.includes(queue)))
    const next = planOf(pinned, search)
    const isChanged = follows(search, planOf(before, search)) && !follows(search, next)
    if (missed || isChanged) catchUp(state, turn, search, next?.steps ?? [])
  })
}

/** Takes the steps of a changed plan that are due by now, but for its end, which comes as any step. */
function catchUp(state: ConversationState, turn: Turn, search: Seek, steps: readonly PlanStep[]): void {
  const { passed: _, ...rest } = search
  const anew: Seek = { ...rest, steps, step: -1 }
  state.talk.patch({ seek: anew })
  const now = look(state, turn)
  if (now === null) return
  const last = now.over === null ? now.course.step : now.course.step - 1
  const { passed } = now.course
  state.talk.patch({ seek: { ...anew, step: last, ...(passed === undefined ? {} : { passed }) } })
}

/** The queues of the present step that are there, while open; and that in which it waits for more to ring. */
export function want(talk: Talk): Readonly<Record<string, Need>> {
  if (isOpen(talk)) return sought(talk)
  const via = ringsMoreIn(talk)
  const need = via === null ? undefined : own(sought(talk), via)
  return via === null || need === undefined ? {} : { [via]: need }
}

/** The queues where it stands in its plan and that are there, whether it rings or not. */
function sought({ seek: search, missing }: Talk): Readonly<Record<string, Need>> {
  if (search === null) return {}
  const { queues } = standing(search.steps, search)
  return Object.fromEntries(Object.entries(queues).filter(([queue]) => !missing.includes(queue)))
}

/** Own points and those of the steps taken so far. */
export function priorityOf({ seek: search, priority }: Talk): number {
  return search === null ? priority : priority + (search.raised ?? 0) + standing(search.steps, search).raise
}

export function recordWaiting(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  const how = talk.seek?.consult === true ? { consult: true } : {}
  const step = Math.max(0, talk.seek?.step ?? 0)
  record(state, turn, { type: 'waiting', queues: Object.keys(sought(talk)), step, ...how, ...mediumSaid(state) })
}

/** Changes the search, and says where it waits now if that is somewhere else. A step that is due says so itself. */
function moved(state: ConversationState, turn: Turn, change: () => void): void {
  const before = Object.keys(sought(state.talk.get()))
  change()
  const now = Object.keys(sought(state.talk.get()))
  const next = look(state, turn)
  const goesOn = next !== null && (next.over !== null || next.took.length > 0)
  if (JSON.stringify(now) !== JSON.stringify(before) && !goesOn) recordWaiting(state, turn)
}

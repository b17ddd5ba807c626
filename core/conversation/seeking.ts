/**
 * How a conversation seeks an agent: the plan's steps, and in which queues it wants to wait. With offers.ts and settling.ts
 * the conversation's half of the matching protocol (docs/matching.md).
 */
import type { Turn } from '../engine/model.ts'
import type { Need, PlanStep } from '../protocol/config.ts'
import type { Gone, PlanAnswer } from '../protocol/messages.ts'
import { record } from './entries.ts'
import { askPlan, hear, plan } from './known.ts'
import { type ConversationState, isOpen, type Seek, type Talk } from './state.ts'

/** Begins a search. The plan's clock starts now; age and priority stay as they are. */
export function seek(
  state: ConversationState,
  turn: Turn,
  steps: readonly PlanStep[],
  how: Pick<Seek, 'consult'> = {},
): void {
  state.talk.patch({ seek: { steps, t0: turn.now, step: 0, ...how }, fallback: null })
  if (steps[0] !== undefined) recordWaiting(state, turn)
}

/** The plan's next step is due, or its fallback. */
export function stepDue(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  // Who woke so late that the plan is over does not wait in its last step first.
  if (talk.seek === null || talk.begun === null || isOver(state, turn)) return
  const next = talk.seek.steps[talk.seek.step + 1]
  if (next !== undefined && talk.seek.t0 + next.after <= turn.now) {
    const step = talk.seek.step + 1
    state.talk.patch({ seek: { ...talk.seek, step } })
    recordWaiting(state, turn)
  }
}

/** The plan has come to its end in vain. While an agent is being rung it waits for the answer. */
export function isOver(state: ConversationState, turn: Turn): boolean {
  const { seek: search, offer } = state.talk.get()
  const fallback = plan(state)?.fallback ?? null
  return search !== null && offer === null && fallback !== null && search.t0 + fallback.after <= turn.now
}

/**
 * All queues of the present step are gone: the plan, when these were a transfer's; else what Book says now, which was
 * asked for when the queue said so.
 */
export function reroute(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  const steps = plan(state)?.steps
  if (!isOpen(talk) || talk.seek === null || steps === undefined || Object.keys(want(talk)).length > 0) return
  const isPlan = JSON.stringify(steps) === JSON.stringify(talk.seek.steps)
  const leadsOn = steps.some(({ queues }) => queues.some(({ queue }) => !talk.missing.includes(queue)))
  if (!isPlan && leadsOn) seek(state, turn, steps)
}

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

/** What Book says now holds from here on. A search that goes on keeps its steps, unless a queue of theirs is gone. */
export function planCame(state: ConversationState, turn: Turn, { pinned, agent }: PlanAnswer): void {
  const { pinned: before, unknown } = state.known.get()
  if (agent !== undefined) hear(state, agent)
  if (before === null || pinned.version < before.version) return
  state.known.patch({ pinned, unknown: unknown === null ? null : { ...unknown, answered: true } })
  const { missing, seek: search } = state.talk.get()
  const missed = search?.steps.some(({ queues }) => queues.some(({ queue }) => missing.includes(queue))) ?? false
  moved(state, turn, () => {
    state.talk.patch({ missing: missing.filter((queue) => !Object.hasOwn(pinned.queueNames, queue)) })
    // A consult is not sought elsewhere: it ends.
    if (missed && search !== null && search.consult !== true)
      state.talk.patch({ seek: { steps: pinned.plan.steps, t0: search.t0, step: 0 } })
  })
}

/** The queues of the present step that are there, while open. */
export function want(talk: Talk): Readonly<Record<string, Need>> {
  return isOpen(talk) ? sought(talk) : {}
}

/** The queues of the present step that are there, whether it rings or not. */
function sought({ seek: search, missing }: Talk): Readonly<Record<string, Need>> {
  const queues = (search?.steps[search.step]?.queues ?? []).filter(({ queue }) => !missing.includes(queue))
  return Object.fromEntries(queues.map(({ queue, need }) => [queue, need]))
}

/** Own points and those of the steps taken so far. */
export function priorityOf(talk: Talk): number {
  const steps = talk.seek?.steps.slice(0, talk.seek.step + 1) ?? []
  return steps.reduce((sum, step) => sum + step.raise, talk.priority)
}

export function recordWaiting(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  const how = talk.seek?.consult === true ? { consult: true } : {}
  record(state, turn, { type: 'waiting', queues: Object.keys(sought(talk)), step: talk.seek?.step ?? 0, ...how })
}

/** Changes the search, and says where it waits now if that is somewhere else. */
function moved(state: ConversationState, turn: Turn, change: () => void): void {
  const before = Object.keys(sought(state.talk.get()))
  change()
  const now = Object.keys(sought(state.talk.get()))
  if (JSON.stringify(now) !== JSON.stringify(before) && !isOver(state, turn)) recordWaiting(state, turn)
}

/** PL: plans always progress: what is due is taken, and what a queue's figures bring about is taken when it is told. */
import type { PlanStep, QueueCondition } from '../../../core/protocol/plan.ts'
import { PATIENCE } from '../../../core/routing/plan/course.ts'
import { ConversationFacts, type QueueFacts } from '../facts/facts.ts'
import type { MakeRule } from './rule.ts'

export const pl: MakeRule = ({ facts, hit, fail }) => {
  return {
    commit({ actor }) {
      if (actor instanceof ConversationFacts) checkTime(actor)
    },
    rest() {
      for (const conversation of facts.conversations.values()) checkFigures(conversation)
    },
  }

  /** No step that needs nothing but its time is left behind, and the next one is waited for. */
  function checkTime({ talk, name, home, deadlines }: ConversationFacts) {
    const { seek } = talk
    if (seek === null || talk.begun === null) return
    const now = home.now()
    const mayEnd = talk.offer === null && !talk.left
    for (const { after, when = [], end } of seek.steps.slice(seek.step + 1)) {
      // An end that is due waits for the answer of whoever is being asked, and what comes behind it waits with it.
      if (end !== undefined && talk.offer !== null && now >= seek.t0 + after) return
      if (when.length > 0) continue
      hit('PL steps by time')
      const due = seek.t0 + after
      const wakes = deadlines.get('step')?.at ?? Number.POSITIVE_INFINITY
      // Before it, figures may still be asked for.
      const latest = Math.max(due, seek.t0 + PATIENCE)
      if (now >= latest && (mayEnd || end === undefined))
        return fail('PL', `${name} has left out a step of ${after} ms`)
      if (now < due && wakes > due) return fail('PL', `${name} sleeps beyond its step of ${after} ms`)
    }
  }

  /** At rest every queue has told what matters: no step is left whose conditions hold. */
  function checkFigures({ talk, name, home }: ConversationFacts) {
    const { seek } = talk
    if (seek === null) return
    for (const step of seek.steps.slice(seek.step + 1)) {
      if ((step.when ?? []).length === 0 || seek.t0 + step.after > home.now()) continue
      hit('PL steps by figures')
      const isFree = step.end === undefined || (talk.offer === null && !talk.left)
      if (isFree && holds(step)) fail('PL', `at rest ${name} has left out ${JSON.stringify(step)}`)
    }
  }

  function holds({ when = [] }: PlanStep): boolean {
    return when.every((condition) => {
      if (condition.is === 'hours' || condition.is === 'predicted') return false
      return isWithin(condition, facts.queues.get(condition.queue))
    })
  }
}

function isWithin({ is, least = 0, most = Number.POSITIVE_INFINITY }: QueueCondition, queue: QueueFacts | undefined) {
  const waiting = queue?.entries.values().length ?? 0
  const agents = queue?.roster.values().filter(({ picture }) => picture.on === true).length ?? 0
  const figure = is === 'waiting' ? waiting : agents
  return figure >= least && figure <= most
}

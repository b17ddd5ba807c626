/**
 * ST: bounded starvation, by score only: whoever came later by more than its head start is not served before. So a contact
 * waits at most as long as the greatest head start over it, and as the older ones take to be served. A list promises nothing.
 */
import type { QueueConfig } from '../../../core/protocol/config.ts'
import type { Entry } from '../../../core/queue/state.ts'
import { QueueFacts } from '../facts/facts.ts'
import { holderOf, isOf, suits } from './judge.ts'
import type { MakeRule } from './rule.ts'

/** The model reckons in fractions of a minute. */
const ROUNDING = 1

export const st: MakeRule = ({ hit, fail }) => {
  return {
    commit({ actor }) {
      if (actor instanceof QueueFacts) check(actor)
    },
  }

  function check(queue: QueueFacts) {
    const order = queue.known.get('')?.config?.contactOrder
    if (order?.by === 'list') return
    const roster = queue.roster.values()
    for (const { to, row } of queue.mail.fresh) {
      const bid = row.message
      // What an agent takes from the list is of its own choosing.
      if (!isOf('bid', bid) || bid.candidate === null || bid.candidate.pulled === true) continue
      const served = queue.entries.get(bid.candidate.conversation)
      const seat = roster.find(({ agent }) => to.endsWith(`/agent/${agent}`))
      if (served === undefined || seat === undefined) continue
      for (const entry of queue.entries.values()) {
        if (entry === served || !suits(entry, seat) || holderOf(entry, roster) !== null) continue
        const came = served.since - entry.since
        const head = minutesOf(served, order) - minutesOf(entry, order)
        if (came > 0) hit('ST overtakes')
        if (came > Math.max(0, head * 60_000) + ROUNDING)
          fail('ST', `${queue.name} serves ${served.conversation}, ${came} ms younger, before ${entry.conversation}`)
      }
    }
  }
}

/** What stands for age: a minute for each point of priority, and what a point of the grade is worth. */
function minutesOf({ priority, grade = 0 }: Entry, order: QueueConfig['contactOrder']): number {
  const boosts = order?.by === 'score' ? order.boosts : []
  return boosts.reduce((sum, boost) => sum + (boost.by === 'grade' ? boost.minutes * grade : 0), priority)
}

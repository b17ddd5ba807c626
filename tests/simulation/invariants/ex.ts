/**
 * EX: what is recorded of a decision is what there was: whom a queue names as rivals could have taken the contact and stood behind
 * the chosen one, and nobody who stood before is left out. At rest, what keeps each agent from a waiting contact is so.
 */
import { Parts } from '../../../core/engine/parts.ts'
import { explainWait } from '../../../core/queue/explain.ts'
import { openQueue, type Seat } from '../../../core/queue/state.ts'
import { ConversationFacts, QueueFacts } from '../facts/facts.ts'
import { hasRoom, isAtWork, isOf, isSeeking, meetsNeed, suits, workOf } from './judge.ts'
import type { MakeRule } from './rule.ts'

export const ex: MakeRule = ({ facts, hit, fail }) => {
  return {
    commit({ actor }) {
      if (actor instanceof QueueFacts) checkBids(actor)
      if (actor instanceof ConversationFacts) checkOffers(actor)
    },
    rest() {
      for (const conversation of facts.conversations.values()) {
        if (isSeeking(conversation.talk))
          for (const queue of Object.keys(conversation.talk.sent)) checkWait(conversation, queue)
      }
    },
  }

  function checkBids(queue: QueueFacts) {
    for (const { to, row } of queue.mail.fresh) {
      const bid = row.message
      if (!isOf('bid', bid) || bid.candidate === null) continue
      const { why, conversation, pulled } = bid.candidate
      if (pulled === true) continue
      const entry = queue.entries.get(conversation)
      const chosen = queue.roster.values().find(({ agent }) => to.endsWith(`/agent/${agent}`))
      if (why === undefined) return fail('EX', `${queue.name} does not say why it bids to ${to}`)
      if (entry === undefined || chosen === undefined) continue
      hit('EX bids')
      const told = (values: readonly number[]) => (_: unknown, i: number) => values[i] ?? 0
      if (
        JSON.stringify(why.order.map(told(why.chosen))) !== JSON.stringify(why.order.map((name) => has(chosen, name)))
      )
        fail('EX', `${queue.name} records ${why.chosen} of ${chosen.agent}, by ${why.order}`)
      for (const { agent, values } of why.rivals) {
        hit('EX rivals')
        const seat = queue.roster.get(agent)
        if (seat === undefined || !suits(entry, seat))
          return fail('EX', `${queue.name} names ${agent}, who could not take it`)
        if (comesBefore(why.order, values, why.chosen, agent < chosen.agent))
          fail('EX', `${queue.name} says that ${agent} with ${values} stands behind ${chosen.agent} with ${why.chosen}`)
      }
      for (const seat of queue.roster.values()) {
        const isIdle = seat.standing.is !== 'bid' && !seat.silent && seat.picture.free.length > 0 && suits(entry, seat)
        const isNamed = why.rivals.length === 3 || why.rivals.some(({ agent }) => agent === seat.agent)
        if (isIdle && !isNamed)
          fail('EX', `${queue.name} does not name ${seat.agent}, who could have taken ${conversation}`)
      }
    }
  }

  /** The queue's reasons come with the claim, and are kept with the offer. */
  function checkOffers(conversation: ConversationFacts) {
    for (const { row } of conversation.mail.fresh) {
      const grant = row.message
      if (!isOf('grant', grant)) continue
      const [last] = conversation.home.disk.exec(
        "SELECT body FROM entries WHERE json_extract(body, '$.body.type') = 'offered' ORDER BY seq DESC LIMIT 1",
      )
      const { body } = JSON.parse(String(last?.body))
      if (body.lease !== grant.lease || (body.decision === undefined) !== (body.why === 'pulled'))
        fail('EX', `${conversation.name} keeps of its offer ${grant.lease}: ${JSON.stringify(body)}`)
      hit('EX offers')
    }
  }

  function checkWait({ id, talk }: ConversationFacts, queue: string) {
    const there = facts.queues.get(queue)
    if (there === undefined || talk.begun === null) return
    const explained = explainWait(openQueue(new Parts(there.home.disk)), id)
    if (explained === null) return fail('EX', `at rest ${queue} cannot explain ${id}, which waits there`)
    for (const { agent, reason } of explained.agents) {
      const is = facts.agents.get(agent)
      const seat = there.roster.get(agent)
      const need = there.entries.get(id)?.need
      if (is === undefined || seat === undefined || need === undefined) continue
      hit(`EX ${reason}`)
      const isThere = isAtWork(is) && is.self?.link === true
      const fits = hasRoom(is, workOf(talk), is.items.values())
      const holds: Partial<Record<typeof reason, boolean>> = {
        lacks: !meetsNeed(seat.picture, need),
        away: !isThere || !fits,
        full: !isThere || !fits,
        next: false,
      }
      if (holds[reason] === false) fail('EX', `at rest ${agent} is said to be kept from ${id} by: ${reason}`)
    }
  }
}

/** What an agent has of what an order names. */
function has({ picture }: Seat, name: string): number {
  const [what = '', skill = ''] = name.split(' ')
  if (what === 'level') return picture.level
  if (what === 'idle') return picture.idleSince
  if (what === 'load') return Object.keys(picture.items).length
  if (what === 'occupancy') return picture.occupancy ?? 0
  return what === 'served' ? (picture.servedAt ?? 0) : (picture.skills[skill] ?? 0)
}

function comesBefore(order: readonly string[], a: readonly number[], b: readonly number[], first: boolean): boolean {
  for (const [i, name] of order.entries()) {
    const difference = ((a[i] ?? 0) - (b[i] ?? 0)) * (name.endsWith('desc') ? -1 : 1)
    if (difference !== 0) return difference < 0
  }
  return first
}

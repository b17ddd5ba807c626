/**
 * RS: a contact rings for no more agents at once than the queue through which it rings allows, each under a lease of its own; a bid
 * beside another one never goes before a contact that nobody has before them; and once somebody has it, it rings for nobody.
 */
import { ConversationFacts, QueueFacts } from '../facts/facts.ts'
import { holdersOf, isOf, rungIn, suits } from './judge.ts'
import type { MakeRule } from './rule.ts'

export const rs: MakeRule = ({ facts, hit, fail }) => {
  /** The most that each queue has ever allowed: what rang under an earlier configuration goes on. */
  const most = new Map<string, number>()

  function checkRings({ name, talk }: ConversationFacts) {
    const rung = rungIn(talk)
    if (rung.length > 1) hit('RS several')
    const agents = new Set(rung.map(({ agent }) => agent))
    const leases = new Set(rung.map(({ lease }) => lease))
    if (agents.size < rung.length || leases.size < rung.length)
      fail('RS', `${name} rings twice: ${JSON.stringify(rung)}`)
    const allowed = Math.max(1, ...rung.map(({ beside }) => beside?.upTo ?? 1))
    if (rung.length > allowed) fail('RS', `${name} rings for ${rung.length}, not ${allowed}`)
    for (const { beside } of rung) {
      if (beside !== undefined && beside.upTo > (most.get(beside.via) ?? 1))
        fail('RS', `${name} rings for up to ${beside.upTo} in ${beside.via}, which never allowed it`)
    }
    const { owner } = talk
    if (owner !== null && leases.has(owner.lease)) fail('RS', `${name} is owned, and rings for its owner`)
  }

  function checkBids(queue: QueueFacts) {
    const roster = queue.roster.values()
    const now = queue.known.get('')?.config?.ringAtOnce ?? 1
    most.set(queue.id, Math.max(now, most.get(queue.id) ?? 1))
    for (const { to, row } of queue.mail.fresh) {
      const bid = row.message
      if (!isOf('bid', bid) || bid.candidate === null) continue
      const { conversation, beside, pulled } = bid.candidate
      const bidden = queue.entries.get(conversation)
      if (bidden === undefined) continue
      const holders = holdersOf(bidden, roster)
      if (holders.size > Math.max(1, now)) fail('RS', `${queue.name} bids ${conversation} to ${[...holders]}`)
      if (pulled === true) {
        hit('RS taken from lists')
        if (holders.size > 1) fail('RS', `${queue.name} lets ${to} take ${conversation}, which ${[...holders]} have`)
      } else if (queue.known.get('')?.config?.pull === 'only')
        fail('RS', `${queue.name} bids ${conversation}, though nobody is rung there`)
      if (beside !== true) continue
      hit('RS bids beside')
      const seat = roster.find(({ agent }) => to.endsWith(`/agent/${agent}`))
      for (const entry of queue.entries.values()) {
        if (seat === undefined || !suits(entry, seat) || holdersOf(entry, roster).size > 0) continue
        fail('RS', `${queue.name} bids ${conversation} to one more, while ${entry.conversation} is in nobody's hands`)
      }
    }
  }

  return {
    commit({ actor }) {
      if (actor instanceof ConversationFacts) checkRings(actor)
      if (actor instanceof QueueFacts) checkBids(actor)
    },
    rest() {
      for (const { name, talk } of facts.conversations.values()) {
        if (rungIn(talk).length > 0) fail('RS', `at rest ${name} rings for ${JSON.stringify(rungIn(talk))}`)
      }
    },
  }
}

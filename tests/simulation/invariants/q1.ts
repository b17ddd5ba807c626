/** Q1: nobody is overtaken: (a) not when a queue bids, (b) not when an agent claims, within what the round can know. */
import type { Candidate } from '../../../core/protocol/messages.ts'
import type { Entry } from '../../../core/queue/state.ts'
import { AgentFacts, QueueFacts } from '../facts/facts.ts'
import { hasRoom, holderOf, isOf, meetsNeed, precedes, suits } from './judge.ts'
import type { Commit, MakeRule } from './rule.ts'

const orderOf = (queue: QueueFacts) => queue.known.get('')?.config?.contactOrder

export const q1: MakeRule = ({ facts, hit, fail }) => {
  /** Since when an entry of a queue is in nobody's hands, unchanged; real time. */
  const freeSince = new Map<string, Map<string, { key: string; at: number }>>()
  /** When each agent asked its present question, by real time and its own clock; and after how many of its crashes. */
  const asked = new Map<string, { v: number; at: number; own: number; crashes: number }>()

  /** The order under which a queue bid to an agent last: it may have another one by the time of the claim. */
  const bidBy = new Map<string, ReturnType<typeof orderOf>>()

  return {
    commit(commit) {
      const { actor } = commit
      if (actor instanceof QueueFacts) {
        checkBids(actor)
        noteFree(actor, commit.at)
      }
      if (actor instanceof AgentFacts) {
        checkClaim(actor)
        noteQuestion(actor, commit)
      }
    },
  }

  function checkBids(queue: QueueFacts) {
    const roster = queue.roster.values()
    for (const { to, row } of queue.mail.fresh) {
      const bid = row.message
      if (!isOf('bid', bid) || bid.candidate === null) continue
      hit('Q1a bids')
      const { candidate } = bid
      // The agent's own choice overtakes by its nature.
      if (candidate.pulled === true) continue
      const seat = roster.find(({ agent }) => to.endsWith(`/agent/${agent}`))
      if (seat === undefined) return fail('Q1', `${queue.name} bids to ${to}, which it does not know`)
      const full = queue.entries.get(candidate.conversation) ?? candidate
      const order = orderOf(queue)
      bidBy.set(`${queue.id} ${to}`, order)
      for (const entry of queue.entries.values()) {
        if (!precedes(entry, full, order) || !suits(entry, seat) || holderOf(entry, roster) !== null) continue
        fail('Q1', `${queue.name} bids ${candidate.conversation} to ${to}, while ${entry.conversation} comes first`)
      }
    }
  }

  function noteFree(queue: QueueFacts, at: number) {
    const before = freeSince.get(queue.id)
    const now = new Map<string, { key: string; at: number }>()
    const roster = queue.roster.values()
    for (const entry of queue.entries.values()) {
      if (holderOf(entry, roster) !== null) continue
      const { stay, since, priority, avoid, need } = entry
      // Where agents take from the list, and are not rung, nobody is overtaken.
      if (queue.known.get('')?.config?.pull === 'only') continue
      const key = JSON.stringify([stay, since, priority, avoid, need])
      const known = before?.get(entry.conversation)
      now.set(entry.conversation, known?.key === key ? known : { key, at })
    }
    freeSince.set(queue.id, now)
  }

  /** In the queue of the claim by its order. A contact of another queue by rank; where that has another order, only its bid. */
  function comesFirst(
    entry: Entry,
    candidate: Candidate,
    queue: QueueFacts | undefined,
    agent: AgentFacts,
    via: string,
  ) {
    const order = queue === undefined ? undefined : orderOf(queue)
    if (queue?.id === via) {
      const known = queue.entries.get(candidate.conversation)
      const then = bidBy.get(`${queue.id} ${agent.name}`)
      // What was bid stood where it stood then: a plan that changed meanwhile may have lowered it, or begun another stay.
      return precedes(entry, known?.stay === candidate.stay ? { ...known, ...candidate } : candidate, then)
    }
    const isBid = agent.table.get(queue?.id ?? '')?.candidate?.conversation === entry.conversation
    return (order === undefined || isBid) && precedes(entry, candidate)
  }

  function noteQuestion(agent: AgentFacts, { at, home }: Commit) {
    const v = agent.question?.v ?? 0
    if (asked.get(agent.id)?.v !== v) asked.set(agent.id, { v, at, own: home.now(), crashes: home.crashes })
  }

  function checkClaim(agent: AgentFacts) {
    const question = asked.get(agent.id)
    for (const { row, to } of agent.mail.fresh) {
      const claim = row.message
      if (!isOf('claim', claim) || question === undefined || claim.pulled === true) continue
      hit('Q1b claims')
      const conversation = to.replace(/.*\//, '')
      const item = agent.items.get(conversation)
      const config = agent.profile?.config
      if (item === undefined || config == null) return fail('Q1', `${agent.name} claims ${to} without holding it`)
      const others = agent.items.values().filter((each) => each !== item)
      const candidate = agent.table.get(claim.via)?.candidate
      if (candidate?.conversation !== conversation)
        return fail('Q1', `${agent.name} claims ${to}, which ${claim.via} did not bid`)
      const position = config.queues.findIndex(({ queue }) => queue === claim.via)
      for (const [index, { queue: id, level }] of config.queues.entries()) {
        if (config.strict && index > position) continue
        if (agent.table.get(id)?.v !== question.v) {
          // It missed the round: the agent must have waited that long, unless its clock has jumped.
          const waited =
            agent.home.crashes === question.crashes ? agent.home.now() - question.own : Number.POSITIVE_INFINITY
          if (waited < (agent.profile?.timings.round ?? 0))
            fail('Q1', `${agent.name} claims after ${waited} ms, before ${id} answered`)
          hit('Q1b rounds missed')
          continue
        }
        const queue = facts.queues.get(id)
        const free = freeSince.get(id)
        for (const entry of queue?.entries.values() ?? []) {
          const since = free?.get(entry.conversation)?.at ?? Number.POSITIVE_INFINITY
          const isFirst =
            config.strict && index < position ? true : comesFirst(entry, candidate, queue, agent, claim.via)
          const able =
            meetsNeed({ ...config, level }, entry.need) && !entry.avoid.some((avoided) => avoided === agent.id)
          const isBusyWith = agent.items.get(entry.conversation) !== undefined
          if (since >= question.at || !isFirst || !able || isBusyWith || !hasRoom(agent, entry.medium, others)) continue
          fail(
            'Q1',
            `${agent.name} claims ${conversation} while ${entry.conversation} comes first in ${id} since ${since}`,
          )
        }
      }
    }
  }
}

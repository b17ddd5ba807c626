/** Q3: a contact and an eligible agent with room stand side by side at most for the protocol's bound; at rest never. */
import { type AgentFacts, type ConversationFacts, QueueFacts } from '../facts/facts.ts'
import { freeMedia, isAtWork, isOf, meetsNeed, wanted, workOf } from './judge.ts'
import type { MakeRule } from './rule.ts'

interface Pair {
  readonly since: number
  /** Contacts that this agent claimed meanwhile; agents that were bid this contact meanwhile. */
  claims: number
  passes: number
}

/** The time for a message to be committed by its receiver, in calm weather: it may wait for the packet before it. */
const HOPS = 3

export const q3: MakeRule = ({ world, director, facts, hit, fail }) => {
  const pairs = new Map<string, Pair>()
  const { network, hop } = world.weather
  const delta = HOPS * hop[1]
  const { hold, round } = director.timings
  let longest = 0

  return {
    commit({ actor, at }) {
      count(actor)
      const present = sideBySide()
      for (const [key, { since }] of pairs) if (!present.has(key)) ended(key, at - since)
      for (const key of present) check(key, at)
    },
    rest() {
      for (const key of sideBySide()) fail('Q3', `at rest ${key} stand side by side`)
    },
  }

  function ended(key: string, lasted: number) {
    pairs.delete(key)
    hit('Q3 pairs')
    longest = Math.max(longest, lasted)
  }

  function check(key: string, at: number) {
    const pair = pairs.get(key)
    if (pair === undefined || network === 'storm' || isDisturbed(key, at)) {
      pairs.set(key, { since: at, claims: 0, passes: 0 })
      return
    }
    const { since, claims, passes } = pair
    const down = network === 'partial' ? 2 * hold + round * (claims + 1) : 0
    const most = delta * (3 + 4 * claims + 2 * passes) + down
    if (at - since <= most) return
    fail(
      'Q3',
      `${key} stand side by side for ${Math.round(at - since)} ms, not ${most} (${claims} claims, ${passes} passes)`,
    )
  }

  function count({ mail, id }: { mail: AgentFacts['mail']; id: string }) {
    for (const { to, row } of mail.fresh) {
      const { message } = row
      if (isOf('claim', message))
        each(
          (_c, _q, agent) => agent === id,
          (pair) => (pair.claims += 1),
        )
      if (!isOf('bid', message) || message.candidate === null) continue
      const { conversation } = message.candidate
      each(
        (c, _q, agent) => c === conversation && !to.endsWith(`/${agent}`),
        (pair) => (pair.passes += 1),
      )
    }
  }

  function each(which: (c: string, q: string, a: string) => boolean, work: (pair: Pair) => void) {
    for (const [key, pair] of pairs) {
      const [c = '', q = '', a = ''] = key.split(' ')
      if (which(c, q, a)) work(pair)
    }
  }

  /** Contact, queue and agent of all who should come together. */
  function sideBySide(): Set<string> {
    const found = new Set<string>()
    const able = [...facts.agents.values()].filter(isAtWork).map((agent) => ({ agent, free: freeMedia(agent) }))
    for (const conversation of facts.conversations.values()) {
      const places = wanted(conversation.talk)
      const medium = workOf(conversation.talk)
      if (places.size === 0 || conversation.talk.begun === null) continue
      for (const { agent, free } of able) {
        if (!free.includes(medium) || isAvoided(conversation, agent)) continue
        for (const { queue, level } of agent.profile?.config?.queues ?? []) {
          const need = places.get(queue)
          // Where agents take from the list, and are not rung, they may stand there as long as they like.
          if (facts.queues.get(queue)?.known.get('')?.config?.pull === 'only') continue
          if (need === undefined || !meetsNeed({ skills: {}, ...agent.profile?.config, level }, need)) continue
          found.add(`${conversation.id} ${queue} ${agent.id}`)
        }
      }
    }
    return found
  }

  /** In cool-down by the conversation's clock, or its owner; or it holds it already. */
  function isAvoided({ talk, home, id }: ConversationFacts, agent: AgentFacts): boolean {
    return (
      (talk.avoid[agent.id] ?? 0) > home.now() || talk.owner?.agent === agent.id || agent.items.get(id) !== undefined
    )
  }

  /** One of them is down, or what they told each other has not come through: the bound is for those who can speak. */
  function isDisturbed(key: string, at: number): boolean {
    if (network === 'calm') return false
    const [c = '', q = '', a = ''] = key.split(' ')
    const three = [facts.conversations.get(c), facts.queues.get(q), facts.agents.get(a)]
    for (const from of three) {
      if (from === undefined || from.home.downUntil > at) return true
      for (const to of three) {
        if (to === undefined || to === from) continue
        if (facts.oldestUnderWay(from, to.name) < at - delta) return true
      }
    }
    return three.some((each) => each instanceof QueueFacts && each.known.get('') === undefined)
  }
}

/** C3: at most one owner at a time: leases never repeat, and who holds another lease has an `end` on its way. */
import type { Item } from '../../../core/agent/state.ts'
import { AgentFacts, ConversationFacts } from '../facts/facts.ts'
import { isOf, rungIn } from './judge.ts'
import type { MakeRule } from './rule.ts'

export const c3: MakeRule = ({ facts, hit, fail }) => {
  /** The lease of each conversation's latest offer, and who it was given to. */
  const given = new Map<string, Map<number, string>>()

  function checkLeases({ name, talk }: ConversationFacts) {
    const { owner, consult } = talk
    const rung = rungIn(talk)
    if (rung.some(({ lease }) => lease === owner?.lease)) {
      fail('C3', `${name} is owned and offered under lease ${owner?.lease}`)
    }
    const leases = given.get(name) ?? new Map<number, string>()
    given.set(name, leases)
    const newest = Math.max(0, ...leases.keys())
    for (const held of [owner, consult, ...rung]) {
      if (held === null) continue
      const key = `${held.agent} ${held.res}`
      const before = leases.get(held.lease)
      if (before === undefined && held.lease <= newest)
        fail('C3', `${name} gave lease ${held.lease} after lease ${newest}`)
      if (before !== undefined && before !== key)
        fail('C3', `${name} gave lease ${held.lease} to ${before} and to ${key}`)
      leases.set(held.lease, key)
    }
  }

  function checkItem(agent: AgentFacts, item: Item) {
    if (item.lease === null || (item.state !== 'ringing' && item.state !== 'owned')) return
    const conversation = facts.conversations.get(item.conversation)
    if (conversation === undefined) return fail('C3', `${agent.name} holds ${item.conversation}, which is nowhere`)
    hit('C3 leases')
    const { owner, consult } = conversation.talk
    const valid = [owner, consult, ...rungIn(conversation.talk)].some(
      (held) => held?.lease === item.lease && held.agent === agent.id,
    )
    if (valid) return
    const ends = facts.underWay(conversation, agent.name).some((m) => isOf('end', m) && m.lease === item.lease)
    if (!ends)
      fail('C3', `${agent.name} holds ${item.state} ${item.conversation} under lease ${item.lease}, which is over`)
    hit('C3 ends under way')
  }

  return {
    commit({ actor }) {
      if (actor instanceof AgentFacts) for (const item of actor.items.values()) checkItem(actor, item)
      if (!(actor instanceof ConversationFacts)) return
      checkLeases(actor)
      for (const agent of facts.agents.values()) {
        const item = agent.items.get(actor.id)
        if (item !== undefined) checkItem(agent, item)
      }
    },
    rest() {
      for (const conversation of facts.conversations.values()) {
        const owners = [...facts.agents.values()].filter((agent) => {
          const item = agent.items.get(conversation.id)
          return item?.state === 'owned' && item.card?.consult === undefined
        })
        const owner = conversation.talk.owner?.agent
        const isSame = owners.length === (owner === undefined ? 0 : 1) && owners.every(({ id }) => id === owner)
        if (!isSame)
          fail(
            'C3',
            `at rest ${conversation.name} is owned by ${owner}, and in the hands of ${owners.map(({ id }) => id)}`,
          )
      }
    },
  }
}

/**
 * IT: interruptible work waits while it does not go together with what is not, and only then: what is worked on never passes
 * exclusivity or the total for the sake of what could wait. At rest its conversation knows.
 */
import type { Item } from '../../../core/agent/state.ts'
import { AgentFacts } from '../facts/facts.ts'
import { waitsFor } from './judge.ts'
import type { MakeRule } from './rule.ts'

export const it: MakeRule = ({ facts, hit, fail }) => {
  return {
    commit({ actor }) {
      if (actor instanceof AgentFacts) check(actor)
    },
    rest() {
      for (const agent of facts.agents.values()) for (const item of agent.items.values()) compare(agent, item)
    },
  }

  function check(agent: AgentFacts) {
    const { profile } = agent
    if (profile === undefined) return
    const taken = agent.items.values().filter(({ state }) => state === 'owned' || state === 'wrap')
    const canWait = (item: Item) => waitsFor(profile, item.medium)
    const together = taken.reduce((sum, { medium }) => sum + (profile.media[medium]?.weight ?? 1), 0)
    const isAlone = taken.length < 2 || taken.every(({ medium }) => profile.media[medium]?.exclusive !== true)
    const isTooMuch = !isAlone || together > (profile.config?.total ?? Number.POSITIVE_INFINITY)
    for (const item of taken) {
      const isToWait = item.state === 'owned' && canWait(item) && isTooMuch && !taken.every(canWait)
      // A colleague who sees along has nothing in hand that could wait.
      if (item.card?.consult !== undefined) continue
      if (isToWait) hit('IT waits')
      if (isToWait !== (item.interrupted !== undefined))
        fail('IT', `${agent.name} has ${item.conversation} ${isToWait ? 'not ' : ''}waiting beside ${media(taken)}`)
    }
  }

  function compare(agent: AgentFacts, { conversation, state, lease, interrupted, card }: Item) {
    const talk = facts.conversations.get(conversation)?.talk
    if (state !== 'owned' || talk?.owner?.lease !== lease || card?.consult !== undefined) return
    hit('IT compared')
    const knows = talk.interrupted != null
    if (knows !== (interrupted !== undefined))
      fail('IT', `at rest ${conversation} ${knows ? '' : 'does not '}believe that ${agent.name} lets it wait`)
  }
}

const media = (items: readonly Item[]) => items.map(({ medium, state }) => `${medium} ${state}`).join(', ')

/** TH1: a customer of a channel has at most one open conversation, unless a reopening and a new one have crossed. */
import { ConversationFacts } from '../facts/facts.ts'
import { isOf } from './judge.ts'
import type { MakeRule } from './rule.ts'

export const th1: MakeRule = ({ facts, hit, fail }) => {
  const crossed = new Set<string>()
  return {
    commit({ actor }) {
      if (!(actor instanceof ConversationFacts)) return
      const { begun, closed } = actor.talk
      // A call is a thread of its own; here a caller's calls share one.
      if (begun === null || begun.medium === 'voice' || closed !== null) return
      hit('TH1 open')
      for (const other of facts.conversations.values()) {
        const { talk } = other
        if (other === actor || talk.begun?.thread !== begun.thread || talk.closed !== null) continue
        const pair = [actor.id, other.id].sort().join(' ')
        if (crossed.has(pair)) continue
        if (!isCrossing(begun.thread, actor) && !isCrossing(begun.thread, other)) {
          fail('TH1', `${begun.thread} has two open conversations: ${pair}`)
        }
        crossed.add(pair)
      }
    },
  }

  /** The thread's word that there is another has not come, or its own word that it is open again. */
  function isCrossing(name: string, conversation: ConversationFacts): boolean {
    const thread = facts.all.get(name)
    if (thread === undefined) return true
    const isTold = facts.underWay(thread, conversation.name).some((m) => isOf('succeeded', m))
    return isTold || facts.underWay(conversation, name).some((m) => isOf('current', m))
  }
}

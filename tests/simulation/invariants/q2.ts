/** Q2: who is owned or gone waits in no queue; what a queue shows too much has its end on the way. */
import type { Entry } from '../../../core/queue/state.ts'
import { ConversationFacts, QueueFacts } from '../facts/facts.ts'
import { isOf, memberships } from './judge.ts'
import type { MakeRule } from './rule.ts'

export const q2: MakeRule = ({ facts, hit, fail }) => {
  function check(queue: QueueFacts, entry: Entry) {
    const conversation = facts.conversations.get(entry.conversation)
    if (conversation === undefined) return fail('Q2', `${queue.name} shows ${entry.conversation}, which is nowhere`)
    const isWanted = memberships(conversation.talk).has(queue.id) && conversation.talk.sent[queue.id]?.cv === entry.cv
    if (isWanted) return hit('Q2 entries')
    const isTold = facts.underWay(conversation, queue.name).some((m) => isOf('wait', m) && m.cv > entry.cv)
    if (!isTold) fail('Q2', `${queue.name} shows ${JSON.stringify(entry)}, which is not wanted`)
    hit('Q2 ends under way')
  }
  return {
    commit({ actor }) {
      if (actor instanceof QueueFacts) for (const entry of actor.entries.values()) check(actor, entry)
      if (!(actor instanceof ConversationFacts)) return
      for (const queue of facts.queues.values()) {
        const entry = queue.entries.get(actor.id)
        if (entry !== undefined) check(queue, entry)
      }
    },
  }
}

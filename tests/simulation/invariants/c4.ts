/** C4: a conversation that wants a human waits in a queue, is offered, is owned or in its fallback: never nowhere. */
import type { Lease } from '../../../core/conversation/state.ts'
import type { Message } from '../../../core/protocol/messages.ts'
import { PATIENCE } from '../../../core/routing/plan/course.ts'
import { AgentFacts, ConversationFacts, QueueFacts } from '../facts/facts.ts'
import { bookName } from '../world/city.ts'
import { isOf, isSeeking, isUndecided, memberships, rungIn, wanted } from './judge.ts'
import type { MakeRule } from './rule.ts'

export const c4: MakeRule = ({ facts, hit, fail }) => {
  function check(conversation: ConversationFacts) {
    const { talk, name } = conversation
    if (talk.openedAt === null || talk.closed !== null) return
    const { seek, offer, owner, consult, fallback, snooze } = talk
    const rung = rungIn(talk)
    if (snooze !== null) return checkLaid(conversation)
    if (conversation.leading !== null) return checkLed(conversation)
    if (seek === null && offer === null && owner === null && fallback === null) return fail('C4', `${name} is nowhere`)
    hit('C4 conversations')
    const places = memberships(talk)
    if (isSeeking(talk) && isUndecided(talk)) return checkUndecided(conversation)
    if (isSeeking(talk) && places.size === 0 && !isAsking(conversation)) fail('C4', `${name} seeks, and waits nowhere`)
    for (const [queue, need] of places) checkPlace(conversation, queue, JSON.stringify(need))
    for (const lease of [...rung, owner, consult]) if (lease !== null) checkHands(conversation, lease)
  }

  /** Laid aside, it has an end, and nobody has it or is sought meanwhile. */
  function checkLaid({ talk, name, deadlines }: ConversationFacts) {
    hit('C4 laid aside')
    if (deadlines.get('snooze')?.at !== talk.snooze?.until) fail('C4', `${name} is laid aside without an end`)
    if (talk.seek !== null || talk.offer !== null || talk.owner !== null)
      fail('C4', `${name} is laid aside, and sought or in hand`)
  }

  /** A flow leads it: nobody has it or is sought meanwhile, and that has an end though its customer never answers. */
  function checkLed({ talk, name, deadlines, leading }: ConversationFacts) {
    hit('C4 led')
    const { wakeAt = null } = leading?.state ?? {}
    if (wakeAt === null || deadlines.get('bot')?.at !== wakeAt) fail('C4', `${name} is led without an end`)
    if (talk.seek !== null || talk.offer !== null || talk.owner !== null)
      fail('C4', `${name} is led, and sought or in hand`)
  }

  /** Queues are being asked for their figures; that, too, has an end. */
  function checkUndecided({ talk, name, deadlines }: ConversationFacts) {
    hit('C4 undecided')
    const at = deadlines.get('step')?.at ?? Number.POSITIVE_INFINITY
    if (at > (talk.seek?.t0 ?? 0) + PATIENCE) fail('C4', `${name} seeks, waits nowhere, and has no end of that`)
  }

  /** All its queues are gone: Book is being asked where to wait instead. */
  function isAsking(conversation: ConversationFacts): boolean {
    hit('C4 queues gone')
    const book = facts.all.get(bookName)
    const isAsked = facts.underWay(conversation, bookName).some((m) => isOf('ask-plan', m))
    return isAsked || (book !== undefined && facts.underWay(book, conversation.name).some((m) => isOf('plan', m)))
  }

  function checkPlace(conversation: ConversationFacts, id: string, need: string) {
    const cv = conversation.talk.sent[id]?.cv
    const queueName = conversation.name.replace(/conversation\/.*/, `queue/${id}`)
    const entry = facts.queues.get(id)?.entries.get(conversation.id)
    const isThere = entry !== undefined && entry.cv === cv && JSON.stringify(entry.need) === need
    if (isThere && entry.stay === conversation.talk.stay) return hit('C4 entries')
    const isComing = facts
      .underWay(conversation, queueName)
      .some((m) => isOf('wait', m) && m.cv === cv && JSON.stringify(m.entry?.need) === need)
    if (!isComing)
      fail('C4', `${conversation.name} should wait in ${id} with cv ${cv}, which has ${JSON.stringify(entry)}`)
  }

  /** In the agent's hands, on its way there, or on its way back. */
  function checkHands(conversation: ConversationFacts, lease: Lease) {
    const agent = facts.agents.get(lease.agent)
    const item = agent?.items.get(conversation.id)
    const isHeld = item !== undefined && (item.lease === lease.lease || (item.lease === null && item.res === lease.res))
    if (isHeld && item.state !== 'wrap') return hit('C4 in hand')
    const agentName = conversation.name.replace(/conversation\/.*/, `agent/${lease.agent}`)
    const isComing = (m: Message) => (isOf('grant', m) || isOf('assign', m)) && m.lease === lease.lease
    if (facts.underWay(conversation, agentName).some(isComing)) return
    const isBack = (m: Message) => {
      if (isOf('lost', m)) return m.lease === lease.lease
      return isOf('declined', m) && ('lease' in m.by ? m.by.lease === lease.lease : m.by.res === lease.res)
    }
    if (agent !== undefined && facts.underWay(agent, conversation.name).some(isBack)) return
    fail(
      'C4',
      `${conversation.name} is in nobody's hands under ${JSON.stringify(lease)}: its agent has ${JSON.stringify(item)}`,
    )
  }

  return {
    commit({ actor }) {
      if (actor instanceof ConversationFacts) return check(actor)
      for (const conversation of facts.conversations.values()) {
        const { talk } = conversation
        const isQueue = actor instanceof QueueFacts && talk.sent[actor.id] !== undefined
        const isAgent =
          actor instanceof AgentFacts && [...rungIn(talk), talk.owner, talk.consult].some((l) => l?.agent === actor.id)
        if (isQueue || isAgent) check(conversation)
      }
    },
    rest() {
      for (const conversation of facts.conversations.values()) {
        check(conversation)
        if (!isSeeking(conversation.talk)) continue
        // A later configuration may have brought a queue back; a search is not told, as long as it waits somewhere.
        const names = conversation.known.get('')?.pinned?.queueNames ?? {}
        for (const queue of conversation.talk.missing) {
          if (Object.hasOwn(names, queue)) fail('C4', `at rest ${conversation.name} takes ${queue} for gone`)
        }
        for (const queue of wanted(conversation.talk).keys()) {
          const isThere = facts.queues.get(queue)?.known.get('')?.config != null
          if (!isThere) fail('C4', `at rest ${conversation.name} waits in ${queue}, which is gone`)
        }
      }
    },
  }
}

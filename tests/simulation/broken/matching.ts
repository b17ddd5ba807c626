/** Broken on purpose: the matching protocol at its agents and queues. */
import { byRank } from '../../../core/routing/rank.ts'
import { realModels } from '../world/city.ts'
import { type Broken, hearing, sending, sometimes, without } from './alter.ts'

const { conversation, queue, agent } = realModels

export const brokenMatching: readonly Broken[] = [
  {
    rule: 'A1',
    what: 'room is not looked at when assigned by hand',
    models: { agent: hearing(agent, (message) => (message.type === 'assign' ? { ...message, force: true } : message)) },
  },
  {
    rule: 'A2',
    what: 'a second call is not looked at',
    from: 54,
    models: {
      agent: {
        ...agent,
        receive(state, turn, from, message) {
          const calls = state.items.values().filter((item) => item.medium === 'voice' && item.state !== 'wrap')
          const hides = message.type === 'assign' && message.medium === 'voice'
          if (hides) for (const call of calls) state.items.put(call.conversation, { ...call, state: 'wrap' })
          agent.receive(state, turn, from, message)
          if (hides)
            for (const call of calls)
              if (call.conversation !== message.conversation) state.items.put(call.conversation, call)
        },
      },
    },
  },
  { rule: 'A3', what: 'no ring timer', models: { agent: without(agent, 'ring:') } },
  { rule: 'A3', what: 'no claim timer', network: 'partial', models: { agent: without(agent, 'claim:') } },
  {
    rule: 'IT',
    from: 10,
    what: 'a call sets nothing aside',
    models: {
      agent: {
        ...agent,
        settle(state, turn) {
          agent.settle(state, turn)
          for (const { interrupted: _, ...item } of state.items.values()) state.items.put(item.conversation, item)
        },
      },
    },
  },
  {
    rule: 'IT',
    from: 60,
    what: 'what has waited is not told that it goes on',
    models: { agent: sending(agent, (message) => (message.type === 'interrupted' && !message.on ? null : message)) },
  },
  {
    rule: 'Q1',
    what: 'the queue overlooks its first contact',
    models: {
      queue: {
        ...queue,
        settle(state, turn) {
          const first = state.entries.values().sort(byRank)[0]
          const hides = first !== undefined && state.entries.size > 1 && sometimes(turn)
          if (hides) state.entries.delete(first.conversation)
          queue.settle(state, turn)
          if (hides) state.entries.put(first.conversation, first)
        },
      },
    },
  },
  {
    rule: 'Q1',
    what: 'no round: the first answer is claimed',
    models: {
      agent: hearing(agent, (message, state) => {
        if (message.type === 'bid') state.question.patch({ late: true })
        return message
      }),
    },
  },
  {
    rule: 'Q1',
    what: 'the version of a bid is not looked at',
    network: 'storm',
    models: {
      agent: hearing(agent, (message, state) =>
        message.type === 'bid' ? { ...message, v: state.question.get().v } : message,
      ),
    },
  },
  {
    rule: 'Q2',
    what: 'a queue is not told that a contact left',
    models: {
      conversation: sending(conversation, (m, turn) =>
        m.type === 'wait' && m.entry === undefined && sometimes(turn) ? null : m,
      ),
    },
  },
  {
    rule: 'Q3',
    what: 'an arrival does not set the queue going',
    models: {
      queue: {
        ...queue,
        receive(state, turn, from, message) {
          queue.receive(state, turn, from, message)
          if (message.type === 'wait' && message.entry !== undefined) state.fresh.pump = false
        },
      },
    },
  },
  {
    rule: 'Q3',
    what: 'more capacity is no news',
    models: {
      agent: {
        ...agent,
        settle(state, turn) {
          const asked = state.question.get().picture
          const hasMore = asked.startsWith('[[],') && state.self.get().link && state.self.get().presence === 'available'
          // Goes on with the picture of no room.
          agent.settle(state, hasMore ? { ...turn, send: () => {} } : turn)
        },
      },
    },
  },
  { rule: 'Q3', what: 'no cool-down timer', models: { conversation: without(conversation, 'avoid') } },
  { rule: 'Q3', what: 'no hold timer', network: 'partial', models: { queue: without(queue, 'hold:') } },
  { rule: 'Q3', what: 'no item timer', network: 'partial', from: 310, models: { queue: without(queue, 'item:') } },
  { rule: 'Q3', what: 'no round timer', network: 'partial', models: { agent: without(agent, 'round') } },
  {
    rule: 'ST',
    what: 'a queue serves the highest grade first, however long others have waited',
    models: {
      queue: {
        ...queue,
        settle(state, turn) {
          const all = state.entries.values()
          const highest = Math.max(...all.map(({ grade = 0 }) => grade))
          const lower = all.filter(({ grade = 0 }) => grade < highest)
          for (const { conversation } of lower) state.entries.delete(conversation)
          queue.settle(state, turn)
          for (const entry of lower) state.entries.put(entry.conversation, entry)
        },
      },
    },
  },
  {
    rule: 'RS',
    what: 'a conversation rings for as many as claim it',
    models: { conversation: hearing(conversation, (m) => (m.type === 'claim' ? { ...m, upTo: 50 } : m)) },
  },
  {
    rule: 'C3',
    what: 'whoever was slower is not told',
    models: { conversation: sending(conversation, (m) => (m.type === 'end' && m.why === 'taken' ? null : m)) },
  },
  { rule: 'PL', what: 'no timer for the next step', models: { conversation: without(conversation, 'step') } },
  {
    rule: 'PL',
    from: 10,
    what: 'a queue tells its figures only when it is asked',
    models: { queue: without(queue, 'figures') },
  },
  {
    rule: 'PL',
    from: 10,
    what: 'a queue tells no figures at all',
    models: { queue: sending(queue, (message) => (message.type === 'figures' ? null : message)) },
  },
  {
    rule: 'H1',
    what: 'a refusal does not say that what the queue shows is gone',
    network: 'storm',
    models: { agent: hearing(agent, (message) => (message.type === 'refuse' ? { ...message, dead: 0 } : message)) },
  },
]

/** Broken on purpose: what a conversation and its thread promise. */
import { ok } from '../../../core/result.ts'
import { realModels } from '../world/city.ts'
import { type Broken, hearing, sending, sometimes } from './alter.ts'

const { conversation, agent, thread } = realModels

export const brokenTalk: readonly Broken[] = [
  {
    rule: 'C1',
    what: 'a repeated post is a new entry',
    models: {
      conversation: {
        ...conversation,
        command: (state, turn, by, command) =>
          conversation.command(state, turn, by, command.name === 'post' ? { ...command, id: turn.newId() } : command),
      },
    },
  },
  {
    rule: 'C2',
    what: 'a post is acknowledged and not kept',
    models: {
      conversation: {
        ...conversation,
        command(state, turn, by, command) {
          const forgets = command.name === 'post' && state.log.head > 2 && sometimes(turn)
          if (!forgets) return conversation.command(state, turn, by, command)
          return { result: ok({ seq: state.log.head + 1 }), remember: false }
        },
      },
    },
  },
  {
    rule: 'C3',
    what: 'the lease of an acceptance is not looked at',
    models: {
      conversation: hearing(conversation, (message, state) => {
        const { offer } = state.talk.get()
        if (message.type === 'accepted' && offer !== null) {
          state.talk.patch({ offer: { ...offer, agent: message.agent, lease: message.lease } })
        }
        return message
      }),
    },
  },
  {
    rule: 'C3',
    what: 'grants although it is offered',
    models: {
      conversation: hearing(conversation, (message, state) => {
        if (message.type === 'claim' && state.talk.get().offer !== null) state.talk.patch({ offer: null })
        return message
      }),
    },
  },
  {
    rule: 'C3',
    what: 'counters begin anew when a conversation reopens',
    models: {
      conversation: {
        ...conversation,
        command(state, turn, by, command) {
          const reopens = state.talk.get().closed !== null && command.name === 'post'
          if (reopens) state.talk.patch({ lease: 0, stay: 0, cv: 0, sent: {} })
          return conversation.command(state, turn, by, command)
        },
      },
    },
  },
  {
    rule: 'C4',
    what: 'a claim is given up without a word, and the grant that comes too late is not declined',
    network: 'storm',
    models: {
      agent: sending(agent, (m) => (m.type === 'declined' && m.why === 'unclaimed' ? null : m)),
    },
  },
  {
    rule: 'C4',
    what: 'a decline does not match an owner that answers by itself',
    network: 'storm',
    models: {
      conversation: hearing(conversation, (message, state) => {
        const { offer, owner } = state.talk.get()
        return message.type === 'declined' && offer === null && owner !== null ? null : message
      }),
    },
  },
  {
    rule: 'CS',
    what: 'a consult outlives the ownership under which it was asked for',
    models: {
      conversation: {
        ...conversation,
        settle(state, turn) {
          const { consult } = state.talk.get()
          conversation.settle(state, turn)
          const { closed } = state.talk.get()
          if (consult !== null && closed === null) state.talk.patch({ consult })
        },
      },
    },
  },
  {
    rule: 'CS',
    what: 'an agent does not hear what was said last',
    models: { agent: hearing(agent, (m) => (m.type === 'news' ? null : m)) },
  },
  {
    rule: 'TH1',
    what: 'a thread does not hear that its conversation was reopened',
    network: 'calm',
    models: { thread: hearing(thread, (m) => (m.type === 'current' && m.open ? null : m)) },
  },
  {
    rule: 'CV3',
    what: 'customers get the snapshot of the staff',
    models: {
      conversation: {
        ...conversation,
        stream(state, audience) {
          const [own, staff] = [audience, 'staff'].map((each) => conversation.stream(state, each))
          return own && staff && { ...own, snapshot: () => staff.snapshot() }
        },
      },
    },
  },
  {
    rule: 'CV10',
    what: 'marks go back',
    models: {
      conversation: {
        ...conversation,
        mark: (state, _turn, by, marks) =>
          state.marks.patch({ [by.kind === 'customer' ? 'customer' : 'staff']: marks }),
      },
    },
  },
]

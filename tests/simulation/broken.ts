/** Rules broken on purpose: for each rule real handlers altered at one point, or a broken port, which it must catch. */
import type { Model, Turn } from '../../core/engine/model.ts'
import type { Store } from '../../core/engine/ports.ts'
import type { Message } from '../../core/protocol/messages.ts'
import { ok } from '../../core/result.ts'
import { byRank } from '../../core/routing/rank.ts'
import type { RuleName } from './invariants/rules.ts'
import { type Models, realModels } from './world/city.ts'
import type { Breakage } from './world/home.ts'
import type { Network } from './world/weather.ts'

export interface Broken {
  readonly rule: RuleName
  /** What is missing. */
  readonly what: string
  readonly network?: Network
  readonly models?: Partial<Models>
  readonly breakage?: Breakage
}

const { conversation, queue, agent, thread } = realModels

/** The model, with another turn in its hands. */
function turning<S>(model: Model<S>, change: (turn: Turn) => Partial<Turn>): Model<S> {
  const altered = (turn: Turn): Turn => ({ ...turn, ...change(turn) })
  return {
    ...model,
    receive: (state, turn, from, message) => model.receive(state, altered(turn), from, message),
    command: (state, turn, by, command) => model.command(state, altered(turn), by, command),
    due: (state, turn, name) => model.due(state, altered(turn), name),
    settle: (state, turn) => model.settle(state, altered(turn)),
  }
}

/** The model, with other words sent than it wanted: null keeps a message back. */
function sending<S>(model: Model<S>, change: (message: Message, turn: Turn) => Message | null): Model<S> {
  return turning(model, (turn) => ({
    send(to, message) {
      const sent = change(message, turn)
      if (sent !== null) turn.send(to, sent)
    },
  }))
}

/** The model, deaf to some messages or hearing others. */
function hearing<S>(model: Model<S>, change: (message: Message, state: S, turn: Turn) => Message | null): Model<S> {
  return {
    ...model,
    receive(state, turn, from, message) {
      const heard = change(message, state, turn)
      if (heard !== null) model.receive(state, turn, from, heard)
    },
  }
}

/** The model without this timer: it is never set. */
function without<S>(model: Model<S>, timer: string): Model<S> {
  return turning(model, (turn) => ({
    deadline(name, at) {
      if (!name.startsWith(timer)) turn.deadline(name, at)
    },
  }))
}

/** A store on which some writes have no effect. */
function forgetting(store: Store, writes: RegExp): Store {
  return {
    exec: (sql, ...params) => (writes.test(sql) ? [] : store.exec(sql, ...params)),
    transaction: (work) => store.transaction(work),
  }
}

/** True for some turns: by the last digits of the clock. */
const sometimes = ({ now }: Turn) => now % 4 === 0

export const broken: readonly Broken[] = [
  {
    rule: 'S1',
    what: 'the receiver keeps no cursor: nothing is de-duplicated',
    breakage: { store: (store) => forgetting(store, /INTO inbox/) },
  },
  {
    rule: 'S1',
    what: 'no order within a pair: a packet claims that all before its last row was acknowledged',
    breakage: {
      packet: (packet) => ({ ...packet, base: packet.rows.at(-1)?.n ?? packet.base, rows: packet.rows.slice(-1) }),
    },
  },
  {
    rule: 'S1',
    what: 'rows leave without being stored: what is lost on the way stays lost',
    breakage: { store: (store) => forgetting(store, /INTO outbox/) },
  },
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
    rule: 'A1',
    what: 'room is not looked at when assigned by hand',
    models: { agent: hearing(agent, (message) => (message.type === 'assign' ? { ...message, force: true } : message)) },
  },
  {
    rule: 'A2',
    what: 'a second call is not looked at',
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
  { rule: 'Q3', what: 'no item timer', network: 'partial', models: { queue: without(queue, 'item:') } },
  { rule: 'Q3', what: 'no round timer', network: 'partial', models: { agent: without(agent, 'round') } },
  {
    rule: 'S1b',
    what: 'the record is not told every entry',
    models: {
      conversation: {
        ...conversation,
        source(state, self) {
          const source = conversation.source?.(state, self)
          const collect = (cursor: number) =>
            source?.collect(cursor % 3 === 1 ? cursor + 1 : cursor) ?? { items: [], upTo: cursor }
          return { head: () => state.log.head, collect }
        },
      },
    },
  },
  {
    rule: 'S2',
    what: 'the record is told an old version as the newest',
    models: {
      conversation: {
        ...conversation,
        source(state, self) {
          const source = conversation.source?.(state, self)
          let stale: string | undefined
          const collect = (cursor: number) => {
            const news = source?.collect(cursor) ?? { items: [], upTo: cursor }
            const text = JSON.stringify(news.items)
            stale ??= /"status":"[a-z]+","owner":[^,]+/.exec(text)?.[0]
            return { ...news, items: JSON.parse(text.replace(/"status":"[a-z]+","owner":[^,]+/, stale ?? '')) }
          }
          return { head: () => state.log.head, collect }
        },
      },
    },
  },
  {
    rule: 'S2',
    what: 'an agent keeps to itself that its work has ended',
    models: {
      agent: sending(agent, (m) =>
        m.type === 'avail' && m.picture.free.length === 0 && Object.keys(m.picture.items).length === 0 ? null : m,
      ),
    },
  },
  {
    rule: 'M1',
    what: 'a row is changed in place',
    models: {
      agent: {
        ...agent,
        settle(state, turn) {
          agent.settle(state, turn)
          for (const item of state.items.values()) Object.assign(item, { since: turn.now })
        },
      },
    },
  },
  {
    rule: 'T4',
    what: 'the alarm rings before its time',
    network: 'calm',
    breakage: {
      clock: (clock) => ({
        now: () => clock.now(),
        newId: () => clock.newId(),
        wake: (at) => clock.wake(at === null ? null : at - 60_000),
      }),
    },
  },
  {
    rule: 'H1',
    what: 'a refusal does not say that what the queue shows is gone',
    network: 'storm',
    models: { agent: hearing(agent, (message) => (message.type === 'refuse' ? { ...message, dead: 0 } : message)) },
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
        streams(state) {
          const { public: open, staff, ...others } = conversation.streams(state)
          if (open === undefined || staff === undefined) return others
          return { ...others, staff, public: { ...open, snapshot: () => staff.snapshot() } }
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
  {
    rule: 'WS',
    what: 'who resumes misses an entry',
    models: {
      conversation: {
        ...conversation,
        streams: (state) =>
          Object.fromEntries(
            Object.entries(conversation.streams(state)).map(([audience, stream]) => [
              audience,
              { ...stream, since: (seq: number) => stream.since(seq)?.slice(1) ?? null },
            ]),
          ),
      },
    },
  },
  {
    rule: 'WS',
    what: 'a row of the board changes without a number',
    models: {
      agent: {
        ...agent,
        streams: (state) =>
          Object.fromEntries(
            Object.entries(agent.streams(state)).map(([audience, stream]) => [
              audience,
              { ...stream, fresh: () => stream.fresh().slice(1) },
            ]),
          ),
      },
    },
  },
]

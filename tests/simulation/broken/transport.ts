/** Broken on purpose: the transport, the storage, the record and the wire. */
import { realModels } from '../world/city.ts'
import { type Broken, forgetting, sending } from './alter.ts'

const { conversation, agent } = realModels

export const brokenTransport: readonly Broken[] = [
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

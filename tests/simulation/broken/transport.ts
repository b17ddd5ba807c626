/** Broken on purpose: the transport, the storage, the record and the wire. */
import type { Store } from '../../../core/engine/ports.ts'
import { realModels } from '../world/city.ts'
import { StorageRefused } from '../world/guarded-store.ts'
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
    rule: 'S1',
    what: 'who is restored numbers its messages from 1 again, and is not heard until it comes to what receivers know',
    breakage: {
      clock: (clock) => ({
        now: () => clock.now(),
        newId: () => clock.newId().replace(/^.{10}/, '0000000000'),
        wake: (at) => clock.wake(at),
        nudge: (at) => clock.nudge(at),
      }),
    },
  },
  {
    rule: 'H1',
    what: 'a packet does not say from where on it is not acknowledged: a forgotten cursor is a gap for ever',
    from: 3,
    breakage: { packet: (packet) => ({ ...packet, base: 1 }) },
  },
  {
    rule: 'S1',
    what: 'the outbox is not in the transaction: what was taken back is sent all the same',
    network: 'storm',
    breakage: { store: keepingOutbox },
  },
  {
    rule: 'S1b',
    what: 'the record is not told every entry',
    models: {
      conversation: {
        ...conversation,
        source(state, self) {
          const source = conversation.source?.(state, self)
          const collect = (cursor: number, memo: unknown) =>
            source?.collect(cursor % 3 === 1 ? cursor + 1 : cursor, memo) ?? { items: [], upTo: cursor }
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
          const collect = (cursor: number, memo: unknown) => {
            const news = source?.collect(cursor, memo) ?? { items: [], upTo: cursor }
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
    rule: 'RC',
    what: 'a contact that waits elsewhere is told as one that was abandoned',
    models: {
      conversation: {
        ...conversation,
        source(state, self) {
          const source = conversation.source?.(state, self)
          const collect = (cursor: number, memo: unknown) => {
            const news = source?.collect(cursor, memo) ?? { items: [], upTo: cursor }
            return { ...news, items: JSON.parse(JSON.stringify(news.items).replaceAll('"moved"', '"abandoned"')) }
          }
          return { head: () => state.log.head, collect }
        },
      },
    },
  },
  {
    rule: 'RC',
    what: 'a feed forgets what lasts behind its cursor',
    models: {
      conversation: {
        ...conversation,
        source(state, self) {
          const source = conversation.source?.(state, self)
          const collect = (cursor: number) => source?.collect(cursor, []) ?? { items: [], upTo: cursor }
          return { head: () => state.log.head, collect }
        },
      },
    },
  },
  {
    rule: 'RP',
    what: 'an agent does not say that its console is gone',
    models: {
      agent: {
        ...agent,
        source(state, self) {
          const source = agent.source?.(state, self)
          const collect = (cursor: number, memo: unknown) => {
            const news = source?.collect(cursor, memo) ?? { items: [], upTo: cursor }
            const text = JSON.stringify(news.items).replaceAll('"connected":false', '"connected":true')
            return { ...news, items: JSON.parse(text) }
          }
          return { head: () => state.journal.head, collect }
        },
      },
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
        nudge: (at) => clock.nudge(at),
      }),
    },
  },
  {
    rule: 'WS',
    what: 'who resumes misses an entry',
    models: {
      conversation: {
        ...conversation,
        stream(state, audience) {
          const stream = conversation.stream(state, audience)
          return stream && { ...stream, since: (seq) => stream.since(seq)?.slice(1) ?? null }
        },
      },
    },
  },
  {
    rule: 'WS',
    what: 'a row of the board changes without a number',
    models: {
      agent: {
        ...agent,
        stream(state, audience) {
          const stream = agent.stream(state, audience)
          return stream && { ...stream, fresh: () => stream.fresh().slice(1) }
        },
      },
    },
  },
]

/** A store that takes back all but the rows of the outbox when a transaction fails. */
function keepingOutbox(store: Store): Store {
  return {
    exec: (sql, ...params) => store.exec(sql, ...params),
    transaction: (work) => store.transaction(work),
    write(statements) {
      try {
        store.write(statements)
      } catch (error) {
        // A dead machine writes nothing more: only a refusal shows it.
        const kept = error instanceof StorageRefused ? statements : []
        for (const statement of kept) if (/INTO outbox/.test(statement[0])) store.exec(...statement)
        throw error
      }
    },
  }
}

/** A small model that uses every part of the engine, for tests that look at the engine alone. */
import type { Migration } from '../../core/engine/migrations.ts'
import type { Model, Stream, Turn } from '../../core/engine/model.ts'
import type { Cell, Rows } from '../../core/engine/parts.ts'
import { type ActorName, type Address, address } from '../../core/ids.ts'
import type { Event } from '../../core/protocol/frames.ts'
import type { Message } from '../../core/protocol/messages.ts'
import type { CustomerPrincipal } from '../../core/protocol/principal.ts'
import { ok, refuse } from '../../core/result.ts'
import { Board } from '../../core/streams/board.ts'
import { type Entry, Log } from '../../core/streams/log.ts'
import { conversation, org, queue } from './harness.ts'

export interface ToyState {
  readonly total: Cell<{ readonly n: number }>
  readonly rows: Rows<{ readonly n: number }>
  /** What came, by sender, in the order in which it had its effect. */
  readonly taken: Rows<{ readonly list: readonly number[] }>
  readonly log: Log<{ readonly text: string }>
  readonly board: Board
}

/** What a test may put in the place of the toy's own handlers. */
export interface Hooks {
  readonly receive?: (state: ToyState, turn: Turn, message: Message) => void
  readonly due?: (state: ToyState, turn: Turn, name: string) => void
  readonly settle?: (state: ToyState, turn: Turn) => void
  readonly migrations?: readonly Migration[]
  readonly newerConfig?: (version: number) => void
}

/** The record gets this many entries at once. */
export const TOLD_AT_ONCE = 3

export const toyName = (id: string): ActorName => address(org, 'conversation', conversation(id))
export const visitor = (id: string): CustomerPrincipal => ({ kind: 'customer', org, customer: id, conversation: 'toy' })

/** Customers see what is public, agents the whole log, supervisors the board. */
export function toyModel(hooks: Hooks = {}): Model<ToyState> {
  return {
    kind: 'conversation',
    migrations: hooks.migrations ?? [],
    open: (tables) => ({
      total: tables.cell('total', { n: 0 }),
      rows: tables.rows('rows'),
      taken: tables.rows('taken'),
      log: new Log(tables),
      board: new Board(tables),
    }),
    admit(_state, self, by) {
      if (by.org !== self.org) return refuse('not_found', 'another organisation')
      if (by.kind === 'customer') return ok('public')
      return ok(by.role === 'agent' ? 'staff' : 'board')
    },
    receive(state, turn, from, message) {
      if (message.type === 'place') take(state, from, message.place)
      hooks.receive?.(state, turn, message)
    },
    command(state, turn, _by, { id, name }) {
      if (name === 'fail') throw new Error('a bug with a secret in it')
      if (name !== 'say') return { result: refuse('bad_input', 'unknown', { field: 'name' }), remember: true }
      say(state, id, true)
      state.total.set({ n: state.total.get().n + 1 })
      return { result: ok({ n: state.total.get().n, at: turn.now }), remember: true }
    },
    due(state, turn, name) {
      say(state, `due ${name}`, true)
      hooks.due?.(state, turn, name)
    },
    settle: (state, turn) => hooks.settle?.(state, turn),
    mark: (state, _turn, _by, { read }) => state.rows.put('read', { n: read }),
    typing: (_state, _by, on) => [{ audience: 'public', body: { on } }],
    stream({ log, board }, audience) {
      if (audience === 'public') return publicStream(log)
      return audience === 'staff' ? staffStream(log) : boardStream(board)
    },
    view: (state) => ({ total: state.total.get().n }),
    source: ({ log }) => ({
      head: () => log.head,
      collect(cursor) {
        const entries = log.after(cursor, TOLD_AT_ONCE)
        const items = entries.map(({ seq, body }) => ({ kind: 'projection' as const, body: { seq, text: body.text } }))
        return { items, upTo: entries.at(-1)?.seq ?? cursor }
      },
    }),
    configVersion: () => 1,
    newerConfig: (_state, _turn, version) => hooks.newerConfig?.(version),
  }
}

export function say({ log }: ToyState, text: string, isPublic: boolean): void {
  log.append({ sender: 'toy', command: `${log.head + 1}`, public: isPublic, body: { text } })
}

/** A row of the board. */
export const row = (key: string, n: number) => ({ key, n })

/** Number `n`, on its way to another toy. */
export function post(turn: Turn, to: ActorName, n: number): void {
  turn.send(to, { type: 'place', queue: queue('q'), stay: 1, place: n })
}

function take(state: ToyState, from: Address, n: number): void {
  const list = state.taken.get(from.id)?.list ?? []
  state.taken.put(from.id, { list: [...list, n] })
}

type Logged = Log<{ readonly text: string }>

function publicStream(log: Logged): Stream {
  const events = (entries: readonly Entry<{ readonly text: string }>[]) =>
    entries.flatMap(({ pub, body }) => (pub === null ? [] : [toEvent(pub, body.text)]))
  return {
    head: () => log.publicHead,
    fresh: () => events(log.fresh),
    since: (seq) => (seq > log.publicHead ? null : events(log.publicAfter(seq, 1_000))),
    snapshot: () => events(log.publicBefore(log.publicHead + 1, 50)),
  }
}

function staffStream(log: Logged): Stream {
  const events = (entries: readonly Entry<{ readonly text: string }>[]) =>
    entries.map(({ seq, body }) => toEvent(seq, body.text))
  return {
    head: () => log.head,
    fresh: () => events(log.fresh),
    since: (seq) => (seq > log.head ? null : events(log.after(seq, 1_000))),
    snapshot: () => events(log.before(log.head + 1, 50)),
  }
}

function boardStream(board: Board): Stream {
  return {
    head: () => board.head,
    fresh: () => board.fresh,
    since: (seq) => board.since(seq),
    snapshot: () => board.snapshot(),
  }
}

function toEvent(seq: number, text: string): Event {
  return { seq, at: 0, name: 'entry', body: { seq, text } }
}

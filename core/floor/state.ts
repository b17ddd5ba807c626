/** What the Floor knows: who there is, what each of them said last, and the figures of today. */
import type { Asking } from '../book/asking.ts'
import type { Cell, Fresh, Rows, Tables } from '../engine/parts.ts'
import type { FloorSlice } from '../protocol/book-messages.ts'
import type { AgentNow, QueueNow } from '../protocol/messages.ts'
import { defaultPolicies } from '../protocol/policies.ts'
import { Board } from '../streams/board.ts'
import type { Tally } from './tally.ts'

export interface Known extends Asking, Omit<FloorSlice, 'type'> {}

/** While somebody looks. */
export interface Lease {
  /** In ms; null: nobody looks. */
  readonly until: number | null
  /** The audiences that had sockets when it was renewed last, or have come since. */
  readonly audiences: readonly string[]
}

export interface FloorState {
  readonly known: Cell<Known>
  readonly lease: Cell<Lease>
  readonly queues: Rows<QueueNow>
  readonly agents: Rows<AgentNow>
  /** How often the record was asked to tell what it holds of today. */
  readonly recalls: Cell<{ readonly n: number }>
  /** Which spans the figures on the board are of; null: they are not complete, and not shown. */
  readonly counted: Cell<Counted>
  readonly board: Board
  /** Memory only; null: to be made anew from the record. */
  tally: Tally | null
  /** What the record is telling, in answer to wish `n`. Memory only. */
  telling: { readonly n: number; readonly tally: Tally } | null
  /** Whether this life has asked for what it lacks. Memory only. */
  asked: boolean
  /** Keys of rows to be shown anew at the end of the turn, as `queue/<id>` and `agent/<id>`. Memory only. */
  readonly stale: Set<string>
  /** Those that this turn has shown: stale again when it fails. */
  readonly shown: Fresh<string>
}

export interface Counted {
  readonly spans: { readonly today: number; readonly interval: number } | null
}

const nothing: Known = {
  ...{ version: 0, asked: 0, queues: {}, agents: {} },
  policy: defaultPolicies.floor,
}

export function openFloor(tables: Tables): FloorState {
  const stale = new Set<string>()
  return {
    known: tables.cell('config', nothing),
    lease: tables.cell<Lease>('lease', { until: null, audiences: [] }),
    queues: tables.rows('queues'),
    agents: tables.rows('agents'),
    recalls: tables.cell('recalls', { n: 0 }),
    counted: tables.cell<Counted>('counted', { spans: null }),
    board: new Board(tables),
    tally: null,
    telling: null,
    asked: false,
    stale,
    shown: tables.fresh<string>(
      () => null,
      (key) => stale.add(key),
    ),
  }
}

export const isWatched = (state: FloorState, now: number): boolean => (state.lease.get().until ?? 0) > now

/** The figures are no longer known, or no longer those of now: the record is to tell them. */
export function forget(state: FloorState): void {
  state.tally = null
  state.asked = false
  state.counted.set({ spans: null })
  showAll(state)
}

/** From now on the figures of a tally are shown. */
export function showFigures(state: FloorState, tally: Tally): void {
  state.tally = tally
  state.counted.set({ spans: { today: tally.today.from, interval: tally.interval.from } })
  showAll(state)
}

/** Every row is to be shown anew. */
export function showAll(state: FloorState): void {
  const { queues, agents } = state.known.get()
  state.stale.add('floor')
  for (const id of Object.keys(queues)) state.stale.add(`queue/${id}`)
  for (const id of Object.keys(agents)) state.stale.add(`agent/${id}`)
}

/**
 * Where the figures come from. What the record has written while somebody looks is told at once; what it wrote before, the
 * Floor asks for by its feed: at the beginning, after it has lost its memory, and again and again, which heals whatever was
 * lost on the way.
 */
import type { Source } from '../engine/feed.ts'
import type { Turn } from '../engine/model.ts'
import type { Address } from '../ids.ts'
import { INTERVAL } from './lease.ts'
import { type FloorState, isWatched, showFigures } from './state.ts'
import { type Row, spansAt, Tally } from './tally.ts'

/** Asks the record to tell what it holds of today. */
export function wish(state: FloorState): void {
  state.recalls.set({ n: state.recalls.get().n + 1 })
  state.asked = true
}

export function recallSource(state: FloorState, { org }: Address): Source {
  return {
    head: () => state.recalls.get().n,
    collect: () => {
      const { n } = state.recalls.get()
      return { items: [{ kind: 'projection', body: { records: [{ type: 'recall', org, n }] } }], upTo: n }
    },
  }
}

/** The record is about to tell, in answer to a wish; from when on, in ms. Null: nobody wants to know any more. */
export function beginRecall(
  state: FloorState,
  turn: Turn,
  n: number,
): { readonly from: number; readonly to: number } | null {
  const { version, policy } = state.known.get()
  if (!isWatched(state, turn.now) || version === 0) return null
  const tally = new Tally(policy, turn.now)
  state.telling = { n, tally }
  return tally.today
}

/** A part of it. False when another one has begun, or this life never began one. */
export function recall({ telling }: FloorState, n: number, rows: readonly Row[]): boolean {
  if (telling?.n !== n) return false
  for (const row of rows) telling.tally.add(row)
  return true
}

/** It was all. */
export function endRecall(state: FloorState, n: number): boolean {
  const { telling } = state
  if (telling?.n !== n) return false
  state.telling = null
  showFigures(state, telling.tally)
  return true
}

/** The record has just written these; `gap`: and others before, that could not be told. False when nobody looks. */
export function recorded(state: FloorState, turn: Turn, rows: readonly Row[], gap: boolean): boolean {
  if (!isWatched(state, turn.now)) return false
  if (gap) wish(state)
  for (const row of rows) {
    state.telling?.tally.add(row)
    const { queue, agent } = state.tally?.add(row) ?? {}
    if (queue != null) state.stale.add(`queue/${queue}`)
    if (agent != null) state.stale.add(`agent/${agent}`)
  }
  return true
}

/** At the end of each turn: what is lacking is asked for, once in a life; and when the interval is over, all of it anew. */
export function keepCounting(state: FloorState, turn: Turn): void {
  const { version, policy } = state.known.get()
  if (!isWatched(state, turn.now) || version === 0) return
  if (state.tally === null && !state.asked) wish(state)
  turn.deadline(INTERVAL, spansAt(policy, turn.now).interval.to)
}

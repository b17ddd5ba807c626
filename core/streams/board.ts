/**
 * A board: keyed rows that clients keep a copy of. Every change gets the next number; only the newest change of a key is
 * kept, a deleted key as a tombstone, so who was away gets exactly the rows that differ, in the order they changed.
 */
import type { Stream } from '../engine/model.ts'
import type { Cell, Fresh, Rows, Tables } from '../engine/parts.ts'
import type { Event } from '../protocol/frames.ts'

/** Tombstones older than this many changes are dropped; who is further behind gets a snapshot. */
const TOMBSTONES_KEPT = 1_000

/** The newest change of a key; `row: null` is a tombstone. */
interface Change {
  readonly seq: number
  readonly at: number
  readonly row: { readonly key: string } | null
}

export class Board {
  readonly #rows: Rows<Change>
  /** Changes up to here can no longer be told one by one. */
  readonly #floor: Cell<{ readonly seq: number }>
  readonly #fresh: Fresh<Event>
  #head: number

  constructor(tables: Tables) {
    this.#rows = tables.rows('board')
    this.#floor = tables.cell('board:floor', { seq: 0 })
    this.#head = this.#rows.values().reduce((head, { seq }) => Math.max(head, seq), this.#floor.get().seq)
    // The rows write themselves.
    this.#fresh = tables.fresh(
      () => null,
      () => {
        this.#head -= 1
      },
    )
  }

  get head(): number {
    return this.#head
  }

  get fresh(): readonly Event[] {
    return this.#fresh.items
  }

  keys(): string[] {
    return this.#rows.entries().flatMap(([key, { row }]) => (row === null ? [] : [key]))
  }

  /** What stands under a key; undefined: nothing. */
  row(key: string): object | undefined {
    return this.#rows.get(key)?.row ?? undefined
  }

  /** Shows `row` under its key; unchanged rows cost nothing. */
  put(at: number, row: { readonly key: string }): void {
    if (JSON.stringify(this.#rows.get(row.key)?.row ?? null) !== JSON.stringify(row)) this.#change(row.key, at, row)
  }

  delete(at: number, key: string): void {
    if ((this.#rows.get(key)?.row ?? null) !== null) this.#change(key, at, null)
  }

  /** What changed after `seq`, or null when that is too long ago (or a future of another life). */
  since(seq: number): Event[] | null {
    if (seq > this.#head || seq < this.#floor.get().seq) return null
    return this.#events(([, change]) => change.seq > seq)
  }

  snapshot(): Event[] {
    return this.#events(([, change]) => change.row !== null)
  }

  /** As its audience gets it. */
  stream(): Stream {
    return {
      head: () => this.head,
      fresh: () => this.fresh,
      since: (seq) => this.since(seq),
      snapshot: () => this.snapshot(),
    }
  }

  #change(key: string, at: number, row: Change['row']): void {
    this.#head += 1
    const change = { seq: this.#head, at, row }
    this.#rows.put(key, change)
    this.#fresh.add(toEvent([key, change]))
    if (this.#head % TOMBSTONES_KEPT === 0) this.#dropTombstones(this.#head - TOMBSTONES_KEPT)
  }

  #dropTombstones(upTo: number): void {
    for (const [key, { seq, row }] of this.#rows.entries()) {
      if (row === null && seq <= upTo) this.#rows.delete(key)
    }
    this.#floor.set({ seq: upTo })
  }

  #events(wanted: (change: [string, Change]) => boolean): Event[] {
    const changes = this.#rows.entries().filter(wanted)
    return changes.sort(([, a], [, b]) => a.seq - b.seq).map(toEvent)
  }
}

function toEvent([key, { seq, at, row }]: [string, Change]): Event {
  return row === null ? { seq, at, name: 'del', body: { key } } : { seq, at, name: 'put', body: row }
}

/**
 * A board: keyed rows that clients keep a copy of. Every change gets the next number; only the newest change of a key is
 * kept, a deleted key as a tombstone, so who was away gets exactly the rows that differ, in the order they changed.
 */
import type { Event } from '../protocol/frames.ts'
import type { Part } from './parts.ts'
import type { SqlRow, Store } from './ports.ts'

/** Tombstones older than this many changes are dropped; who is further behind gets a snapshot. */
const TOMBSTONES_KEPT = 1_000

export class Board implements Part {
  readonly #store: Store
  #head: number
  #fresh: Event[] = []
  readonly #bodies = new Map<string, string>()
  #undo = new Map<string, string | undefined>()

  constructor(store: Store) {
    this.#store = store
    this.#head = Number(store.exec('SELECT COALESCE(MAX(seq), 0) AS head FROM board')[0]?.head ?? 0)
    for (const row of store.exec('SELECT key, body FROM board WHERE body IS NOT NULL')) {
      this.#bodies.set(String(row.key), String(row.body))
    }
  }

  get head(): number {
    return this.#head
  }

  get fresh(): readonly Event[] {
    return this.#fresh
  }

  keys(): string[] {
    return [...this.#bodies.keys()]
  }

  /** Shows `row` under its key; unchanged rows cost nothing. */
  put(at: number, row: { readonly key: string }): void {
    const body = JSON.stringify(row)
    if (this.#bodies.get(row.key) === body) return
    this.#change(row.key, body)
    this.#fresh.push({ seq: this.#head, at, name: 'put', body: row })
  }

  delete(at: number, key: string): void {
    if (!this.#bodies.has(key)) return
    this.#change(key, undefined)
    this.#fresh.push({ seq: this.#head, at, name: 'del', body: { key } })
  }

  /** What changed after `seq`, or null when that is too long ago (or a future of another life). */
  since(seq: number): Event[] | null {
    if (seq > this.#head) return null
    const floor = Number(this.#store.exec("SELECT value FROM meta WHERE key = 'board_floor'")[0]?.value ?? 0)
    if (seq < floor) return null
    return this.#store.exec('SELECT * FROM board WHERE seq > ? ORDER BY seq', seq).map(toEvent)
  }

  snapshot(): Event[] {
    return this.#store.exec('SELECT * FROM board WHERE body IS NOT NULL ORDER BY seq').map(toEvent)
  }

  commit(): void {
    for (const event of this.#fresh) {
      const key = keyOf(event)
      const body = event.name === 'put' ? JSON.stringify(event.body) : null
      this.#store.exec(
        'INSERT OR REPLACE INTO board (key, seq, at, body) VALUES (?, ?, ?, ?)',
        key,
        event.seq,
        event.at,
        body,
      )
      if (event.seq % TOMBSTONES_KEPT === 0) this.#dropTombstones(event.seq - TOMBSTONES_KEPT)
    }
  }

  rollback(): void {
    this.#head -= this.#fresh.length
    for (const [key, body] of this.#undo) {
      if (body === undefined) this.#bodies.delete(key)
      else this.#bodies.set(key, body)
    }
    this.settled()
  }

  settled(): void {
    this.#fresh = []
    this.#undo = new Map()
  }

  #change(key: string, body: string | undefined): void {
    if (!this.#undo.has(key)) this.#undo.set(key, this.#bodies.get(key))
    if (body === undefined) this.#bodies.delete(key)
    else this.#bodies.set(key, body)
    this.#head += 1
  }

  #dropTombstones(upTo: number): void {
    this.#store.exec('DELETE FROM board WHERE body IS NULL AND seq <= ?', upTo)
    this.#store.exec("INSERT OR REPLACE INTO meta (key, value) VALUES ('board_floor', ?)", String(upTo))
  }
}

function keyOf(event: Event): string {
  const body = event.body
  if (typeof body === 'object' && body !== null && 'key' in body) return String(body.key)
  throw new TypeError('a board event without a key')
}

function toEvent(row: SqlRow): Event {
  const at = Number(row.at)
  const seq = Number(row.seq)
  if (row.body === null) return { seq, at, name: 'del', body: { key: String(row.key) } }
  return { seq, at, name: 'put', body: JSON.parse(String(row.body)) }
}

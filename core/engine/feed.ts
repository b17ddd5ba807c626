/**
 * The world lane: what an actor tells the record and the outside. A feed is a cursor over something that the actor numbers;
 * what lies behind the cursor is collected for up to a second, carries versions instead of promising order, and is parked
 * after ten tries, listed and replayable.
 */
import type { Part } from './parts.ts'
import type { Store, WorldItem } from './ports.ts'

/** How long news are collected, in ms. */
const COALESCE = 1_000
const PARK_AFTER = 10
const RETRY_MAX = 300_000

/** What a model offers to the world. */
export interface Source {
  /** The newest number; only grows. */
  head(): number
  /** What lies after `cursor`, up to a bound, and the number it reaches. */
  collect(cursor: number): { readonly items: readonly WorldItem[]; readonly upTo: number }
}

interface State {
  readonly cursor: number
  readonly attempts: number
  readonly retryAt: number | null
  readonly error: string | null
}

export class Feed implements Part {
  readonly name: string
  readonly #store: Store
  readonly #source: Source
  #state: State
  #before: State | undefined
  /** When the oldest news came, as far as this life knows. */
  #newsAt: number | null = null
  #flying = false

  constructor(store: Store, name: string, source: Source) {
    this.name = name
    this.#store = store
    this.#source = source
    const row = store.exec('SELECT * FROM feeds WHERE feed = ?', name)[0]
    this.#state = {
      cursor: Number(row?.cursor ?? 0),
      attempts: Number(row?.attempts ?? 0),
      retryAt: row?.retry_at == null ? null : Number(row.retry_at),
      error: row?.error == null ? null : String(row.error),
    }
  }

  get parked(): boolean {
    return this.#state.attempts >= PARK_AFTER
  }

  get attempts(): number {
    return this.#state.attempts
  }

  get error(): string {
    return this.#state.error ?? ''
  }

  /** When the next try is due; null: nothing to tell, or parked. */
  dueAt(now: number): number | null {
    if (this.parked || this.#source.head() <= this.#state.cursor) return null
    if (this.#state.retryAt !== null) return this.#state.retryAt
    this.#newsAt ??= now
    return this.#newsAt + COALESCE
  }

  /** What to send now, or null. From now on it is under way, until {@link sent} or {@link failed}. */
  take(now: number): { items: readonly WorldItem[]; upTo: number } | null {
    const due = this.dueAt(now)
    if (due === null || due > now || this.#flying) return null
    this.#flying = true
    return this.#source.collect(this.#state.cursor)
  }

  /** Part of a turn. */
  sent(upTo: number): void {
    this.#flying = false
    this.#newsAt = null
    this.#change({ cursor: Math.max(upTo, this.#state.cursor), attempts: 0, retryAt: null, error: null })
  }

  /** Part of a turn. */
  failed(error: string, now: number): void {
    this.#flying = false
    const attempts = this.#state.attempts + 1
    const retryAt = now + Math.min(RETRY_MAX, COALESCE * 2 ** attempts)
    this.#change({ ...this.#state, attempts, retryAt, error: error.slice(0, 300) })
  }

  /** Takes a parked feed up again. Part of a turn. */
  replay(now: number): void {
    this.#change({ ...this.#state, attempts: 0, retryAt: now })
  }

  commit(): void {
    if (this.#before === undefined) return
    const s = this.#state
    this.#store.exec('INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?)', this.name, s.cursor, s.attempts, s.retryAt, s.error)
  }

  rollback(): void {
    if (this.#before !== undefined) this.#state = this.#before
    this.#before = undefined
  }

  settled(): void {
    this.#before = undefined
  }

  #change(state: State): void {
    this.#before ??= this.#state
    this.#state = state
  }
}

/** Rows too large to keep: each is read from the Store when it is asked for, and only the one read last stays in memory. */
import type { Fresh, Tables } from '../engine/parts.ts'
import type { Store } from '../engine/ports.ts'

interface Put<V> {
  readonly key: string
  /** Null: taken off the shelf. */
  readonly value: V | null
}

/** A keyed table of JSON rows like {@link Rows}, in the same storage. Values are never changed in place. */
export class Shelf<V extends object> {
  readonly #store: Store
  readonly #tab: string
  readonly #fresh: Fresh<Put<V>>
  #last: { readonly key: string; readonly value: V } | null = null

  constructor(tables: Tables, tab: string) {
    this.#store = tables.store
    this.#tab = tab
    this.#fresh = tables.fresh(
      ({ key, value }) =>
        value === null
          ? ['DELETE FROM state WHERE tab = ? AND key = ?', tab, key]
          : ['INSERT OR REPLACE INTO state (tab, key, body) VALUES (?, ?, ?)', tab, key, JSON.stringify(value)],
      () => {},
    )
  }

  get(key: string): V | undefined {
    const fresh = this.#fresh.items.findLast((put) => put.key === key)
    if (fresh !== undefined) return fresh.value ?? undefined
    if (this.#last?.key === key) return this.#last.value
    const row = this.#store.exec('SELECT body FROM state WHERE tab = ? AND key = ?', this.#tab, key)[0]
    if (row === undefined) return undefined
    const value: V = JSON.parse(String(row.body))
    this.#last = { key, value }
    return value
  }

  put(key: string, value: V): void {
    this.#change({ key, value })
  }

  delete(key: string): void {
    this.#change({ key, value: null })
  }

  #change(put: Put<V>): void {
    if (this.#last?.key === put.key) this.#last = null
    this.#fresh.add(put)
  }
}

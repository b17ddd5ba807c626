/** Reads actors' storage from outside: rows as they were committed. A row that did not change stays the same object. */
import type { Store } from '../../../core/engine/ports.ts'

interface Kept<V> {
  readonly text: string
  readonly value: V
}

/** The stored rows of one part. */
export class Tab<V> {
  readonly name: string
  #rows = new Map<string, Kept<V>>()

  constructor(name: string) {
    this.name = name
  }

  take(rows: ReadonlyMap<string, string>): void {
    const next = new Map<string, Kept<V>>()
    for (const [key, text] of rows) {
      const known = this.#rows.get(key)
      next.set(key, known?.text === text ? known : { text, value: JSON.parse(text) })
    }
    this.#rows = next
  }

  get size(): number {
    return this.#rows.size
  }

  get(key: string): V | undefined {
    return this.#rows.get(key)?.value
  }

  values(): V[] {
    return [...this.#rows.values()].map(({ value }) => value)
  }

  entries(): [string, V][] {
    return [...this.#rows].map(([key, { value }]) => [key, value])
  }
}

/** The texts of all rows of an actor's parts, by tab and key. */
export type Stored = ReadonlyMap<string, ReadonlyMap<string, string>>

export function readAll(store: Store): Stored {
  const all = new Map<string, Map<string, string>>()
  for (const { tab, key, body } of store.exec('SELECT tab, key, body FROM state')) {
    const rows = all.get(String(tab))
    if (rows === undefined) all.set(String(tab), new Map([[String(key), String(body)]]))
    else rows.set(String(key), String(body))
  }
  return all
}

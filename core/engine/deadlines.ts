/** Named deadlines as rows. The actor's one alarm is the earliest of them; nothing else waits. */
import type { Part } from './parts.ts'
import type { Store } from './ports.ts'

export class Deadlines implements Part {
  readonly #store: Store
  readonly #at = new Map<string, number>()
  readonly #before = new Map<string, number | undefined>()

  constructor(store: Store) {
    this.#store = store
    for (const row of store.exec('SELECT name, at FROM deadlines')) this.#at.set(String(row.name), Number(row.at))
  }

  /** When `name` is due, in ms. */
  get(name: string): number | undefined {
    return this.#at.get(name)
  }

  /** Whole ms, rounded up, so that an alarm never comes a fraction too early. Null: no longer. */
  set(name: string, at: number | null): void {
    const now = this.#at.get(name)
    const next = at === null ? undefined : Math.ceil(at)
    if (now === next) return
    if (!this.#before.has(name)) this.#before.set(name, now)
    if (next === undefined) this.#at.delete(name)
    else this.#at.set(name, next)
  }

  /** The earliest deadline that is due at `now`. */
  due(now: number): string | undefined {
    let first: [string, number] | undefined
    for (const [name, at] of this.#at) {
      if (at <= now && (first === undefined || at < first[1] || (at === first[1] && name < first[0]))) first = [name, at]
    }
    return first?.[0]
  }

  earliest(): number | null {
    let first: number | null = null
    for (const at of this.#at.values()) first = first === null ? at : Math.min(first, at)
    return first
  }

  commit(): void {
    for (const [name, before] of this.#before) {
      const at = this.#at.get(name)
      if (at === before) continue
      if (at === undefined) this.#store.exec('DELETE FROM deadlines WHERE name = ?', name)
      else this.#store.exec('INSERT OR REPLACE INTO deadlines (name, at) VALUES (?, ?)', name, at)
    }
  }

  rollback(): void {
    for (const [name, before] of this.#before) {
      if (before === undefined) this.#at.delete(name)
      else this.#at.set(name, before)
    }
    this.#before.clear()
  }

  settled(): void {
    this.#before.clear()
  }
}

/**
 * The parts of an actor's state. A part keeps what a turn changed in memory; the commit writes all parts in one storage
 * transaction, a failed turn takes everything back. Memory is a cache: a part can always be read anew from the Store.
 */
import type { Store } from './ports.ts'

interface Part {
  /** Whether this turn changed anything. */
  readonly isDirty: boolean
  /** Writes what changed; inside the turn's transaction. */
  commit(): void
  /** Takes back what changed since the last commit. */
  rollback(): void
  /** After the commit: forgets what was fresh. */
  settled(): void
}

/** All parts of one actor: they change together or not at all. */
export class Parts implements Part {
  readonly store: Store
  readonly #all: Part[] = []

  constructor(store: Store) {
    this.store = store
  }

  /** A model's rows and the engine's own share a table; the engine's begin with `engine:`. */
  rows<V extends object>(tab: string): Rows<V> {
    return this.#add(new Rows<V>(this.store, tab))
  }

  cell<V extends object>(tab: string, initial: V): Cell<V> {
    return new Cell(this.rows<V>(tab), initial)
  }

  fresh<T>(write: (item: T) => void, undo: (item: T) => void): Fresh<T> {
    return this.#add(new Fresh(write, undo))
  }

  get isDirty(): boolean {
    return this.#all.some((part) => part.isDirty)
  }

  commit(): void {
    this.store.transaction(() => {
      for (const part of this.#all) part.commit()
    })
  }

  rollback(): void {
    for (const part of this.#all) part.rollback()
  }

  settled(): void {
    for (const part of this.#all) part.settled()
  }

  #add<P extends Part>(part: P): P {
    this.#all.push(part)
    return part
  }
}

/** What a turn adds, in order: written with its commit, undone when it fails, forgotten when it is over. */
export class Fresh<T> implements Part {
  readonly #write: (item: T) => void
  readonly #undo: (item: T) => void
  #items: T[] = []

  constructor(write: (item: T) => void, undo: (item: T) => void) {
    this.#write = write
    this.#undo = undo
  }

  get items(): readonly T[] {
    return this.#items
  }

  add(item: T): void {
    this.#items.push(item)
  }

  get isDirty(): boolean {
    return this.#items.length > 0
  }

  commit(): void {
    for (const item of this.#items) this.#write(item)
  }

  rollback(): void {
    for (const item of this.#items.reverse()) this.#undo(item)
    this.#items = []
  }

  settled(): void {
    this.#items = []
  }
}

/** A keyed table of JSON rows. Values are never changed in place: `put` a new one. */
export class Rows<V extends object> implements Part {
  readonly #store: Store
  readonly #tab: string
  readonly #now = new Map<string, V>()
  /** What stood here before this turn, for each changed key. */
  readonly #before = new Map<string, V | undefined>()

  constructor(store: Store, tab: string) {
    this.#store = store
    this.#tab = tab
    for (const row of store.exec('SELECT key, body FROM state WHERE tab = ?', tab)) {
      this.#now.set(String(row.key), JSON.parse(String(row.body)))
    }
  }

  get size(): number {
    return this.#now.size
  }

  get(key: string): V | undefined {
    return this.#now.get(key)
  }

  keys(): string[] {
    return [...this.#now.keys()]
  }

  values(): V[] {
    return [...this.#now.values()]
  }

  entries(): [string, V][] {
    return [...this.#now.entries()]
  }

  put(key: string, value: V): void {
    this.#remember(key)
    this.#now.set(key, value)
  }

  delete(key: string): void {
    if (!this.#now.has(key)) return
    this.#remember(key)
    this.#now.delete(key)
  }

  get isDirty(): boolean {
    for (const [key, before] of this.#before) if (this.#now.get(key) !== before) return true
    return false
  }

  commit(): void {
    for (const [key, before] of this.#before) {
      const value = this.#now.get(key)
      if (value === before) continue
      if (value === undefined) this.#store.exec('DELETE FROM state WHERE tab = ? AND key = ?', this.#tab, key)
      else {
        const body = JSON.stringify(value)
        this.#store.exec('INSERT OR REPLACE INTO state (tab, key, body) VALUES (?, ?, ?)', this.#tab, key, body)
      }
    }
  }

  rollback(): void {
    for (const [key, before] of this.#before) {
      if (before === undefined) this.#now.delete(key)
      else this.#now.set(key, before)
    }
    this.#before.clear()
  }

  settled(): void {
    this.#before.clear()
  }

  #remember(key: string): void {
    if (!this.#before.has(key)) this.#before.set(key, this.#now.get(key))
  }
}

/** A single JSON row, or its initial value while nothing was written. */
export class Cell<V extends object> {
  readonly #rows: Rows<V>
  readonly #initial: V

  constructor(rows: Rows<V>, initial: V) {
    this.#rows = rows
    this.#initial = initial
  }

  get(): V {
    return this.#rows.get('') ?? this.#initial
  }

  set(value: V): void {
    this.#rows.put('', value)
  }

  /** Changes some fields. */
  patch(fields: Partial<V>): void {
    this.set({ ...this.get(), ...fields })
  }
}

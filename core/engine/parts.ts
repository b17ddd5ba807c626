/**
 * The parts of an actor's state. A part keeps what a turn changed in memory; the commit writes all parts in one storage
 * transaction, a failed turn takes everything back. Memory is a cache: a part can always be read anew from the Store.
 */
import type { Statement, Store } from './ports.ts'

interface Part {
  /** Whether this turn has changed nothing here: so it is with most parts in most turns, and asking must cost nothing. */
  readonly isClean: boolean
  /** What has to be written for what changed in this turn. */
  statements(): Statement[]
  /** Takes back what changed in this turn. */
  undo(): void
  /** The turn is over: what it changed is no longer fresh. */
  settled(): void
}

/** All parts of one actor: they change together or not at all. */
export class Parts {
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

  /** A list of what turns add: how an item is written, and what else to take back with it. */
  fresh<T>(toStatement: (item: T) => Statement | null, undo: (item: T) => void): Fresh<T> {
    return this.#add(new Fresh(toStatement, undo))
  }

  /** Writes what changed, all or nothing. False when nothing did: that costs no transaction. */
  commit(): boolean {
    const statements: Statement[] = []
    for (const part of this.#all) if (!part.isClean) statements.push(...part.statements())
    if (statements.length === 0) return false
    this.store.write(statements)
    return true
  }

  undo(): void {
    for (const part of this.#all) part.undo()
    this.settled()
  }

  settled(): void {
    for (const part of this.#all) if (!part.isClean) part.settled()
  }

  #add<P extends Part>(part: P): P {
    this.#all.push(part)
    return part
  }
}

/** Where a model keeps its state. */
export type Tables = Pick<Parts, 'store' | 'rows' | 'cell' | 'fresh'>

/** What a turn adds, in order: written with its commit, undone when it fails, forgotten when it is over. */
export class Fresh<T> implements Part {
  readonly #toStatement: (item: T) => Statement | null
  readonly #undo: (item: T) => void
  #items: T[] = []

  constructor(toStatement: (item: T) => Statement | null, undo: (item: T) => void) {
    this.#toStatement = toStatement
    this.#undo = undo
  }

  get items(): readonly T[] {
    return this.#items
  }

  get isClean(): boolean {
    return this.#items.length === 0
  }

  add(item: T): void {
    this.#items.push(item)
  }

  statements(): Statement[] {
    return this.#items.map(this.#toStatement).filter((statement) => statement !== null)
  }

  undo(): void {
    for (const item of this.#items.toReversed()) this.#undo(item)
  }

  settled(): void {
    this.#items = []
  }
}

/** A keyed table of JSON rows. Values are never changed in place: `put` a new one. */
export class Rows<V extends object> implements Part {
  readonly #tab: string
  readonly #now = new Map<string, V>()
  /** What stood here before this turn, for each changed key. */
  readonly #before = new Map<string, V | undefined>()
  #changed: (before: V | undefined, after: V | undefined) => void = () => {}

  constructor(store: Store, tab: string) {
    this.#tab = tab
    for (const row of store.exec('SELECT key, body FROM state WHERE tab = ?', tab)) {
      this.#now.set(String(row.key), JSON.parse(String(row.body)))
    }
  }

  get size(): number {
    return this.#now.size
  }

  get isClean(): boolean {
    return this.#before.size === 0
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

  /** Tells a listener of every row, and then of every change, one that is taken back too: for what is derived from the rows. */
  watch(changed: (before: V | undefined, after: V | undefined) => void): void {
    this.#changed = changed
    for (const value of this.#now.values()) changed(undefined, value)
  }

  put(key: string, value: V): void {
    this.#remember(key)
    this.#turnInto(key, value)
  }

  delete(key: string): void {
    if (!this.#now.has(key)) return
    this.#remember(key)
    this.#turnInto(key, undefined)
  }

  statements(): Statement[] {
    const changed = [...this.#before].filter(([key, before]) => this.#now.get(key) !== before)
    return changed.map(([key]) => {
      const value = this.#now.get(key)
      if (value === undefined) return ['DELETE FROM state WHERE tab = ? AND key = ?', this.#tab, key]
      const put = 'INSERT OR REPLACE INTO state (tab, key, body) VALUES (?, ?, ?)'
      return [put, this.#tab, key, JSON.stringify(value)]
    })
  }

  undo(): void {
    for (const [key, before] of this.#before) this.#turnInto(key, before)
  }

  settled(): void {
    this.#before.clear()
  }

  #turnInto(key: string, after: V | undefined): void {
    const before = this.#now.get(key)
    if (after === undefined) this.#now.delete(key)
    else this.#now.set(key, after)
    this.#changed(before, after)
  }

  #remember(key: string): void {
    if (!this.#before.has(key)) this.#before.set(key, this.#now.get(key))
  }
}

/** A single JSON row, or its initial value while nothing was written. */
export class Cell<V extends object> {
  readonly #rows: Rows<V>
  readonly #initial: V
  #stored: V | undefined
  #whole: V

  constructor(rows: Rows<V>, initial: V) {
    this.#rows = rows
    this.#initial = initial
    this.#whole = initial
  }

  /** A field that was not there yet when the row was written has its initial value. */
  get(): V {
    const stored = this.#rows.get('')
    if (stored !== this.#stored) {
      this.#stored = stored
      this.#whole = stored === undefined ? this.#initial : { ...this.#initial, ...stored }
    }
    return this.#whole
  }

  set(value: V): void {
    this.#rows.put('', value)
  }

  /** Changes some fields. */
  patch(fields: Partial<V>): void {
    this.set({ ...this.get(), ...fields })
  }
}

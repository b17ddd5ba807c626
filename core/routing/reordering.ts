/**
 * Brings what waits into a new order. The old order stands until the new one is complete; a long queue is brought over in
 * slices, between which contacts come and go in both.
 */
import { Lanes, type Ordering } from './lanes.ts'

/** More than this is not brought over at once: a slice of it takes some milliseconds. */
export const SLICE = 2_000

export class Ordered<T> {
  #ordering: Ordering<T>
  #lanes: Lanes<T>
  /** The next order in the making, and what it still lacks. */
  #next: { readonly ordering: Ordering<T>; readonly lanes: Lanes<T>; readonly missing: Iterator<T> } | null = null

  constructor(ordering: Ordering<T>) {
    this.#ordering = ordering
    this.#lanes = new Lanes(ordering)
  }

  /** The order that holds now. */
  get lanes(): Lanes<T> {
    return this.#lanes
  }

  get compare(): (a: T, b: T) => number {
    return this.#ordering.compare
  }

  get isReordering(): boolean {
    return this.#next !== null
  }

  put(item: T): void {
    this.#lanes.put(item)
    this.#next?.lanes.put(item)
  }

  delete(id: string): void {
    this.#lanes.delete(id)
    this.#next?.lanes.delete(id)
  }

  /** Begins a new order, in place of one in the making; a short queue has it at once. */
  reorder(ordering: Ordering<T>): void {
    this.#next = { ordering, lanes: new Lanes(ordering), missing: [...this.#lanes.values()].values() }
    this.advance()
  }

  /** Brings over the next slice. True when the new order holds, or there was none to come. */
  advance(slice = SLICE): boolean {
    const next = this.#next
    if (next === null) return true
    for (let moved = 0; moved < slice; moved += 1) {
      const { value, done } = next.missing.next()
      if (done === true) {
        this.#ordering = next.ordering
        this.#lanes = next.lanes
        this.#next = null
        return true
      }
      // What has left or come anew since is not what was noted down.
      if (this.#lanes.get(this.#ordering.idOf(value)) === value) next.lanes.put(value)
    }
    return false
  }
}

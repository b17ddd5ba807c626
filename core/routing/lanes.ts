/**
 * Who waits, or who is idle, in order: one lane for each kind, so that a search asks each kind once and looks at the heads.
 * Memory only: it can always be built anew from the rows it stands for.
 */
import { Sorted } from './sorted.ts'

export interface Ordering<T> {
  readonly idOf: (item: T) => string
  /** Items of one kind suit, or do not suit, together. */
  readonly kindOf: (item: T) => string
  /** A total order. */
  readonly compare: (a: T, b: T) => number
}

/** How many kinds an explanation looks at. */
const MOST_KINDS = 50

interface Kept<T> {
  readonly item: T
  readonly kind: string
}

export class Lanes<T> {
  readonly #ordering: Ordering<T>
  readonly #kept = new Map<string, Kept<T>>()
  readonly #lanes = new Map<string, Sorted<T>>()

  constructor(ordering: Ordering<T>) {
    this.#ordering = ordering
  }

  get size(): number {
    return this.#kept.size
  }

  get(id: string): T | undefined {
    return this.#kept.get(id)?.item
  }

  /** How many kinds there are now: what a search costs. */
  get kinds(): number {
    return this.#lanes.size
  }

  lane(kind: string): Sorted<T> | undefined {
    return this.#lanes.get(kind)
  }

  /** Takes the place of what had its id before. */
  put(item: T): void {
    const id = this.#ordering.idOf(item)
    this.delete(id)
    const kind = this.#ordering.kindOf(item)
    const lane = this.#lanes.get(kind) ?? new Sorted(this.#ordering.compare)
    lane.add(item)
    this.#lanes.set(kind, lane)
    this.#kept.set(id, { item, kind })
  }

  delete(id: string): void {
    const kept = this.#kept.get(id)
    if (kept === undefined) return
    this.#kept.delete(id)
    const lane = this.#lanes.get(kept.kind)
    lane?.remove(kept.item)
    if (lane?.size === 0) this.#lanes.delete(kept.kind)
  }

  /**
   * The first in order that suits. `kindSuits` is asked once for each kind, with any item of it; `suits` of items in their
   * order, for what is between one item and the asker alone.
   */
  first(kindSuits: (sample: T) => boolean, suits: (item: T) => boolean): T | undefined {
    let best: T | undefined
    for (const lane of this.#lanes.values()) {
      const head = lane.first
      if (head === undefined || (best !== undefined && this.#ordering.compare(best, head) < 0)) continue
      if (!kindSuits(head)) continue
      const found = suits(head) ? head : this.#search(lane, suits)
      if (best === undefined || (found !== undefined && this.#ordering.compare(found, best) < 0)) best = found
    }
    return best
  }

  /**
   * The best of those that suit, `most` at the most, and how many suit in all. Looks at so many kinds only: it explains, and
   * must not cost what a decision does.
   */
  best(most: number, kindSuits: (sample: T) => boolean, suits: (item: T) => boolean) {
    const found: T[] = []
    let count = 0
    let looked = 0
    for (const lane of this.#lanes.values()) {
      looked += 1
      if (looked > MOST_KINDS) break
      if (lane.first === undefined || !kindSuits(lane.first)) continue
      let taken = 0
      for (const item of lane) {
        if (taken === most) break
        if (!suits(item)) continue
        found.push(item)
        taken += 1
      }
      count += taken < most ? taken : lane.size
    }
    return { items: found.sort(this.#ordering.compare).slice(0, most), count }
  }

  /** How many come before an item. */
  before(item: T): number {
    let count = 0
    for (const lane of this.#lanes.values()) count += lane.before(item)
    return count
  }

  #search(lane: Sorted<T>, suits: (item: T) => boolean): T | undefined {
    for (const item of lane) if (suits(item)) return item
    return undefined
  }

  *values(): Generator<T> {
    for (const { item } of this.#kept.values()) yield item
  }
}

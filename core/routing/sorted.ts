/** A sorted sequence for tens of thousands of items: blocks of neighbours, so that a change moves one block only. */

/** A block that has grown to this is cut in two. */
const MOST_IN_BLOCK = 512

/** No two items are equal under `compare`; an item's place must not change while it is in here. */
export class Sorted<T> {
  readonly #compare: (a: T, b: T) => number
  /** In order, none empty. */
  #blocks: T[][] = []
  #size = 0

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare
  }

  get size(): number {
    return this.#size
  }

  get first(): T | undefined {
    return this.#blocks[0]?.[0]
  }

  add(item: T): void {
    const at = Math.min(this.#blockOf(item), Math.max(0, this.#blocks.length - 1))
    const block = this.#blocks[at]
    this.#size += 1
    if (block === undefined) {
      this.#blocks.push([item])
      return
    }
    block.splice(this.#placeIn(block, item), 0, item)
    if (block.length >= MOST_IN_BLOCK) this.#blocks.splice(at + 1, 0, block.splice(MOST_IN_BLOCK / 2))
  }

  /** False when it was not in here. */
  remove(item: T): boolean {
    const at = this.#blockOf(item)
    const block = this.#blocks[at]
    if (block === undefined) return false
    const place = this.#placeIn(block, item)
    const found = block[place]
    if (found === undefined || this.#compare(found, item) !== 0) return false
    block.splice(place, 1)
    if (block.length === 0) this.#blocks.splice(at, 1)
    this.#size -= 1
    return true
  }

  /** How many come before it, whether it is in here or not. */
  before(item: T): number {
    const at = this.#blockOf(item)
    const block = this.#blocks[at]
    const earlier = this.#blocks.slice(0, at).reduce((sum, each) => sum + each.length, 0)
    return block === undefined ? earlier : earlier + this.#placeIn(block, item)
  }

  /** The one before which `index` others come. */
  at(index: number): T | undefined {
    let left = index
    for (const block of this.#blocks) {
      if (left < block.length) return block[left]
      left -= block.length
    }
    return undefined
  }

  /** All from the one before which `index` others come. */
  *from(index: number): Generator<T> {
    let left = index
    for (const block of this.#blocks) {
      if (left < block.length) yield* left === 0 ? block : block.slice(left)
      left = Math.max(0, left - block.length)
    }
  }

  *[Symbol.iterator](): Generator<T> {
    for (const block of this.#blocks) yield* block
  }

  /** The first block whose last item is not before this one; their number when there is none. */
  #blockOf(item: T): number {
    return search(this.#blocks.length, (i) => {
      const last = this.#blocks[i]?.at(-1)
      return last !== undefined && this.#compare(last, item) < 0
    })
  }

  #placeIn(block: readonly T[], item: T): number {
    return search(block.length, (i) => {
      const each = block[i]
      return each !== undefined && this.#compare(each, item) < 0
    })
  }
}

/** The first index at which `isBefore` is false; it is true up to some index, and false from there on. */
function search(length: number, isBefore: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}

/** What is to happen, the soonest first: a binary heap. Two things at one time come in the order they were noted. */

interface Noted<T> {
  readonly at: number
  readonly order: number
  readonly what: T
}

export class Agenda<T> {
  readonly #heap: Noted<T>[] = []
  #noted = 0

  note(at: number, what: T): void {
    const heap = this.#heap
    const item = { at, order: this.#noted++, what }
    let i = heap.push(item) - 1
    while (i > 0) {
      const parent = (i - 1) >> 1
      const above = heap[parent]
      if (above === undefined || !isSooner(item, above)) break
      heap[i] = above
      i = parent
    }
    heap[i] = item
  }

  next(): { readonly at: number; readonly what: T } | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let i = 0
    for (;;) {
      const right = heap[2 * i + 2]
      const left = heap[2 * i + 1]
      if (left === undefined) break
      const isRight = right !== undefined && isSooner(right, left)
      const child = isRight ? right : left
      if (!isSooner(child, last)) break
      heap[i] = child
      i = 2 * i + (isRight ? 2 : 1)
    }
    heap[i] = last
    return first
  }
}

function isSooner(a: Noted<unknown>, b: Noted<unknown>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

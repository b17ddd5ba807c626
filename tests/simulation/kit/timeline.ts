/** Virtual time: what is to happen, in order of time and then of planning. Nothing happens by itself. */

export interface Planned {
  readonly at: number
  readonly n: number
  readonly run: () => void
  /** Taken back: it will not happen. */
  off: boolean
}

export class Timeline {
  #now = 0
  #count = 0
  readonly #heap: Planned[] = []

  /** Ms since the simulation began; not whole. */
  get now(): number {
    return this.#now
  }

  /** What is left to happen, taken back or not. */
  get size(): number {
    return this.#heap.length
  }

  /** Plans `run` in `delay` ms. */
  after(delay: number, run: () => void): Planned {
    return this.at(this.#now + delay, run)
  }

  /** Plans `run` at a time; what lies in the past happens next. */
  at(time: number, run: () => void): Planned {
    this.#count += 1
    const planned = { at: Math.max(time, this.#now), n: this.#count, run, off: false }
    this.#push(planned)
    return planned
  }

  /** Lets the next thing happen, unless it lies after `until`; false: nothing did. */
  step(until: number): boolean {
    for (;;) {
      const next = this.#heap[0]
      if (next === undefined || next.at > until) {
        if (until > this.#now && Number.isFinite(until)) this.#now = until
        return false
      }
      this.#pop()
      if (next.off) continue
      this.#now = next.at
      next.run()
      return true
    }
  }

  #push(planned: Planned): void {
    const heap = this.#heap
    let i = heap.push(planned) - 1
    while (i > 0) {
      const up = (i - 1) >> 1
      const parent = heap[up]
      if (parent === undefined || before(parent, planned)) break
      heap[i] = parent
      i = up
    }
    heap[i] = planned
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let i = 0
    for (;;) {
      const left = heap[2 * i + 1]
      const right = heap[2 * i + 2]
      if (left === undefined) break
      const rightFirst = right !== undefined && before(right, left)
      const child = rightFirst ? right : left
      if (before(last, child)) break
      heap[i] = child
      i = 2 * i + (rightFirst ? 2 : 1)
    }
    heap[i] = last
  }
}

function before(a: Planned, b: Planned): boolean {
  return a.at < b.at || (a.at === b.at && a.n < b.n)
}

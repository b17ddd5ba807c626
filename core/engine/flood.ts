/** Counts what comes in, in windows of a fixed length. Only in memory: whoever lets an actor sleep is no flood. */

interface Window {
  readonly since: number
  count: number
}

export class Flood {
  readonly #length: number
  readonly #windows = new Map<string, Window>()

  /** `length` in ms. */
  constructor(length: number) {
    this.#length = length
  }

  /** How many came under this key in the present window, this one included. */
  count(key: string, now: number): number {
    const known = this.#windows.get(key)
    if (known !== undefined && now - known.since < this.#length) return ++known.count
    this.#forget(now)
    this.#windows.set(key, { since: now, count: 1 })
    return 1
  }

  #forget(now: number): void {
    for (const [key, { since }] of this.#windows) if (now - since >= this.#length) this.#windows.delete(key)
  }
}

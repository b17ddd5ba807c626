/** What happened, as lines: a hash over all of them, and the last ones to read when a rule is broken. */
import { createHash } from 'node:crypto'

export class Trace {
  readonly #hash = createHash('sha256')
  readonly #keep: number
  #lines: string[] = []
  #count = 0

  constructor(keep: number) {
    this.#keep = keep
  }

  get count(): number {
    return this.#count
  }

  add(now: number, line: string): void {
    const text = `${now.toFixed(2).padStart(11)} ${line}`
    this.#hash.update(text)
    this.#count += 1
    this.#lines.push(text)
    if (this.#lines.length > 2 * this.#keep) this.#lines = this.#lines.slice(-this.#keep)
  }

  last(): readonly string[] {
    return this.#lines.slice(-this.#keep)
  }

  /** Same seed, same hash. */
  digest(): string {
    return this.#hash.copy().digest('hex').slice(0, 16)
  }
}

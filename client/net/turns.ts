/**
 * Shares the connections that a browser has for one server among the links of a page that poll. Over HTTP/1.1 there are six
 * of them, for all tabs together: if each link kept a long poll hanging, commands would wait for a free one.
 */
import type { Around } from './around.ts'

/** Long polls of one page that hang at the same time; the others are for commands. */
const AT_ONCE = 4
/** How soon each link gets its turn when there are several, in ms; also how long other tabs have to wait for ours. */
const ROUND = 4_000

export class Turns {
  #links = 0
  #free = AT_ONCE
  readonly #queue: (() => void)[] = []

  /** A link begins to poll. */
  join(): void {
    this.#links++
  }

  /** A link polls no more. */
  leave(): void {
    this.#links--
  }

  /** How long a poll may hang, in ms; undefined: as long as the server likes. */
  get wait(): number | undefined {
    return this.#links < 2 ? undefined : Math.min(ROUND, Math.floor((ROUND * AT_ONCE) / this.#links))
  }

  /** One long poll, when it is its turn. */
  async take<T>(poll: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => this.#queue.push(resolve))
    try {
      return await poll()
    } finally {
      const next = this.#queue.shift()
      if (next === undefined) this.#free++
      else next()
    }
  }
}

const pages = new WeakMap<Around, Turns>()

export function turnsOf(around: Around): Turns {
  const known = pages.get(around)
  if (known !== undefined) return known
  const turns = new Turns()
  pages.set(around, turns)
  return turns
}

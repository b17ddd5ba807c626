/** Named deadlines as rows. The actor's one alarm is the earliest of them; nothing else waits. */
import type { Parts, Rows } from './parts.ts'

export class Deadlines {
  readonly #rows: Rows<{ readonly at: number }>

  constructor(parts: Parts) {
    this.#rows = parts.rows('engine:deadlines')
  }

  /** When `name` is due, in ms. */
  get(name: string): number | undefined {
    return this.#rows.get(name)?.at
  }

  /** Whole ms, rounded up, so that an alarm never comes a fraction too early. Null: no longer. */
  set(name: string, at: number | null): void {
    if (at === null) this.#rows.delete(name)
    else if (this.get(name) !== Math.ceil(at)) this.#rows.put(name, { at: Math.ceil(at) })
  }

  /** The earliest deadline that is due at `now`, but for those of `fired`. */
  due(now: number, fired: ReadonlySet<string>): string | undefined {
    const due = this.#rows.entries().filter(([name, { at }]) => at <= now && !fired.has(name))
    return due.sort(([a, x], [b, y]) => x.at - y.at || (a < b ? -1 : 1))[0]?.[0]
  }

  /** When the first one is due, leaving out the one that can wait for any alarm. */
  earliest(patient: string): number | null {
    return earliest(this.#rows.entries().map(([name, { at }]) => (name === patient ? null : at)))
  }
}

/** The first of some instants; null stands for never. */
export function earliest(instants: readonly (number | null)[]): number | null {
  return instants.reduce((first, at) => (first === null || (at !== null && at < first) ? at : first), null)
}

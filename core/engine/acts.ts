/**
 * What staff did here that the audit must know: rows of the turn that did it, with a feed of their own to the record. A row
 * goes with the first act after the record surely has it; the newest stays, because its number is where the next one begins.
 */
import type { Act } from '../protocol/administration.ts'
import type { ProjectionBatch } from '../protocol/projection.ts'
import { Feed } from './feed.ts'
import type { Parts, Rows } from './parts.ts'

/** How many acts a message of the Queue takes at most; each is a few hundred bytes. */
const MOST = 50

export class Acts {
  /** Never parked: an act must not wait for somebody to replay it. */
  readonly feed: Feed
  readonly #rows: Rows<Act>

  constructor(parts: Parts, org: string) {
    this.#rows = parts.rows('engine:acts')
    this.feed = new Feed(parts, 'engine:acts-told', {
      head: () => this.#head(),
      collect: (cursor) => {
        const next = this.#numbers().filter((n) => n > cursor)
        const upTo = next.slice(0, MOST).at(-1) ?? cursor
        const acts = next.filter((n) => n <= upTo).flatMap((n) => this.#rows.get(String(n)) ?? [])
        const body: ProjectionBatch = { records: acts.map((act) => ({ type: 'audit', org, act })) }
        return { items: [{ kind: 'projection', body }], upTo }
      },
    })
  }

  /** Part of a turn. */
  add(act: Act): void {
    const n = this.#head() + 1
    for (const told of this.#numbers()) if (told <= this.feed.sure) this.#rows.delete(String(told))
    this.#rows.put(String(n), act)
  }

  #head(): number {
    return this.#numbers().at(-1) ?? 0
  }

  #numbers(): number[] {
    return this.#rows
      .keys()
      .map(Number)
      .sort((a, b) => a - b)
  }
}

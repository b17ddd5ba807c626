/** A client's copy of a stream: entries without gaps, or rows of a board of which only the newest change is told. */

import * as z from 'zod/mini'
import { withoutWords } from '../../../core/conversation/words.ts'
import { RemovalMark } from '../../../core/protocol/conversation.ts'
import type { Event } from '../../../core/protocol/frames.ts'

export class Replica {
  readonly kind: 'entries' | 'board'
  /** Entries by number, or rows by key, as text. */
  readonly copy = new Map<string, string>()
  view: unknown = null
  #last = 0
  #expected = 0

  constructor(kind: 'entries' | 'board') {
    this.kind = kind
  }

  /** The number of the last event. */
  get last(): number {
    return this.#last
  }

  /** What follows brings this copy up to there. */
  expect(seq: number): void {
    this.#expected = seq
  }

  /** A snapshot in place of all there was. Answers what is wrong with it, or null. */
  replace(seq: number, events: readonly Event[]): string | null {
    const before = new Map(this.copy)
    if (this.kind === 'board') this.copy.clear()
    this.#last = 0
    for (const event of events) {
      if (this.kind === 'entries' && this.#last !== 0 && event.seq !== this.#last + 1)
        return `a gap in the snapshot at ${event.seq}`
      this.#keep(event)
      this.#last = event.seq
    }
    if (this.kind === 'entries' && this.#last !== seq) return `the snapshot ends at ${this.#last}, not at ${seq}`
    this.#last = seq
    this.#expected = seq
    return this.kind === 'entries' ? changed(before, this.copy) : null
  }

  /** Answers what is wrong with the event, or null. */
  take(event: Event): string | null {
    const follows = this.kind === 'entries' ? event.seq === this.#last + 1 : event.seq > this.#last
    if (!follows) return `event ${event.seq} after ${this.#last}`
    this.#last = event.seq
    this.#keep(event)
    return null
  }

  missing(): string | null {
    return this.#last < this.#expected ? `resumed up to ${this.#last}, not to ${this.#expected}` : null
  }

  #keep(event: Event): void {
    const key = this.kind === 'entries' ? String(event.seq) : keyOf(event.body)
    if (event.name === 'del') this.copy.delete(key)
    else this.copy.set(key, JSON.stringify(event.body))
    if (this.kind === 'entries') this.#forget(event.body)
  }

  /** Takes away what an entry says was taken away from another one. */
  #forget(fresh: unknown): void {
    const removal = Removal.safeParse(fresh)
    if (!removal.success) return
    const { type: _, entry: seq, pub: __, ...how } = removal.data.body
    const known = this.copy.get(String(seq))
    if (known === undefined) return
    const entry = JSON.parse(known)
    // Customers hear only that words are gone, and only of what was said.
    const left = 'by' in how ? withoutWords(entry.body, RemovalMark.parse(how)) : { type: 'removed', ...how }
    if (left !== null) this.copy.set(String(seq), JSON.stringify({ ...entry, body: left }))
  }
}

const Removal = z.object({
  body: z.looseObject({ type: z.literal('removal'), entry: z.int(), pub: z.optional(z.int()) }),
})

function changed(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string | null {
  for (const [key, text] of before) {
    const after = now.get(key)
    // Taken away while nobody listened.
    if (after !== text && !/"body":\{"type":"removed"|"removed":\{"at"/.test(after ?? ''))
      return `entry ${key} was ${text}, now ${after}`
  }
  return null
}

function keyOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'key' in body) return String(body.key)
  throw new TypeError('a row without a key')
}

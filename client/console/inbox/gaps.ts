/**
 * What of a conversation is not on this page yet. The list has a place for each of its entries, whether it is here or not;
 * those that come near the screen are asked for, a page at a time and no faster than the actor lets one socket ask.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { StaffEntry } from '../../../core/protocol/conversation.ts'
import type { Clock } from '../../net/around.ts'

const PAGE = 200
/** An actor closes a socket at 20 commands in 5 s; these leave room for what a person says meanwhile. */
const PACE = 400

/** The conversation as far as it is here, and how more of it is had. */
export interface Pages {
  readonly entries: ReadonlySignal<readonly StaffEntry[]>
  load(page: { readonly before: number; readonly limit?: number }): Promise<readonly StaffEntry[] | null>
}

export class Gaps {
  /** Up to this number there is nothing: it was erased. */
  readonly floor = signal(0)
  readonly isLoading = signal(false)
  readonly bySeq: ReadonlySignal<ReadonlyMap<number, StaffEntry>>
  /** Asked for, and not to be had: of a kind that is newer than this page. */
  readonly #unknown = new Set<number>()
  readonly #talk: Pages
  readonly #clock: Pick<Clock, 'after'>
  #wanted = { first: 1, last: 0 }

  constructor(talk: Pages, clock: Pick<Clock, 'after'>) {
    this.#talk = talk
    this.#clock = clock
    this.bySeq = computed(() => new Map(talk.entries.value.map((entry) => [entry.seq, entry])))
  }

  /** These are to be shown, instead of what was to be shown before. Kept when they are here, or cannot be had. */
  async want(first: number, last: number): Promise<void> {
    this.#wanted = { first, last }
    if (this.isLoading.peek() || this.#missing() === null) return
    this.isLoading.value = true
    for (let seq = this.#missing(); seq !== null; seq = this.#missing()) {
      const came = await this.#talk.load({ before: seq + 1, limit: PAGE })
      if (came === null) break
      this.#note(seq, came)
      if (this.#missing() !== null) await this.#rest()
    }
    this.isLoading.value = false
  }

  /** The last of the wanted that is not here: a page ends with it. */
  #missing(): number | null {
    const { first, last } = this.#wanted
    const known = this.bySeq.peek()
    for (let seq = last; seq >= first && seq > this.floor.peek(); seq--)
      if (!known.has(seq) && !this.#unknown.has(seq)) return seq
    return null
  }

  #note(last: number, came: readonly StaffEntry[]): void {
    const [oldest] = came
    if (oldest === undefined) this.floor.value = last
    else {
      const known = this.bySeq.peek()
      for (let seq = oldest.seq; seq <= last; seq++) if (!known.has(seq)) this.#unknown.add(seq)
    }
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(PACE, resolve))
  }
}

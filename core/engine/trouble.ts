/**
 * An actor's own report that something does not get through: a pair that was tried too often, a feed that is parked; and
 * again when all is well. It has a feed of its own, which is never parked: one that is parked cannot tell of itself.
 */
import type { Address } from '../ids.ts'
import type { StuckReport } from '../protocol/actors.ts'
import type { ProjectionBatch } from '../protocol/projection.ts'
import type { Source } from './feed.ts'
import type { Cell, Parts } from './parts.ts'

/** How many receivers a report names: who reaches none of hundreds has one trouble, and a message has its bounds. */
const MOST_PEERS = 50

interface Noted {
  /** Counts what there was to report; the record keeps the newest. */
  readonly version: number
  /** Names what is stuck; empty: nothing. */
  readonly what: string
  /** Since when it is so, in ms. */
  readonly at: number
}

export class Trouble {
  readonly source: Source
  readonly #noted: Cell<Noted>
  readonly #look: () => StuckReport

  constructor(parts: Parts, { org }: Address, look: () => StuckReport) {
    this.#noted = parts.cell('engine:trouble', { version: 0, what: '', at: 0 })
    this.#look = look
    this.source = {
      head: () => this.#noted.get().version,
      collect: () => {
        const { version, at } = this.#noted.get()
        const { actor, peers, parked } = look()
        const trouble = { type: 'trouble', org, actor, version, at, peers: peers.slice(0, MOST_PEERS), parked } as const
        const body: ProjectionBatch = { records: [trouble] }
        return { items: [{ kind: 'projection', body }], upTo: version }
      },
    }
  }

  /** Notes when something else is stuck than before. Part of each turn. */
  note(now: number): void {
    const { version, what } = this.#noted.get()
    const is = nameOf(this.#look())
    if (is !== what) this.#noted.set({ version: version + 1, what: is, at: now })
  }

  /** Reports anew, though nothing has changed: somebody thinks otherwise. Part of a turn. */
  again(): void {
    this.#noted.patch({ version: this.#noted.get().version + 1 })
  }
}

function nameOf({ peers, parked }: StuckReport): string {
  if (peers.length + parked.length === 0) return ''
  return JSON.stringify([peers.length, peers.slice(0, MOST_PEERS).map(({ peer }) => peer), parked.length])
}

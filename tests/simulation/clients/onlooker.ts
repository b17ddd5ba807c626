/** Somebody who looks at the Floor now and then, and the conveyor that tells it what the record has written. */
import { lookAtFloor } from '../../../core/floor/lease.ts'
import { beginRecall, endRecall, recall, recorded } from '../../../core/floor/recall.ts'
import type { FloorState } from '../../../core/floor/state.ts'
import type { Row } from '../../../core/floor/tally.ts'
import { floorOf } from '../../../core/floor/watched.ts'
import type { ProjectionRecord } from '../../../core/protocol/projection.ts'
import type { Random } from '../kit/random.ts'
import { type City, org } from '../world/city.ts'
import type { Home } from '../world/home.ts'
import type { World } from '../world/world.ts'

/** How often somebody looks, and until how long after the load has stopped; in ms. A lease lasts longer than the rest of it. */
const EVERY = 50_000
const AFTER = 330_000
/** When the conveyor comes again with what the Floor could not take, in ms. */
const RETRY = 2_000

export class Onlooker {
  readonly #world: World
  readonly #city: City
  /** In some worlds nobody looks. */
  readonly #looks: boolean
  /** The Floor could not be told something. */
  #gap = false

  constructor(world: World, city: City, random: Random) {
    this.#world = world
    this.#city = city
    this.#looks = random.chance(0.3)
    if (this.#looks) world.record.written = (records) => this.#tell(records)
  }

  /** The Floor of a world in which somebody looks. */
  get floor(): Home<FloorState> | null {
    return this.#looks ? this.#home() : null
  }

  play(until: number): void {
    if (!this.#looks) return
    for (let at = 0; at <= until + AFTER; at += EVERY) {
      this.#world.timeline.after(at, () =>
        this.#home()?.enter((actor) => actor.decide((state, turn) => lookAtFloor(state, turn, null))),
      )
    }
  }

  #home(): Home<FloorState> | null {
    this.#world.home(floorOf(org))
    return this.#city.floor
  }

  #tell(records: readonly ProjectionRecord[]): void {
    const rows = records.flatMap((record): Row[] => {
      if (record.type === 'segment') return [record]
      return record.type === 'agent-interval' ? [record] : []
    })
    if (rows.length > 0) {
      const told = this.#home()?.enter((actor) => actor.decide((state, turn) => recorded(state, turn, rows, this.#gap)))
      this.#gap = told?.ok !== true
    }
    for (const record of records) if (record.type === 'recall') this.#recall(record.n)
  }

  #recall(n: number): void {
    const told = this.#home()?.enter((actor) => {
      const span = actor.decide((state, turn) => beginRecall(state, turn, n))
      if (span !== null && recall(actor.state, n, this.#allRows())) actor.decide((state) => endRecall(state, n))
    })
    if (told?.ok !== true) this.#world.timeline.after(RETRY, () => this.#recall(n))
  }

  #allRows(): Row[] {
    const { segments, intervals } = this.#world.record
    const owner = (key: string) => key.split(' ')[0] ?? ''
    return [
      ...[...segments].map(([key, segment]) => ({ conversation: owner(key), segment })),
      ...[...intervals].map(([key, interval]) => ({ agent: owner(key), interval })),
    ]
  }
}

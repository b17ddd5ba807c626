/** The record behind the world lane: a conveyor that may fail, double and reorder; tables in which the newer wins. */
import { removedFrom } from '../../../core/conversation/words.ts'
import type { WorldItem } from '../../../core/engine/ports.ts'
import type {
  ConversationRecord,
  EntryRecord,
  ProjectionRecord,
  TroubleRecord,
} from '../../../core/protocol/projection.ts'
import type { AgentInterval, Segment } from '../../../core/protocol/segments.ts'
import type { Random } from '../kit/random.ts'
import type { Timeline } from '../kit/timeline.ts'
import type { Weather } from '../world/weather.ts'

export interface Conveyor {
  readonly timeline: Timeline
  readonly random: Random
  weather(): Weather
  fault(kind: string, detail: string): void
}

export class WorldRecord {
  readonly conversations = new Map<string, ConversationRecord>()
  /** By conversation, by seq. */
  readonly entries = new Map<string, Map<number, EntryRecord>>()
  /** By conversation and id, by agent and id. */
  readonly segments = new Map<string, Segment>()
  readonly intervals = new Map<string, AgentInterval>()
  /** By actor. */
  readonly troubles = new Map<string, TroubleRecord>()
  /** An entry that came twice and was not the same. */
  readonly torn: string[] = []
  /** Hears what has just been written. */
  written: (records: readonly ProjectionRecord[]) => void = () => {}
  readonly #conveyor: Conveyor
  #under = 0
  #taken = 0

  constructor(conveyor: Conveyor) {
    this.#conveyor = conveyor
  }

  /** Batches that were handed over and have not reached the tables. */
  get underWay(): number {
    return this.#under
  }

  get taken(): number {
    return this.#taken
  }

  /** The Link's side: takes the items, all or none. */
  carry(items: readonly WorldItem[], alive: () => boolean): Promise<void> {
    const { random, timeline } = this.#conveyor
    const weather = this.#conveyor.weather()
    const text = JSON.stringify(items)
    return new Promise((resolve, reject) => {
      const fails = random.chance(weather.worldFails)
      const taken = !fails || random.chance(0.5)
      if (fails) this.#conveyor.fault(taken ? 'record took it, answer lost' : 'record refused', '')
      if (taken) this.#queue(text)
      timeline.after(random.between(weather.hop[0], 10 * weather.hop[1]), () => {
        if (!alive()) return
        if (fails) reject(new Error('the record is away'))
        else resolve()
      })
    })
  }

  /** At least once, in any order, like the platform's queue. */
  #queue(text: string): void {
    const { random } = this.#conveyor
    const times = random.chance(this.#conveyor.weather().duplicate) ? 2 : 1
    for (let i = 0; i < times; i++) {
      this.#under += 1
      this.#conveyor.timeline.after(random.between(1, 3_000), () => {
        this.#under -= 1
        const items: WorldItem[] = JSON.parse(text)
        const records = items.flatMap(({ body }) => recordsOf(body))
        for (const record of records) this.#take(record)
        this.written(records)
      })
    }
  }

  #take(record: ProjectionRecord): void {
    this.#taken += 1
    if (record.type === 'audit' || record.type === 'recall') return
    if (record.type === 'segment')
      return keepNewest(this.segments, `${record.conversation} ${record.segment.id}`, record.segment)
    if (record.type === 'agent-interval')
      return keepNewest(this.intervals, `${record.agent} ${record.interval.id}`, record.interval)
    if (record.type === 'trouble') return keepNewest(this.troubles, record.actor, record)
    if (record.type === 'conversation') {
      const known = this.conversations.get(record.id)
      if (known === undefined || known.version < record.version) this.conversations.set(record.id, record)
      return
    }
    const rows = this.entries.get(record.conversation) ?? new Map<number, EntryRecord>()
    this.entries.set(record.conversation, rows)
    const known = rows.get(record.entry.seq)
    // A tombstone stays, whatever comes late.
    if (known !== undefined && removedFrom(known.entry.body) !== null) return
    if (known === undefined || removedFrom(record.entry.body) !== null) rows.set(record.entry.seq, record)
    else if (JSON.stringify(known) !== JSON.stringify(record))
      this.torn.push(`${record.conversation} ${record.entry.seq}`)
  }
}

function keepNewest<V extends { readonly version: number }>(rows: Map<string, V>, key: string, row: V): void {
  const known = rows.get(key)
  if (known === undefined || known.version < row.version) rows.set(key, row)
}

function recordsOf(body: unknown): readonly ProjectionRecord[] {
  if (typeof body === 'object' && body !== null && 'records' in body && Array.isArray(body.records)) return body.records
  throw new TypeError('an item without records')
}

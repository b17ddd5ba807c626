/** The three small ports through which an actor touches the world: Store (synchronous SQL), Link (send), Clock. */
import type { ActorName } from '../ids.ts'
import type { Packet } from './mail.ts'

export type SqlValue = string | number | null
export type SqlRow = Record<string, SqlValue>

export type Statement = readonly [sql: string, ...params: SqlValue[]]

/** Synchronous SQL with SQLite's dialect. */
export interface Store {
  /** Runs one statement; the rows it yields. */
  exec(sql: string, ...params: SqlValue[]): SqlRow[]
  /** All or nothing: what `work` wrote is gone when it throws. `work` is synchronous. */
  transaction<T>(work: () => T): T
  /** A commit: writes all of these, or none. */
  write(statements: readonly Statement[]): void
}

/** Ways out. Both may fail, be slow, or arrive twice. */
export interface Link {
  /** Hands a packet to another actor; answers how far that actor has taken this sender's messages. */
  toActor(to: ActorName, packet: Packet): Promise<number>
  /** Hands items to the world lane's carrier, all or none. */
  toWorld(items: readonly WorldItem[]): Promise<void>
}

/** Something for the record or the outside; `body` is plain JSON. */
export interface WorldItem {
  readonly kind: 'projection'
  readonly body: unknown
}

/** Time, chance, and the two ways to be called back: the one alarm, which lasts, and a timer, which costs nothing. */
export interface Clock {
  /** Ms since 1970, whole. */
  now(): number
  /** A new ULID. */
  newId(): string
  /** Wake this actor at `at` (ms) or a little later; replaces the instant set before; null: not at all. */
  wake(at: number | null): void
  /** Nudge this actor at `at` (ms) or a little later, unless its life has ended by then. */
  nudge(at: number): void
}

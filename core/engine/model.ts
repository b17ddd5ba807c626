/** What an actor's model is to the engine: pure decisions over its own rows, and what its audiences may see. */
import type { ActorKind, ActorName, Address } from '../ids.ts'
import type { Act } from '../protocol/administration.ts'
import type { Event } from '../protocol/frames.ts'
import type { Message } from '../protocol/messages.ts'
import type { Principal, StaffPrincipal } from '../protocol/principal.ts'
import type { Result } from '../result.ts'
import type { Source } from './feed.ts'
import type { Migration } from './migrations.ts'
import type { Tables } from './parts.ts'

/**
 * One decision in the making. Everything a handler does goes into the turn and into rows, is committed at once or not at
 * all, and is spoken only after that. A handler is synchronous and knows no other clock and no other chance than these.
 */
export interface Turn {
  readonly self: Address
  readonly now: number
  newId(): string
  send(to: ActorName, message: Message): void
  /** Sets, moves or (null) lifts a named deadline; it comes back through {@link Model.due}. */
  deadline(name: string, at: number | null): void
  /** When a client of this audience, or of this member of staff in it, was last heard of, in ms; null: none is connected. */
  seen(audience: string, staff?: string): number | null
  /** This member of staff has lost a right to look: unless there is another, its sockets are closed after the commit. */
  letGo(staff: string): void
  /** Tells the audit what a member of staff has done to this actor; it gets there exactly once. */
  audit(by: StaffPrincipal, done: Pick<Act, 'action' | 'before' | 'after'>): void
}

/** A command as it came in: the body is not yet checked. */
export interface RawCommand {
  readonly id: string
  readonly name: string
  readonly body: unknown
}

/** A numbered stream as one audience gets it. */
export interface Stream {
  head(): number
  /** Events of the turn that has just been committed. */
  fresh(): readonly Event[]
  /** What came after `seq`; null: cannot be told any more, take the snapshot. */
  since(seq: number): readonly Event[] | null
  snapshot(): readonly Event[]
  /** Its audience does not get every number: what is fresh travels as a batch, which may have holes. */
  readonly sparse?: boolean
}

/** Something ephemeral for the sockets of an audience. */
export interface Relay {
  readonly audience: string
  readonly body: object
}

export interface Model<S> {
  readonly kind: ActorKind
  readonly migrations: readonly Migration[]
  open(tables: Tables): S
  /** Which stream this principal gets, or why none. */
  admit(state: S, self: Address, principal: Principal): Result<string>
  /** A message of another actor. What is old or unknown changes nothing. */
  receive(state: S, turn: Turn, from: Address, message: Message): void
  /** `remember: false` on an answer that a repetition may compute again (the log dedupes, or nothing was changed). */
  command(state: S, turn: Turn, by: Principal, command: RawCommand): Answer
  due(state: S, turn: Turn, name: string): void
  /** Runs at the end of every turn: derives what follows from the state, whatever changed it. */
  settle(state: S, turn: Turn): void
  /** A client of `audience` was greeted or is gone. */
  connected?(state: S, turn: Turn, audience: string): void
  mark?(state: S, turn: Turn, by: Principal, marks: { delivered: number; read: number }): void
  typing?(state: S, by: Principal, on: boolean, text?: string): readonly Relay[]
  /** Whether those who look here are told that this one does too; absent: nobody is. */
  isSeenHere?(by: Principal): boolean
  /** The stream of an audience; undefined: it gets none. */
  stream(state: S, audience: string): Stream | undefined
  /** The small picture of the present for an audience. */
  view?(state: S, audience: string): object
  /** What the record is told. */
  source?(state: S, self: Address): Source
  /** The version of the configuration known here; packets carry it. */
  configVersion?(state: S): number
  /** The names of the rows that a backup keeps, its entries aside; absent: nothing of this actor outlives it. */
  readonly lasting?: readonly string[]
  /** It was restored from a backup into an installation where nothing else is under way: begins anew with the old words. */
  revive?(state: S, turn: Turn): void
  /** A packet knew a newer version. */
  newerConfig?(state: S, turn: Turn, version: number): void
}

export interface Answer<T = unknown> {
  readonly result: Result<T>
  readonly remember: boolean
}

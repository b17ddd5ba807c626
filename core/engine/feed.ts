/**
 * The world lane: what an actor tells the record and the outside. A feed is a cursor over something that the actor numbers;
 * what lies behind the cursor is collected for up to a second, carries versions instead of promising order, and is parked
 * after ten tries, listed and replayable.
 */
import type { StuckReport } from '../protocol/actors.ts'
import { earliest } from './deadlines.ts'
import type { Cell, Parts } from './parts.ts'
import type { WorldItem } from './ports.ts'

/** How long news are collected, in ms. */
const COALESCE = 1_000
/** Failures after which a feed waits for somebody to replay it. */
export const PARK_AFTER = 10
const RETRY_MAX = 300_000
/** A try that was not answered for this long has failed as far as the next one is concerned, in ms. */
const GIVEN_UP = 30_000
/**
 * How long the carrier may keep what it took where its own death would cost it, in ms. Who dies within that time tells it
 * again in the next life: the queue of the local runtime lives in memory and dies with us.
 */
const SURE_AFTER = 5_000
/**
 * How far the cursor that is written may lag behind while batch follows batch, in ms: a row each second would only say what
 * the last one says anyway. Who dies tells that much again, and the record takes it once.
 */
const WRITE_EVERY = 20_000
/**
 * When the alarm looks after news, in ms from the oldest of them. They leave by a timer, which dies with this life; the alarm
 * finds what was left behind, what got no answer, and what is sure by now. One serves for all three: each is a row and a wake.
 */
const LOOK_AFTER = COALESCE + SURE_AFTER + 2_000
/** How late a timer and an answer may be together for that alarm to find it sure, in ms. */
const LATE = 1_000

/**
 * What a model offers to the world. What it tells may follow from all that lies behind the cursor: what it must remember of
 * that, it gives along as `memo`, plain JSON, and gets back with the cursor.
 */
export interface Source<Memo = unknown> {
  /** The newest number; only grows. */
  head(): number
  /** What lies after `cursor`, up to a bound, and the number it reaches. Without a memo at the very beginning. */
  collect(cursor: number, memo: Memo | undefined): Collected<Memo>
}

interface Collected<Memo> {
  readonly items: readonly WorldItem[]
  readonly upTo: number
  readonly memo?: Memo
}

/** A batch on its way; what is told anew from the beginning meanwhile makes it count for nothing. */
interface Taken extends Collected<unknown> {
  readonly round: number
  /** The newest number when it was collected. */
  readonly head: number
}

/** How far the world has been told, and what the source remembers of what lies behind. */
interface Told {
  readonly cursor: number
  readonly memo?: unknown
}

/** What has surely arrived, and how the last try went. */
interface Progress extends Told {
  readonly attempts: number
  readonly retryAt: number | null
  readonly error: string | null
}

const fine = { attempts: 0, retryAt: null, error: null }
const untold: Progress = { cursor: 0, ...fine }

export class Feed {
  readonly #progress: Cell<Progress>
  readonly #source: Source
  readonly #parkAfter: number
  /** Up to here this life has handed it over. */
  #told: Told
  /** How often this life has begun anew. */
  #round = 0
  /** What was handed over and is not sure yet, oldest first. */
  #handed: { readonly told: Told; readonly at: number; readonly lookAt: number }[] = []
  /** When the oldest news came, in ms; 0: in an earlier life, so they have waited long enough. */
  #newsAt: number | null
  /** The try that is under way. The alarm waits for its end: it must not ring again and again meanwhile. */
  #flight: { readonly since: number; readonly lookAt: number } | null = null

  /** `tab` is where its progress is kept. */
  constructor(parts: Parts, tab: string, source: Source, parkAfter = Number.POSITIVE_INFINITY) {
    this.#progress = parts.cell(tab, untold)
    this.#source = source
    this.#parkAfter = parkAfter
    const { cursor, memo } = this.#progress.get()
    this.#told = { cursor, memo }
    this.#newsAt = source.head() > cursor ? 0 : null
  }

  /** What the operators are told of it while it is parked. */
  get parked(): StuckReport['parked'][number] | null {
    const { attempts, error } = this.#progress.get()
    return attempts < this.#parkAfter ? null : { id: 1, kind: 'projection', attempts, error: error ?? '' }
  }

  /** Up to here it has surely arrived. */
  get sure(): number {
    return this.#progress.get().cursor
  }

  /** Whether there never was anything to tell. */
  get isBlank(): boolean {
    return this.#source.head() === 0
  }

  /** When the alarm has to look: after news that nobody told, or what was told becomes sure. Null: never, or parked. */
  lookAt(now: number): number | null {
    if (this.#hasNews) this.#newsAt ??= now
    // With the next batch the cursor moves anyway: only the last one needs a look of its own.
    return earliest([this.#handed.at(-1)?.lookAt ?? null, this.#lookAfterNews(now)])
  }

  /** When the news will have been collected for long enough, for a timer. Null: there are none, or a try is for the alarm. */
  get newsDue(): number | null {
    const isForAlarm = this.#flight !== null || this.#progress.get().retryAt !== null
    return this.#newsAt === null || isForAlarm || !this.#hasNews ? null : this.#newsAt + COALESCE
  }

  /** What to send now, or null. From now on it is under way, until {@link sent} or {@link failed}. */
  take(now: number): Taken | null {
    if (!this.#hasNews) return null
    this.#newsAt ??= now
    const tried = this.#flight === null ? null : this.#flight.since + GIVEN_UP
    if ((tried ?? this.#progress.get().retryAt ?? this.#newsAt + COALESCE) > now) return null
    this.#flight = { since: now, lookAt: Math.max(this.#newsAt + LOOK_AFTER, now + SURE_AFTER + LATE) }
    const { cursor, memo } = this.#told
    return { ...this.#source.collect(cursor, memo), round: this.#round, head: this.#source.head() }
  }

  /** The carrier has taken it. Part of a turn. */
  sent({ upTo, memo, round, head }: Taken, now: number): void {
    if (round !== this.#round) return
    const lookAt = Math.max(this.#flight?.lookAt ?? 0, now + SURE_AFTER)
    this.#flight = null
    // What did not fit has waited with the rest. A batch that came no further must not be told again and again at once.
    this.#newsAt = upTo < head && upTo > this.#told.cursor ? now - COALESCE : null
    // Of two batches that overlapped the one that came further counts.
    if (upTo >= this.#told.cursor) this.#told = { cursor: upTo, memo }
    this.#handed.push({ told: this.#told, at: now, lookAt })
    this.settle(now)
    if (this.#progress.get().retryAt !== null) this.#progress.patch(fine)
  }

  /** Moves the cursor over what was handed over long enough ago, once there is enough of it or it was the last. Part of a turn. */
  settle(now: number): void {
    const sure = this.#handed.findLast(({ at }) => at + SURE_AFTER <= now)
    if (sure === undefined) return
    const since = this.#handed[0]?.at ?? now
    if (sure !== this.#handed.at(-1) && now - since < WRITE_EVERY) return
    this.#handed = this.#handed.filter(({ told }) => told.cursor > sure.told.cursor)
    this.#progress.patch(sure.told)
  }

  /** Part of a turn. */
  failed(error: string, now: number): void {
    this.#flight = null
    // Where this cannot even be noted, the timer waits all the same.
    this.#newsAt = now
    const attempts = this.#progress.get().attempts + 1
    const retryAt = now + Math.min(RETRY_MAX, COALESCE * 2 ** attempts)
    this.#progress.patch({ attempts, retryAt, error: error.slice(0, 300) })
  }

  /** Takes a parked feed up again. Part of a turn. */
  replay(now: number): void {
    this.#progress.patch({ attempts: 0, retryAt: now })
  }

  /** Tells everything again, from the beginning. Part of a turn. */
  rewind(): void {
    this.#round += 1
    this.#progress.set(untold)
    this.#told = { cursor: 0 }
    this.#handed = []
    this.#flight = null
    this.#newsAt = 0
  }

  get #hasNews(): boolean {
    return this.parked === null && this.#source.head() > this.#told.cursor
  }

  #lookAfterNews(now: number): number | null {
    if (!this.#hasNews || this.#newsAt === null) return null
    if (this.#flight === null) return this.#progress.get().retryAt ?? this.#newsAt + LOOK_AFTER
    return now < this.#flight.lookAt ? this.#flight.lookAt : this.#flight.since + GIVEN_UP
  }
}

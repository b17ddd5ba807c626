/**
 * The actor lane: messages between actors, with their effect exactly once and in order per pair.
 *
 * Rows of a pair are numbered and stored in the transaction of the change that sends them. A packet carries rows in order
 * and `base`, the lowest number not yet acknowledged. The receiver moves its cursor in the transaction of the effect and
 * answers with it; the sender forgets the rows up to it with its next commit. The retry clock belongs to the oldest row.
 */
import { type ActorName, asActorName } from '../ids.ts'
import type { StuckReport } from '../protocol/actors.ts'
import type { Message } from '../protocol/messages.ts'
import { earliest } from './deadlines.ts'
import type { Fresh, Parts, Rows } from './parts.ts'
import type { Store } from './ports.ts'

export interface Packet {
  readonly from: ActorName
  readonly base: number
  readonly rows: readonly { readonly n: number; readonly message: Message }[]
  /** The version of the configuration that the sender knows; 0: none. */
  readonly config: number
}

/** First wait for an answer, in ms; doubled with each attempt up to {@link RETRY_MAX}. */
const RETRY_FIRST = 1_000
const RETRY_MAX = 60_000
const PACKET_ROWS = 64
/** From this many attempts on, a pair is listed as stuck. It is tried for ever all the same. */
const STUCK_AFTER = 10
/** The row that keeps the highest number of all forgotten pairs. */
const FLOOR = ''
/**
 * More than any pair ever sends in a ms: so the numbers of a storage that began later are greater, and stay exact to the
 * year 2255. Whoever is restored from a backup is heard by receivers who knew an earlier life (docs/decisions/restore.md).
 */
const ROWS_PER_MS = 1_000
/** A pair that said nothing for this long is forgotten, in ms. */
const FORGET_AFTER = 24 * 3_600_000

/** What is kept of a receiver. */
interface Peer {
  /** Number of the next row. */
  readonly next: number
  readonly attempts: number
  /** When the oldest row was posted. */
  readonly since: number
  readonly retryAt: number | null
  readonly error: string | null
}

const unknown: Peer = { next: 1, attempts: 0, since: 0, retryAt: null, error: null }

interface Row {
  readonly n: number
  readonly message: Message
}

/** A receiver for which rows are stored. */
interface Pair {
  readonly to: ActorName
  /** What it has not acknowledged, oldest first. */
  waiting: Row[]
  /** It has acknowledged stored rows up to here; losing this only sends them twice. 0: none. */
  acknowledged: number
  isFlying: boolean
  /** Its clock has run out: it travels, whatever became of the tries before. */
  isDue: boolean
  error: string | null
}

export class Outbox {
  readonly #peers: Rows<Peer>
  /** Below the first number of this life of the storage: above all that an earlier life of the same actor has used. */
  readonly #born: number
  /** Packets leave in this order: by when their first row was posted. */
  readonly #pairs = new Map<ActorName, Pair>()
  readonly #posted: Fresh<{ readonly pair: Pair; readonly row: Row }>
  readonly #settled: Fresh<{ readonly pair: Pair; readonly upTo: number }>

  /** `born`: when the storage began, in ms. */
  constructor(parts: Parts, born: number) {
    this.#born = born * ROWS_PER_MS
    this.#peers = parts.rows('engine:peers')
    this.#posted = parts.fresh(
      ({ pair: { to }, row: { n, message } }) => {
        return ['INSERT INTO outbox (peer, n, body) VALUES (?, ?, ?)', to, n, JSON.stringify(message)]
      },
      ({ pair }) => pair.waiting.pop(),
    )
    this.#settled = parts.fresh(
      ({ pair: { to }, upTo }) => ['DELETE FROM outbox WHERE peer = ? AND n <= ?', to, upTo],
      ({ pair, upTo }) => {
        pair.acknowledged = upTo
        this.#pairs.set(pair.to, pair)
      },
    )
    for (const row of parts.store.exec('SELECT * FROM outbox ORDER BY peer, n')) {
      const pair = this.#pair(asActorName(String(row.peer)))
      pair.waiting.push({ n: Number(row.n), message: JSON.parse(String(row.body)) })
    }
  }

  post(to: ActorName, message: Message, now: number): void {
    const peer = this.#peer(to)
    const pair = this.#pair(to)
    const row = { n: peer.next, message }
    const isFirst = pair.waiting.length === 0
    if (isFirst && this.#pairs.delete(to)) this.#pairs.set(to, pair)
    pair.waiting.push(row)
    this.#posted.add({ pair, row })
    const clock = isFirst ? { attempts: 0, since: now, retryAt: now + RETRY_FIRST } : {}
    this.#peers.put(to, { ...peer, ...clock, next: peer.next + 1 })
  }

  /** Receivers to whom something should travel now: news while nothing is under way, or what is tried again. */
  ready(): ActorName[] {
    const ready = [...this.#pairs.values()].filter(({ to, waiting, acknowledged, isFlying, isDue }) => {
      const isFine = acknowledged > 0 || this.#peer(to).attempts === 0
      return waiting.length > 0 && !isFlying && (isDue || isFine)
    })
    return ready.map(({ to }) => to)
  }

  /** The packet for `to`; from now on it is under way. */
  pack(from: ActorName, to: ActorName, config: number): Packet {
    const pair = this.#pair(to)
    pair.isFlying = true
    pair.isDue = false
    const rows = pair.waiting.slice(0, PACKET_ROWS)
    return { from, base: rows[0]?.n ?? 1, rows, config }
  }

  /** The receiver has taken everything up to `cursor`. */
  acknowledged(to: ActorName, cursor: number): void {
    const pair = this.#pairs.get(to)
    if (pair === undefined) return
    pair.isFlying = false
    const left = pair.waiting.filter(({ n }) => n > cursor)
    if (left.length < pair.waiting.length) pair.acknowledged = cursor
    pair.waiting = left
  }

  /** A packet did not arrive, or its answer was lost: the retry clock is already running. */
  failed(to: ActorName, error: string): void {
    const pair = this.#pairs.get(to)
    if (pair === undefined) return
    pair.isFlying = false
    pair.error = error.slice(0, 300)
  }

  /** Whose clock has run out travels again, even if an earlier packet is still under way. Part of a turn. */
  retry(now: number): void {
    for (const [pair, peer] of this.#waiting()) {
      if (peer.retryAt === null || peer.retryAt > now) continue
      const attempts = peer.attempts + 1
      const error = pair.error ?? peer.error ?? 'no answer in time'
      this.#peers.put(pair.to, { ...peer, attempts, retryAt: now + backoff(attempts), error })
      pair.isFlying = false
      pair.isDue = true
    }
  }

  /** All that waits is tried again with the next {@link retry}. Part of a turn. */
  hurry(now: number): void {
    for (const [{ to }, peer] of this.#waiting()) this.#peers.put(to, { ...peer, retryAt: now })
  }

  /** Deletes what was acknowledged, and stops its clock. Part of each turn. */
  tidy(now: number): void {
    for (const pair of this.#pairs.values()) {
      if (pair.acknowledged === 0) continue
      this.#settled.add({ pair, upTo: pair.acknowledged })
      const isDone = pair.waiting.length === 0
      const peer = this.#peer(pair.to)
      const retryAt = isDone ? null : now + RETRY_FIRST
      this.#peers.put(pair.to, { ...peer, attempts: 0, since: now, retryAt, error: null })
      pair.acknowledged = 0
      pair.error = null
      if (isDone) this.#pairs.delete(pair.to)
    }
  }

  /** When the first clock runs out: one only runs while rows are stored. */
  earliest(): number | null {
    return earliest([...this.#pairs.keys()].map((to) => this.#peer(to).retryAt))
  }

  stuck(): StuckReport['peers'] {
    const stuck = this.#waiting().filter(([, { attempts }]) => attempts >= STUCK_AFTER)
    return stuck.map(([{ to, waiting }, { attempts, since, error }]) => {
      return { peer: to, waiting: waiting.length, attempts, since, error: error ?? '' }
    })
  }

  /** Forgets silent pairs; the numbers of their rows are never used again. Part of a turn. */
  sweep(now: number): void {
    let floor = this.#floor()
    for (const [name, peer] of this.#peers.entries()) {
      if (name === FLOOR || peer.retryAt !== null || peer.since >= now - FORGET_AFTER) continue
      floor = Math.max(floor, peer.next - 1)
      this.#peers.delete(name)
    }
    this.#peers.put(FLOOR, { ...unknown, next: floor + 1, since: now })
  }

  /** Rows of forgotten pairs went up to here: a receiver that still has its cursor must see larger numbers. */
  #floor(): number {
    return Math.max((this.#peers.get(FLOOR)?.next ?? 1) - 1, this.#born)
  }

  #peer(to: ActorName): Peer {
    return this.#peers.get(to) ?? { ...unknown, next: this.#floor() + 1 }
  }

  #pair(to: ActorName): Pair {
    const known = this.#pairs.get(to)
    if (known !== undefined) return known
    const pair = { to, waiting: [], acknowledged: 0, isFlying: false, isDue: false, error: null }
    this.#pairs.set(to, pair)
    return pair
  }

  #waiting(): [Pair, Peer][] {
    const waiting = [...this.#pairs.values()].filter((pair) => pair.waiting.length > 0)
    return waiting.map((pair) => [pair, this.#peer(pair.to)])
  }
}

/** How many senders' cursors are kept in memory: asking the store for them would be a read for each message. */
const CURSORS_KEPT = 1_000

/** How far each sender's messages have been taken. */
export class Inbox {
  readonly #store: Store
  readonly #moved: Fresh<{ readonly from: ActorName; readonly cursor: number; readonly at: number }>
  readonly #known = new Map<ActorName, number>()

  constructor(parts: Parts) {
    this.#store = parts.store
    this.#moved = parts.fresh(
      ({ from, cursor, at }) => ['INSERT OR REPLACE INTO inbox (peer, cursor, at) VALUES (?, ?, ?)', from, cursor, at],
      ({ from }) => this.#known.delete(from),
    )
  }

  /** The last row taken from this sender. What lies below `base` was acknowledged, by this life or an earlier one. */
  cursor({ from, base }: Packet): number {
    return Math.max(this.#known.get(from) ?? this.#read(from), base - 1)
  }

  /** Row `cursor` has its effect in this turn. */
  move(from: ActorName, cursor: number, at: number): void {
    this.#moved.add({ from, cursor, at })
    this.#keep(from, cursor)
  }

  /** Forgets senders that were silent for twice as long as a sender remembers its pair. */
  sweep(now: number): void {
    this.#store.exec('DELETE FROM inbox WHERE at < ?', now - 2 * FORGET_AFTER)
    this.#known.clear()
  }

  #read(from: ActorName): number {
    const row = this.#store.exec('SELECT cursor FROM inbox WHERE peer = ?', from)[0]
    return this.#keep(from, Number(row?.cursor ?? 0))
  }

  /** The ones that moved last stay. */
  #keep(from: ActorName, cursor: number): number {
    this.#known.delete(from)
    this.#known.set(from, cursor)
    const [oldest] = this.#known.keys()
    if (this.#known.size > CURSORS_KEPT && oldest !== undefined) this.#known.delete(oldest)
    return cursor
  }
}

function backoff(attempts: number): number {
  return Math.min(RETRY_MAX, RETRY_FIRST * 2 ** attempts)
}

/**
 * The actor lane: messages between actors, with their effect exactly once and in order per pair.
 *
 * Rows of a pair are numbered and stored in the transaction of the change that sends them. A packet carries rows in order
 * and `base`, the lowest number not yet acknowledged. The receiver moves its cursor in the transaction of the effect and
 * answers with it; the sender forgets the rows up to it with its next commit. The retry clock belongs to the oldest row.
 */
import { type ActorName, asActorName } from '../ids.ts'
import type { Message } from '../protocol/messages.ts'
import type { Part, Rows } from './parts.ts'
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
export const RETRY_MAX = 60_000
const PACKET_ROWS = 64
/** From this many attempts on, a pair is listed as stuck. It is tried for ever all the same. */
export const STUCK_AFTER = 10
/** The row that keeps the highest number of all forgotten pairs. */
const FLOOR = ''
/** A pair that said nothing for this long is forgotten, in ms. */
const FORGET_AFTER = 24 * 3_600_000

/** What is kept of a receiver. */
export interface Peer {
  /** Number of the next row. */
  readonly next: number
  readonly attempts: number
  /** When the oldest row was posted. */
  readonly since: number
  readonly retryAt: number | null
  readonly error: string | null
}

interface Row {
  readonly n: number
  readonly message: Message
}

export class Outbox implements Part {
  readonly #store: Store
  readonly #peers: Rows<Peer>
  readonly #rows = new Map<ActorName, Row[]>()
  #fresh: { peer: ActorName; row: Row }[] = []
  /** Acknowledged by the receiver, not yet deleted here: losing this only sends a row twice. */
  readonly #acknowledged = new Map<ActorName, number>()
  readonly #flying = new Set<ActorName>()
  readonly #retrying = new Set<ActorName>()
  readonly #errors = new Map<ActorName, string>()

  constructor(store: Store, peers: Rows<Peer>) {
    this.#store = store
    this.#peers = peers
    for (const r of store.exec('SELECT * FROM outbox ORDER BY peer, n')) {
      this.#list(asActorName(String(r.peer))).push({ n: Number(r.n), message: JSON.parse(String(r.body)) })
    }
  }

  /** What was acknowledged counts: its rows go with the turn. */
  get isDirty(): boolean {
    return this.#fresh.length > 0 || this.#acknowledged.size > 0
  }

  post(to: ActorName, message: Message, now: number): void {
    const peer = this.#peers.get(to) ?? { next: this.#floor() + 1, attempts: 0, since: now, retryAt: null, error: null }
    const waiting = this.#waiting(to).length > 0
    const row = { n: peer.next, message }
    const list = this.#list(to)
    list.push(row)
    // Packets leave in the order in which their first row was posted: what was decided first arrives first.
    if (!waiting && this.#rows.delete(to)) this.#rows.set(to, list)
    this.#fresh.push({ peer: to, row })
    const clock = waiting ? { since: peer.since, retryAt: peer.retryAt } : { since: now, retryAt: now + RETRY_FIRST }
    this.#peers.put(to, { ...peer, ...clock, next: peer.next + 1, attempts: waiting ? peer.attempts : 0 })
  }

  /** Receivers to whom something should travel now: news while nothing is under way, or what is tried again. */
  ready(): ActorName[] {
    return [...this.#rows.keys()].filter((name) => {
      if (this.#waiting(name).length === 0 || this.#flying.has(name)) return false
      return this.#retrying.has(name) || this.#acknowledged.has(name) || this.#peers.get(name)?.attempts === 0
    })
  }

  /** The packet for `to`; from now on it is under way. */
  pack(from: ActorName, to: ActorName, config: number): Packet {
    this.#flying.add(to)
    this.#retrying.delete(to)
    const rows = this.#waiting(to).slice(0, PACKET_ROWS)
    return { from, base: rows[0]?.n ?? 1, rows, config }
  }

  /** The receiver has taken everything up to `cursor`. */
  acknowledged(to: ActorName, cursor: number): void {
    this.#flying.delete(to)
    this.#acknowledged.set(to, Math.max(cursor, this.#acknowledged.get(to) ?? 0))
  }

  /** A packet did not arrive, or its answer was lost: the retry clock is already running. */
  failed(to: ActorName, error: string): void {
    this.#flying.delete(to)
    this.#errors.set(to, error.slice(0, 300))
  }

  /** Whose clock has run out travels again, even if an earlier packet is still under way. Part of a turn. */
  retry(now: number): void {
    for (const [name, peer] of this.#clocks()) {
      if (peer.retryAt === null || peer.retryAt > now || this.#waiting(name).length === 0) continue
      const attempts = peer.attempts + 1
      const error = this.#errors.get(name) ?? peer.error ?? 'no answer in time'
      this.#peers.put(name, { ...peer, attempts, retryAt: now + backoff(attempts), error })
      this.#flying.delete(name)
      this.#retrying.add(name)
    }
  }

  /** All that waits is tried again with the next {@link retry}. Part of a turn. */
  hurry(now: number): void {
    for (const [name, peer] of this.#clocks()) {
      if (this.#waiting(name).length > 0) this.#peers.put(name, { ...peer, retryAt: now })
    }
  }

  /** Stops the clocks of what was acknowledged. Part of each turn. */
  tidy(now: number): void {
    for (const [name, cursor] of this.#acknowledged) {
      const peer = this.#peers.get(name)
      if (peer === undefined || (this.#list(name)[0]?.n ?? Infinity) > cursor) continue
      const retryAt = this.#waiting(name).length === 0 ? null : now + RETRY_FIRST
      this.#peers.put(name, { ...peer, attempts: 0, since: now, retryAt, error: null })
      this.#errors.delete(name)
    }
  }

  earliest(): number | null {
    let first: number | null = null
    // A clock only runs while rows wait: the many pairs that have nothing to say are not looked at.
    for (const name of this.#rows.keys()) {
      const at = this.#peers.get(name)?.retryAt ?? null
      if (at !== null && (first === null || at < first)) first = at
    }
    return first
  }

  stuck(): { peer: string; waiting: number; attempts: number; since: number; error: string }[] {
    return this.#clocks().flatMap(([peer, { attempts, since, error }]) =>
      attempts < STUCK_AFTER
        ? []
        : [{ peer, waiting: this.#waiting(peer).length, attempts, since, error: error ?? '' }],
    )
  }

  /** Forgets silent pairs; the numbers of their rows are never used again. Part of a turn. */
  sweep(now: number): void {
    let floor = this.#floor()
    for (const [name, peer] of this.#clocks()) {
      if (this.#waiting(name).length > 0 || peer.since >= now - FORGET_AFTER) continue
      floor = Math.max(floor, peer.next - 1)
      this.#peers.delete(name)
    }
    this.#peers.put(FLOOR, { next: floor + 1, attempts: 0, since: now, retryAt: null, error: null })
  }

  commit(): void {
    for (const { peer, row } of this.#fresh) {
      this.#store.exec('INSERT INTO outbox (peer, n, body) VALUES (?, ?, ?)', peer, row.n, JSON.stringify(row.message))
    }
    for (const [name, cursor] of this.#acknowledged) {
      if ((this.#list(name)[0]?.n ?? Infinity) <= cursor) {
        this.#store.exec('DELETE FROM outbox WHERE peer = ? AND n <= ?', name, cursor)
      }
    }
  }

  rollback(): void {
    for (const { peer } of this.#fresh) this.#list(peer).pop()
    this.#fresh = []
  }

  settled(): void {
    for (const [name, cursor] of this.#acknowledged) {
      const left = this.#list(name).filter((row) => row.n > cursor)
      if (left.length === 0) this.#rows.delete(name)
      else this.#rows.set(name, left)
    }
    this.#acknowledged.clear()
    this.#fresh = []
  }

  /** Rows of forgotten pairs went up to here: a receiver that still has its cursor must see larger numbers. */
  #floor(): number {
    return (this.#peers.get(FLOOR)?.next ?? 1) - 1
  }

  #clocks(): [ActorName, Peer][] {
    return this.#peers.entries().flatMap(([name, peer]) => (name === FLOOR ? [] : [[asActorName(name), peer]]))
  }

  #list(peer: ActorName): Row[] {
    const list = this.#rows.get(peer)
    if (list !== undefined) return list
    const empty: Row[] = []
    this.#rows.set(peer, empty)
    return empty
  }

  #waiting(peer: ActorName): Row[] {
    const cursor = this.#acknowledged.get(peer)
    const list = this.#rows.get(peer) ?? []
    return cursor === undefined ? list : list.filter((row) => row.n > cursor)
  }
}

/** How many senders' cursors are kept in memory: asking the store for them would be a read for each message. */
const CURSORS_KEPT = 1_000

/** How far each sender's messages have been taken. */
export class Inbox implements Part {
  readonly #store: Store
  readonly #known = new Map<ActorName, number>()
  readonly #moved = new Map<ActorName, { cursor: number; at: number }>()

  constructor(store: Store) {
    this.#store = store
  }

  get isDirty(): boolean {
    return this.#moved.size > 0
  }

  /** The last row taken from `peer`. What lies below `base` was acknowledged, by this life or an earlier one. */
  cursor(peer: ActorName, base: number): number {
    const taken = this.#moved.get(peer)?.cursor ?? this.#known.get(peer) ?? this.#read(peer)
    return Math.max(taken, base - 1)
  }

  move(peer: ActorName, cursor: number, at: number): void {
    this.#moved.set(peer, { cursor, at })
  }

  /** Forgets senders that were silent for twice as long as a sender remembers its pair. */
  sweep(now: number): void {
    this.#store.exec('DELETE FROM inbox WHERE at < ?', now - 2 * FORGET_AFTER)
    this.#known.clear()
  }

  commit(): void {
    for (const [peer, { cursor, at }] of this.#moved) {
      this.#store.exec('INSERT OR REPLACE INTO inbox (peer, cursor, at) VALUES (?, ?, ?)', peer, cursor, at)
    }
  }

  rollback(): void {
    this.#moved.clear()
  }

  settled(): void {
    for (const [peer, { cursor }] of this.#moved) this.#keep(peer, cursor)
    this.#moved.clear()
  }

  #read(peer: ActorName): number {
    const row = this.#store.exec('SELECT cursor FROM inbox WHERE peer = ?', peer)[0]
    return this.#keep(peer, Number(row?.cursor ?? 0))
  }

  /** The ones that moved last stay. */
  #keep(peer: ActorName, cursor: number): number {
    this.#known.delete(peer)
    this.#known.set(peer, cursor)
    const [oldest] = this.#known.keys()
    if (this.#known.size > CURSORS_KEPT && oldest !== undefined) this.#known.delete(oldest)
    return cursor
  }
}

export function backoff(attempts: number): number {
  return Math.min(RETRY_MAX, RETRY_FIRST * 2 ** attempts)
}

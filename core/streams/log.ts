/**
 * The log of a conversation: entries that are numbered without gaps and never change, but that what one says can be taken
 * away. `seq` counts all of them (the staff stream), `pub` those that everybody may read (the public stream). An entry is its
 * own dedupe by (sender, command).
 */
import type { Fresh, Tables } from '../engine/parts.ts'
import type { SqlValue, Store } from '../engine/ports.ts'

/** An entry: who sent it under which command id, and what it says. `B` is plain JSON. */
export interface Entry<B extends object> {
  readonly seq: number
  readonly pub: number | null
  readonly sender: string
  readonly command: string
  readonly body: B
}

/** Where an entry stands in the two streams. */
type Place = Pick<Entry<object>, 'seq' | 'pub'>

export class Log<B extends object> {
  readonly #store: Store
  /** By sender and command: of every sender who was asked for in this life. A look into the store would cost each message. */
  readonly #places = new Map<string, Map<string, Place>>()
  readonly #fresh: Fresh<Entry<B>>
  readonly #cleared: Fresh<number>
  readonly #replaced: Fresh<Pick<Entry<B>, 'seq' | 'body'>>
  #head: number
  #publicHead: number

  constructor(tables: Tables) {
    this.#store = tables.store
    this.#head = this.#newest('seq')
    this.#publicHead = this.#newest('pub')
    // Before what is new: an entry that is added when the others go stays.
    this.#cleared = tables.fresh(
      (upTo) => ['DELETE FROM entries WHERE seq <= ?', upTo],
      () => {},
    )
    this.#replaced = tables.fresh(
      ({ seq, body }) => ['UPDATE entries SET body = ? WHERE seq = ?', JSON.stringify(body), seq],
      () => {},
    )
    this.#fresh = tables.fresh(
      ({ seq, pub, sender, command, body }) => {
        const insert = 'INSERT INTO entries (seq, pub, sender, command, body) VALUES (?, ?, ?, ?, ?)'
        return [insert, seq, pub, sender, command, JSON.stringify(body)]
      },
      ({ pub, sender, command }) => {
        this.#head -= 1
        if (pub !== null) this.#publicHead -= 1
        this.#places.get(sender)?.delete(command)
      },
    )
  }

  /** Number of the newest entry; 0 before the first. */
  get head(): number {
    return this.#head
  }

  /** Number of the newest public entry in the public stream. */
  get publicHead(): number {
    return this.#publicHead
  }

  /** Entries of this turn, not yet announced. */
  get fresh(): readonly Entry<B>[] {
    return this.#fresh.items
  }

  append(entry: { sender: string; command: string; public: boolean; body: B }): Entry<B> {
    const { sender, command, body } = entry
    this.#head += 1
    if (entry.public) this.#publicHead += 1
    const added = { seq: this.#head, pub: entry.public ? this.#publicHead : null, sender, command, body }
    this.#fresh.add(added)
    this.#places.get(sender)?.set(command, placeOf(added))
    return added
  }

  /** Forgets all entries up to `seq`; the numbers go on. At least one entry must follow, or they would begin anew. */
  clear(seq: number): void {
    this.#cleared.add(seq)
    this.#places.clear()
  }

  /** Puts another body into a stored entry; number and sender stay, and so does the command that made it. */
  replace(seq: number, body: B): void {
    this.#replaced.add({ seq, body })
  }

  /** The stored entry of this number. */
  at(seq: number): Entry<B> | undefined {
    return this.#select('seq = ?', seq)[0]
  }

  /** The place of the entry that this command made before, if it did. */
  find(sender: string, command: string): Place | undefined {
    return (this.#places.get(sender) ?? this.#read(sender)).get(command)
  }

  /** Stored entries after `seq`, oldest first, at most `limit`. */
  after(seq: number, limit: number): Entry<B>[] {
    return this.#select('seq > ? ORDER BY seq LIMIT ?', seq, limit)
  }

  /** Stored public entries after `pub`. An entry's public number never exceeds its seq, so the primary key narrows it. */
  publicAfter(pub: number, limit: number): Entry<B>[] {
    return this.#select('seq > ? AND pub > ? ORDER BY seq LIMIT ?', pub, pub, limit)
  }

  /** The last `limit` stored entries before `seq`, oldest first. */
  before(seq: number, limit: number): Entry<B>[] {
    return this.#select('seq < ? ORDER BY seq DESC LIMIT ?', seq, limit).reverse()
  }

  publicBefore(pub: number, limit: number): Entry<B>[] {
    return this.#select('pub < ? ORDER BY seq DESC LIMIT ?', pub, limit).reverse()
  }

  #read(sender: string): Map<string, Place> {
    const places = new Map<string, Place>()
    // What this turn clears is still stored.
    const cleared = this.#cleared.items.at(-1) ?? 0
    const sql = 'SELECT command, seq, pub FROM entries WHERE sender = ? AND seq > ?'
    for (const row of this.#store.exec(sql, sender, cleared))
      places.set(String(row.command), { seq: Number(row.seq), pub: row.pub === null ? null : Number(row.pub) })
    for (const entry of this.fresh) if (entry.sender === sender) places.set(entry.command, placeOf(entry))
    this.#places.set(sender, places)
    return places
  }

  #newest(column: 'seq' | 'pub'): number {
    const sql = `SELECT ${column} AS n FROM entries WHERE ${column} IS NOT NULL ORDER BY seq DESC LIMIT 1`
    return Number(this.#store.exec(sql)[0]?.n ?? 0)
  }

  #select(which: string, ...params: SqlValue[]): Entry<B>[] {
    return this.#store.exec(`SELECT * FROM entries WHERE ${which}`, ...params).map((row) => ({
      seq: Number(row.seq),
      pub: row.pub === null ? null : Number(row.pub),
      sender: String(row.sender),
      command: String(row.command),
      body: JSON.parse(String(row.body)),
    }))
  }
}

const placeOf = ({ seq, pub }: Place): Place => ({ seq, pub })

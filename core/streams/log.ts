/**
 * The log of a conversation: entries that are numbered without gaps and never change. `seq` counts all of them (the staff
 * stream), `pub` those that everybody may read (the public stream). An entry is its own dedupe by (sender, command).
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

export class Log<B extends object> {
  readonly #store: Store
  readonly #fresh: Fresh<Entry<B>>
  readonly #cleared: Fresh<number>
  #head: number
  #publicHead: number

  constructor(tables: Tables) {
    this.#store = tables.store
    this.#head = this.before(Number.MAX_SAFE_INTEGER, 1)[0]?.seq ?? 0
    this.#publicHead = this.publicBefore(Number.MAX_SAFE_INTEGER, 1)[0]?.pub ?? 0
    // Before what is new: an entry that is added when the others go stays.
    this.#cleared = tables.fresh(
      (upTo) => ['DELETE FROM entries WHERE seq <= ?', upTo],
      () => {},
    )
    this.#fresh = tables.fresh(
      ({ seq, pub, sender, command, body }) => {
        const insert = 'INSERT INTO entries (seq, pub, sender, command, body) VALUES (?, ?, ?, ?, ?)'
        return [insert, seq, pub, sender, command, JSON.stringify(body)]
      },
      ({ pub }) => {
        this.#head -= 1
        if (pub !== null) this.#publicHead -= 1
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
    return added
  }

  /** Forgets all entries up to `seq`; the numbers go on. At least one entry must follow, or they would begin anew. */
  clear(seq: number): void {
    this.#cleared.add(seq)
  }

  /** The entry that this command made before, if it did. */
  find(sender: string, command: string): Entry<B> | undefined {
    const fresh = this.fresh.find((e) => e.sender === sender && e.command === command)
    return fresh ?? this.#select('sender = ? AND command = ?', sender, command)[0]
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

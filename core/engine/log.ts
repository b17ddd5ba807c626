/**
 * The log of a conversation: entries that are numbered without gaps and never change. `seq` counts all of them (the staff
 * stream), `pub` those that everybody may read (the public stream). An entry is its own dedupe by (sender, command).
 */
import type { Part } from './parts.ts'
import type { SqlRow, Store } from './ports.ts'

/** An entry: who sent it under which command id, and what it says. `B` is plain JSON. */
export interface Entry<B extends object> {
  readonly seq: number
  readonly pub: number | null
  readonly sender: string
  readonly command: string
  readonly body: B
}

export class Log<B extends object> implements Part {
  readonly #store: Store
  #head: number
  #publicHead: number
  #fresh: Entry<B>[] = []

  constructor(store: Store) {
    this.#store = store
    this.#head = Number(store.exec('SELECT COALESCE(MAX(seq), 0) AS head FROM entries')[0]?.head ?? 0)
    const pub = store.exec('SELECT pub FROM entries WHERE pub IS NOT NULL ORDER BY seq DESC LIMIT 1')[0]
    this.#publicHead = Number(pub?.pub ?? 0)
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
    return this.#fresh
  }

  get isDirty(): boolean {
    return this.#fresh.length > 0
  }

  append(entry: { sender: string; command: string; public: boolean; body: B }): Entry<B> {
    this.#head += 1
    if (entry.public) this.#publicHead += 1
    const added = {
      seq: this.#head,
      pub: entry.public ? this.#publicHead : null,
      sender: entry.sender,
      command: entry.command,
      body: entry.body,
    }
    this.#fresh.push(added)
    return added
  }

  /** The entry that this command made before, if it did. */
  find(sender: string, command: string): Entry<B> | undefined {
    const fresh = this.#fresh.find((e) => e.sender === sender && e.command === command)
    if (fresh !== undefined) return fresh
    const row = this.#store.exec('SELECT * FROM entries WHERE sender = ? AND command = ?', sender, command)[0]
    return row === undefined ? undefined : this.#read(row)
  }

  /** Stored entries after `seq`, oldest first, at most `limit`. */
  after(seq: number, limit: number): Entry<B>[] {
    const rows = this.#store.exec('SELECT * FROM entries WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit)
    return rows.map((row) => this.#read(row))
  }

  /** Stored public entries after `pub`. An entry's public number never exceeds its seq, so the primary key narrows it. */
  publicAfter(pub: number, limit: number): Entry<B>[] {
    const rows = this.#store.exec(
      'SELECT * FROM entries WHERE seq > ? AND pub > ? ORDER BY seq LIMIT ?',
      pub,
      pub,
      limit,
    )
    return rows.map((row) => this.#read(row))
  }

  /** The last `limit` stored entries before `seq`, oldest first. */
  before(seq: number, limit: number): Entry<B>[] {
    const rows = this.#store.exec('SELECT * FROM entries WHERE seq < ? ORDER BY seq DESC LIMIT ?', seq, limit)
    return rows.map((row) => this.#read(row)).reverse()
  }

  publicBefore(pub: number, limit: number): Entry<B>[] {
    const rows = this.#store.exec('SELECT * FROM entries WHERE pub < ? ORDER BY seq DESC LIMIT ?', pub, limit)
    return rows.map((row) => this.#read(row)).reverse()
  }

  commit(): void {
    for (const e of this.#fresh) {
      const body = JSON.stringify(e.body)
      this.#store.exec(
        'INSERT INTO entries (seq, pub, sender, command, body) VALUES (?, ?, ?, ?, ?)',
        e.seq,
        e.pub,
        e.sender,
        e.command,
        body,
      )
    }
  }

  rollback(): void {
    this.#head -= this.#fresh.length
    this.#publicHead -= this.#fresh.filter((e) => e.pub !== null).length
    this.#fresh = []
  }

  settled(): void {
    this.#fresh = []
  }

  #read(row: SqlRow): Entry<B> {
    return {
      seq: Number(row.seq),
      pub: row.pub === null ? null : Number(row.pub),
      sender: String(row.sender),
      command: String(row.command),
      body: JSON.parse(String(row.body)),
    }
  }
}

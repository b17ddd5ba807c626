/** Numbered migrations of an actor's own storage: each runs once, in order, in one transaction with its number. */
import type { Clock, SqlRow, SqlValue, Statement, Store } from './ports.ts'

export interface Migration {
  /** 1, 2, 3 … within its owner; never reused, never edited once released. */
  readonly number: number
  readonly up: (store: Store) => void
}

const engine: readonly Migration[] = [
  {
    number: 1,
    up(store) {
      for (const statement of [
        'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
        'CREATE TABLE state (tab TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (tab, key)) WITHOUT ROWID',
        `CREATE TABLE entries (seq INTEGER PRIMARY KEY, pub INTEGER, sender TEXT NOT NULL, command TEXT NOT NULL,
          body TEXT NOT NULL)`,
        'CREATE UNIQUE INDEX entries_command ON entries (sender, command)',
        'CREATE TABLE outbox (peer TEXT, n INTEGER, body TEXT NOT NULL, PRIMARY KEY (peer, n)) WITHOUT ROWID',
        'CREATE TABLE inbox (peer TEXT PRIMARY KEY, cursor INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID',
        `CREATE TABLE commands (sender TEXT, id TEXT, answer TEXT NOT NULL, at INTEGER NOT NULL,
          PRIMARY KEY (sender, id)) WITHOUT ROWID`,
      ]) {
        store.exec(statement)
      }
    },
  },
  {
    // Every message wrote a row of it and a page; the log reads a sender's entries once in a life, and knows them from then on.
    number: 2,
    up: (store) => void store.exec('DROP INDEX entries_command'),
  },
]

/**
 * The storage, brought up to date, and its epoch. One that nothing was ever written to stays so until something is: who only
 * asks an actor that was never begun leaves nothing behind. A storage from a newer build is refused: an old program must not
 * write into it.
 */
export function openStorage(
  store: Store,
  clock: Clock,
  own: readonly Migration[],
): { readonly store: Store; readonly epoch: string } {
  const epoch = clock.newId()
  if (!isBlank(store)) return { store, epoch: migrate(store, epoch, own) }
  const atOnce = (work: () => void) => work()
  return { store: new BlankStore(store, () => void migrate(store, epoch, own, atOnce)), epoch }
}

/** Makes what tables are missing, each step all or nothing. The epoch, which is `epoch` if there was none. */
export function migrate(
  store: Store,
  epoch: string,
  own: readonly Migration[],
  wholly: (step: () => void) => void = (step) => store.transaction(step),
): string {
  store.exec(
    'CREATE TABLE IF NOT EXISTS migrations (owner TEXT, number INTEGER, PRIMARY KEY (owner, number)) WITHOUT ROWID',
  )
  run(store, 'engine', engine, wholly)
  run(store, 'model', own, wholly)
  store.exec("INSERT OR IGNORE INTO meta (key, value) VALUES ('epoch', ?)", epoch)
  return String(store.exec("SELECT value FROM meta WHERE key = 'epoch'")[0]?.value)
}

const isBlank = (store: Store): boolean =>
  store.exec("SELECT 1 AS yes FROM sqlite_master WHERE type = 'table' AND name = 'migrations'").length === 0

/** No row in any table. The tables come with the first that is written, in its transaction. */
class BlankStore implements Store {
  readonly #store: Store
  readonly #makeTables: () => void
  #isBlank = true

  constructor(store: Store, makeTables: () => void) {
    this.#store = store
    this.#makeTables = makeTables
  }

  exec(sql: string, ...params: SqlValue[]): SqlRow[] {
    if (!this.#isBlank) return this.#store.exec(sql, ...params)
    return /^\s*SELECT\b/i.test(sql) ? [] : this.transaction(() => this.#store.exec(sql, ...params))
  }

  transaction<T>(work: () => T): T {
    if (!this.#isBlank) return this.#store.transaction(work)
    try {
      return this.#store.transaction(() => {
        this.#makeTables()
        this.#isBlank = false
        return work()
      })
    } catch (error) {
      this.#isBlank = true
      throw error
    }
  }

  write(statements: readonly Statement[]): void {
    if (!this.#isBlank) return this.#store.write(statements)
    this.transaction(() => {
      for (const [sql, ...params] of statements) this.#store.exec(sql, ...params)
    })
  }
}

function run(store: Store, owner: string, list: readonly Migration[], wholly: (step: () => void) => void): void {
  const rows = store.exec('SELECT COALESCE(MAX(number), 0) AS done FROM migrations WHERE owner = ?', owner)
  const done = Number(rows[0]?.done ?? 0)
  const newest = list.reduce((max, m) => Math.max(max, m.number), 0)
  if (done > newest) throw new Error(`storage is at ${owner} migration ${done}, this build knows ${newest}`)
  for (const migration of list) {
    if (migration.number <= done) continue
    wholly(() => {
      migration.up(store)
      store.exec('INSERT INTO migrations (owner, number) VALUES (?, ?)', owner, migration.number)
    })
  }
}

/** Writes many rows into the file of a database that nobody serves: one transaction, without a journal. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

export class Loader {
  readonly #db: DatabaseSync
  readonly #inserts = new Map<string, StatementSync>()

  constructor(file: string) {
    this.#db = new DatabaseSync(file)
    this.run('pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -400000; begin')
  }

  run(sql: string): void {
    this.#db.exec(sql)
  }

  /** A row by the columns' names; what is no plain value becomes JSON, as in the consumer's statements. */
  insert(table: string, row: Readonly<Record<string, unknown>>): void {
    const columns = Object.keys(row)
    const marks = columns.map(() => '?').join(', ')
    const known = this.#inserts.get(table)
    const insert = known ?? this.#db.prepare(`insert into ${table} (${columns.join(', ')}) values (${marks})`)
    this.#inserts.set(table, insert)
    insert.run(...Object.values(row).map(stored))
  }

  end(): void {
    this.run('commit; pragma journal_mode = wal')
    this.#db.close()
  }
}

function stored(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value
  return JSON.stringify(value)
}

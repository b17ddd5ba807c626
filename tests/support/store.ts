/** The engine's Store over Node's own SQLite, in memory: the actors' storage in tests that run without workerd. */
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { SqlRow, SqlValue, Statement, Store } from '../../core/engine/ports.ts'

export class MemoryStore implements Store {
  readonly #db = new DatabaseSync(':memory:')
  readonly #statements = new Map<string, StatementSync>()
  /** Rows written since the last call of {@link takeWrites}. */
  #writes = 0

  exec(sql: string, ...params: SqlValue[]): SqlRow[] {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    if (!/^\s*(SELECT|WITH)/i.test(sql)) {
      this.#writes += Number(statement.run(...params).changes)
      return []
    }
    return statement.all(...params).map(toRow)
  }

  transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN')
    try {
      const answer = work()
      this.#db.exec('COMMIT')
      return answer
    } catch (error) {
      this.#db.exec('ROLLBACK')
      throw error
    }
  }

  write(statements: readonly Statement[]): void {
    this.transaction(() => {
      for (const [sql, ...params] of statements) this.exec(sql, ...params)
    })
  }

  takeWrites(): number {
    const writes = this.#writes
    this.#writes = 0
    return writes
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }
}

function toRow(raw: Record<string, unknown>): SqlRow {
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, toValue(value)]))
}

function toValue(value: unknown): SqlValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new TypeError(`a value that no actor stores: ${String(value)}`)
}

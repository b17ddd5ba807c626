/** The Store port over an actor's own SQLite. */
import type { SqlRow, SqlValue, Statement, Store } from '../../core/engine/ports.ts'

export function bindStore(storage: DurableObjectStorage): Store {
  function exec(sql: string, ...params: SqlValue[]): SqlRow[] {
    return storage.sql.exec<SqlRow>(sql, ...params).toArray()
  }

  function transaction<T>(work: () => T): T {
    return storage.transactionSync(() => {
      const result = work()
      // The platform would take an async callback and end the transaction at its first await.
      if (result instanceof Promise) throw new TypeError('a transaction must not wait')
      return result
    })
  }

  function writeEach(statements: readonly Statement[]): void {
    // What only writes has run to its end when `exec` returns.
    for (const [sql, ...params] of statements) storage.sql.exec(sql, ...params)
  }

  return {
    exec,
    transaction,
    write(statements) {
      // One statement, as most messages are, is all or nothing by itself: a savepoint around it would cost as much again.
      if (statements.length === 1) writeEach(statements)
      else transaction(() => writeEach(statements))
    },
  }
}

/** The Store port over an actor's own SQLite. */
import type { SqlRow, SqlValue, Store } from '../../core/engine/ports.ts'

export function bindStore(storage: DurableObjectStorage): Store {
  return {
    exec(sql: string, ...params: SqlValue[]): SqlRow[] {
      return storage.sql.exec<SqlRow>(sql, ...params).toArray()
    },
    transaction<T>(work: () => T): T {
      return storage.transactionSync(() => {
        const result = work()
        // The platform would take an async callback and end the transaction at its first await.
        if (result instanceof Promise) throw new TypeError('a transaction must not wait')
        return result
      })
    },
  }
}

/** What statements read: how the database means to find their rows, and how many rows it then looks at. */

export interface Asked {
  readonly sql: string
  readonly values: readonly unknown[]
}

/** A database that notes what it is asked. */
export function noting(db: D1Database, asked: Asked[]): D1Database {
  return new Proxy(db, {
    get(target, key) {
      if (key === 'prepare') return (sql: string) => notingValues(target.prepare(sql), sql, asked)
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function notingValues(statement: D1PreparedStatement, sql: string, asked: Asked[]): D1PreparedStatement {
  return new Proxy(statement, {
    get(target, key) {
      if (key === 'bind') {
        return (...values: unknown[]) => {
          asked.push({ sql, values })
          return target.bind(...values)
        }
      }
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** The steps of these statements that read a whole table, or sort what they have read. */
export async function slowSteps(db: D1Database, asked: readonly Asked[]): Promise<string[]> {
  const { results: tables } = await db
    .prepare("select name from sqlite_master where type = 'table'")
    .all<{ name: string }>()
  const names = new Set(tables.map(({ name }) => name))
  const found: string[] = []
  for (const { sql, values } of asked) {
    const { results } = await db
      .prepare(`explain query plan ${sql}`)
      .bind(...values)
      .all<{ detail: string }>()
    // The full-text index has no other step than SCAN; its plan says so in its name.
    const isSlow = (detail: string) =>
      (names.has(/^SCAN (?:\w+ AS )?(\w+)(?! VIRTUAL)/.exec(detail)?.[1] ?? '') && !/VIRTUAL TABLE/.test(detail)) ||
      /^SCAN lead\b/.test(detail) ||
      /TEMP B-TREE FOR (?!DISTINCT)/.test(detail)
    found.push(...results.map(({ detail }) => detail).filter(isSlow))
  }
  return found
}

/** How many rows these statements look at. */
export async function rowsRead(db: D1Database, asked: readonly Asked[]): Promise<number> {
  let rows = 0
  for (const { sql, values } of asked) {
    const { meta } = await db
      .prepare(sql)
      .bind(...values)
      .all()
    rows += meta.rows_read
  }
  return rows
}

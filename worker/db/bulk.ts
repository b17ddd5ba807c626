/** Many rows in few statements: D1 takes a hundred bound values a statement, but long ones. */

/** How many characters of rows one statement takes; a bound value may have 2 MB. */
const mostChars = 1_000_000

/**
 * Rows travel as one JSON text and are taken apart in SQL: one bound value, however many rows. `?` per column would end
 * at a hundred values, which is nine conversations. All rows have the columns of the first; `ending` says
 * what to do about those that are there, `where` which rows count at all.
 */
export function insertRows(
  db: D1Database,
  table: string,
  rows: readonly object[],
  ending: (columns: string[]) => string = () => '',
  where = 'true',
): D1PreparedStatement[] {
  const columns = Object.keys(rows[0] ?? {})
  const values = columns.map((column) => `value ->> '$.${column}'`).join(', ')
  const sql = `insert into ${table} (${columns.join(', ')}) select ${values} from json_each(?1) where ${where} ${ending(columns)}`
  return packed(rows, mostChars).map((pack) => db.prepare(sql).bind(JSON.stringify(pack)))
}

/** The items in groups, each of at most `chars` characters as JSON, if no single one has more. */
export function packed<T extends object>(items: readonly T[], chars: number): T[][] {
  const packs: T[][] = []
  let size = 0
  for (const item of items) {
    const length = JSON.stringify(item).length
    const open = packs.at(-1)
    if (open === undefined || size + length > chars) {
      packs.push([item])
      size = length
    } else {
      open.push(item)
      size += length
    }
  }
  return packs
}

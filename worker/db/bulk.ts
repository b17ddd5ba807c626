/** Many rows in few statements: D1 takes a hundred bound values a statement, but long ones. */

/** How many characters of rows one statement takes; a bound value may have 2 MB. */
export const mostChars = 1_000_000

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
  return packed(rows, mostChars).map((pack) => db.prepare(sql).bind(pack))
}

/** The items as JSON arrays, each of at most `chars` characters, if no single item has more. */
export function packed(items: readonly object[], chars: number): string[] {
  const packs: string[][] = []
  let size = 0
  for (const item of items) {
    const json = JSON.stringify(item)
    const open = packs.at(-1)
    if (open === undefined || size + json.length > chars) {
      packs.push([json])
      size = json.length
    } else {
      open.push(json)
      size += json.length
    }
  }
  return packs.map((pack) => `[${pack.join(',')}]`)
}

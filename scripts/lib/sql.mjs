// SQL with its values in place: wrangler takes statements, and binds nothing.

/** A statement; whatever stands in `${}` becomes a literal, so no name or text can become SQL. */
export const sql = (parts, ...values) => String.raw({ raw: parts }, ...values.map(literal))

/** A value as SQLite reads it back. */
export function literal(value) {
  if (value === null) return 'NULL'
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string') throw new TypeError(`not a value for SQL: ${String(value)}`)
  // What ends a C string, or what wrangler may take for its own line ends, goes as bytes.
  if (/\p{Cc}/u.test(value)) return `CAST(X'${Buffer.from(value).toString('hex')}' AS TEXT)`
  return `'${value.replaceAll("'", "''")}'`
}

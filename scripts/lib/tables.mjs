// The tables of D1 that a backup keeps, read and written by statements: many in one call, since each call takes seconds.
import { getTableColumns, getTableName, isTable } from 'drizzle-orm'
import * as schema from '../../worker/db/schema/all.ts'
import { leftOut } from './backup.mjs'
import { sql } from './sql.mjs'

/** How many rows one statement reads, and how many characters one writes. */
const rowsAtOnce = 500
const mostChars = 60_000

const name = (text) => `"${text.replaceAll('"', '""')}"`

/** The owned tables with their columns: those of an organisation, but for what is left out. */
export const ownedTables = Object.values(schema)
  .filter((table) => isTable(table))
  .map((table) => ({
    name: getTableName(table),
    columns: Object.values(getTableColumns(table)).map((column) => column.name),
  }))
  .filter((table) => !leftOut.includes(table.name))
  .filter(({ name: tab, columns }) => tab === 'organisations' || columns.includes('org_id'))

/**
 * The rows of an organisation, in pages of `{ table, rows }`. Nothing in a dry run.
 * @param {(statements: string[]) => Promise<Record<string, any>[][] | undefined>} ask
 */
export async function* rowsOf(ask, org) {
  let left = ownedTables.map((table) => ({ table, after: 0 }))
  while (left.length > 0) {
    const pages = await ask(left.map(({ table, after }) => pageOf(table, org, after)))
    if (pages === undefined) return
    const next = []
    for (const [n, { table }] of left.entries()) {
      const rows = pages[n] ?? []
      yield { table: table.name, rows: rows.map(({ '#': _place, ...row }) => row) }
      if (rows.length === rowsAtOnce) next.push({ table, after: rows.at(-1)['#'] })
    }
    left = next
  }
}

function pageOf({ name: tab, columns }, org, after) {
  const owner = tab === 'organisations' ? 'id' : 'org_id'
  const what = `SELECT rowid AS "#", ${columns.map(name).join(', ')} FROM ${name(tab)}`
  return `${what} WHERE ${name(owner)} = ${sql`${org}`} AND rowid > ${after} ORDER BY rowid LIMIT ${rowsAtOnce}`
}

/** Inserts for these rows; what is there already stays. Columns that this installation does not know are left out. */
export function* statementsFor({ name: tab, columns }, rows) {
  const values = columns.map((column) => `value ->> ${sql`${`$.${column}`}`}`).join(', ')
  const insert = `INSERT OR IGNORE INTO ${name(tab)} (${columns.map(name).join(', ')}) SELECT ${values} FROM json_each(`
  for (const pack of packed(rows)) yield `${insert}${sql`${JSON.stringify(pack)}`})`
}

/** In groups of so many characters. */
export function packed(items) {
  const packs = []
  let size = mostChars
  for (const item of items) {
    const { length } = JSON.stringify(item)
    size += length
    if (size > mostChars) {
      packs.push([])
      size = length
    }
    packs.at(-1).push(item)
  }
  return packs
}

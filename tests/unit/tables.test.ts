/** That nobody adds a table without saying what a rebuild and a backup do with it. */
import { getTableName, isTable } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { ownedTables } from '../../scripts/lib/tables.mjs'
import * as schema from '../../worker/db/schema/all.ts'
import { owned, passing, projected } from '../../worker/db/tables.ts'

it('BA1, RC3: every table is projected, passing or owned, and one of these only', () => {
  const tables = Object.values(schema).filter((table) => isTable(table))
  expect([...projected, ...passing, ...owned].sort()).toEqual(tables.map((table) => getTableName(table)).sort())
  expect(ownedTables.map(({ name }) => name).sort()).toEqual([...owned].sort())
})

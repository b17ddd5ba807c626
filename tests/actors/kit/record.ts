/** The projection of an organisation as it stands: every column of every row. */
import { vi } from 'vitest'
import { projected } from '../../../worker/db/tables.ts'
import { env } from '../env.ts'

export type Row = Readonly<Record<string, string | number | null>>
/** Every column of every row of an organisation, by table; without what a rebuild does not promise: the order. */
export async function dump(org: string): Promise<Record<string, Row[]>> {
  const tables: Record<string, Row[]> = {}
  for (const table of projected) {
    const { results } = await env.DB.prepare(`select * from ${table} where org_id = ?`).bind(org).all<Row>()
    tables[table] = results.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  return tables
}

/** Whatever the day left is told: waits until a dump is the same twice, and holds what is expected. */
export async function settled(org: string, expected: (tables: Record<string, Row[]>) => boolean) {
  let before = ''
  const tables = await vi.waitUntil(
    async () => {
      const now = await dump(org)
      const text = JSON.stringify(now)
      const isStill = text === before && expected(now)
      before = text
      return isStill ? now : undefined
    },
    { timeout: 14_000, interval: 300 },
  )
  return tables ?? {}
}

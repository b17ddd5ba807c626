/**
 * What of an actor's storage a backup keeps: the rows that its model calls lasting, and its entries. What is under way
 * between actors, their numbers and deadlines, is not kept: see docs/decisions/restore.md.
 */
import * as z from 'zod/mini'
import type { SqlRow, Store } from './ports.ts'

const count = z.int().check(z.nonnegative())

/** A page of it, as it is stored. `storage` names the migrations that have shaped it; `next` is where the next page begins. */
export const KeptPage = z.object({
  storage: z.string(),
  rows: z.array(z.object({ tab: z.string(), key: z.string(), body: z.string() })),
  entries: z.array(
    z.object({ seq: count, pub: z.nullable(count), sender: z.string(), command: z.string(), body: z.string() }),
  ),
  next: z.nullable(z.string()),
})
export type KeptPage = z.infer<typeof KeptPage>

/** In characters; a single row or entry may be longer. */
const PAGE = 400_000
const CHUNK = 200

/** What comes after `cursor`: the rows first, then the entries; '' for the beginning. */
export function takePage(store: Store, lasting: readonly string[], cursor: string): KeptPage {
  const page: KeptPage = { storage: storageOf(store), rows: [], entries: [], next: null }
  const fits = bounded()
  if (!cursor.startsWith('#')) {
    const [tab = '', key = ''] = cursor.split('\n')
    const sql = 'SELECT tab, key, body FROM state WHERE (tab, key) > (?, ?) ORDER BY tab, key'
    for (const row of store.exec(sql, tab, key)) {
      if (!lasting.includes(String(row.tab))) continue
      const last = page.rows.at(-1)
      if (!fits(row) && last !== undefined) return { ...page, next: `${last.tab}\n${last.key}` }
      page.rows.push({ tab: String(row.tab), key: String(row.key), body: String(row.body) })
    }
  }
  let after = cursor.startsWith('#') ? Number(cursor.slice(1)) : 0
  for (;;) {
    const chunk = store.exec('SELECT * FROM entries WHERE seq > ? ORDER BY seq LIMIT ?', after, CHUNK)
    for (const row of chunk) {
      if (!fits(row) && page.rows.length + page.entries.length > 0) return { ...page, next: `#${after}` }
      page.entries.push(entryOf(row))
      after = Number(row.seq)
    }
    if (chunk.length < CHUNK) return page
  }
}

/** Whether there is nothing that a restore would overwrite, or only what an earlier try of it has left. */
export function mayRestore(store: Store, lasting: readonly string[]): boolean {
  if (store.exec("SELECT 1 AS yes FROM meta WHERE key = 'restoring'").length > 0) return true
  const tabs = store.exec('SELECT DISTINCT tab FROM state').map((row) => String(row.tab))
  const entries = store.exec('SELECT 1 AS yes FROM entries LIMIT 1')
  return entries.length === 0 && !tabs.some((tab) => lasting.includes(tab))
}

/** Stores a page. Until the last one is stored, the actor counts as being restored. */
export function putPage(store: Store, page: KeptPage): void {
  store.transaction(() => {
    if (page.next === null) store.exec("DELETE FROM meta WHERE key = 'restoring'")
    else store.exec("INSERT OR REPLACE INTO meta (key, value) VALUES ('restoring', 'yes')")
    for (const { tab, key, body } of page.rows)
      store.exec('INSERT OR REPLACE INTO state (tab, key, body) VALUES (?, ?, ?)', tab, key, body)
    const insert = 'INSERT OR REPLACE INTO entries (seq, pub, sender, command, body) VALUES (?, ?, ?, ?, ?)'
    for (const { seq, pub, sender, command, body } of page.entries) store.exec(insert, seq, pub, sender, command, body)
  })
}

/** Which migrations have shaped the storage: what another program wrote must not be taken for one's own. */
export function storageOf(store: Store): string {
  const rows = store.exec('SELECT owner, MAX(number) AS number FROM migrations GROUP BY owner ORDER BY owner')
  return rows.map(({ owner, number }) => `${owner} ${number}`).join(', ')
}

/** Says of one thing after another whether it still fits. */
function bounded(): (row: SqlRow) => boolean {
  let size = 0
  return (row) => {
    size += String(row.body).length
    return size <= PAGE
  }
}

const entryOf = ({ seq, pub, sender, command, body }: SqlRow) => ({
  seq: Number(seq),
  pub: pub == null ? null : Number(pub),
  sender: String(sender),
  command: String(command),
  body: String(body),
})

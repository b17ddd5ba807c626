/** Work of the edge that keeps failing: errands and erasures, under names that stand among those of actors. */
import type { Database } from './client.ts'
import type { Page } from './conversations.ts'
import { type Errand, errandOf } from './errands.ts'
import { type ErasureRow, erasureOf } from './persons.ts'

export interface Failing {
  readonly name: string
  readonly kind: string
  readonly attempts: number
  readonly error: string
  /** Since when, in ms. */
  readonly since: number
}

/** What has failed ten times or more, by name. */
export async function listFailing(db: D1Database, org: string, { limit, after = '' }: Page): Promise<Failing[]> {
  // The bound is written out, so that the partial index serves it.
  const sql =
    'select name, kind, attempts, error, since from (' +
    "select org_id || '/errand/' || conversation_id || ':' || kind as name, kind, attempts, error, since from errands " +
    'where org_id = ?1 and attempts >= 10 union all ' +
    "select org_id || '/erasure/' || customer_id, 'erasure', attempts, error, since from erasures " +
    'where org_id = ?1 and done_at is null and attempts >= 10) where name > ?2 order by name limit ?3'
  return (await db.prepare(sql).bind(org, after, limit).all<Failing>()).results
}

export type Unfinished =
  | { readonly kind: 'errand'; readonly errand: Errand }
  | { readonly kind: 'erasure'; readonly row: ErasureRow }

/** What such a name of the organisation stands for, if it is still to be done; undefined for names of actors too. */
export async function unfinishedNamed(db: Database, org: string, name: string): Promise<Unfinished | undefined> {
  const [owner, what, id = ''] = name.split('/')
  if (owner !== org) return undefined
  if (what === 'erasure') {
    const row = await erasureOf(db, org, id)
    return row === undefined || row.doneAt !== null ? undefined : { kind: 'erasure', row }
  }
  const [conversationId = '', kindNamed] = id.split(':')
  const kind = what === 'errand' ? kinds.find((known) => known === kindNamed) : undefined
  const errand = kind && (await errandOf(db, { orgId: org, conversationId, kind }))
  return errand && { kind: 'errand', errand }
}

const kinds = ['transcript', 'clear', 'purge', 'remove'] as const satisfies readonly Errand['kind'][]

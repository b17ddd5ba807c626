/** API keys in D1, which owns them; each change in one batch with its act in the audit. */
import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { Act } from '../../core/protocol/administration.ts'
import { insertActIfDone } from './audit.ts'
import type { Database } from './client.ts'
import { apiKeys } from './schema/staff.ts'

export type KeyRow = typeof apiKeys.$inferSelect

/** The key with this hash, unless it is revoked or has run out. */
export async function keyByHash(db: Database, org: string, hash: string, now: number): Promise<KeyRow | undefined> {
  const isGood = and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)))
  const [row] = await db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.orgId, org), eq(apiKeys.hash, hash), isGood))
    .limit(1)
  return row
}

/** Notes that a key was used. */
export async function noteUse(db: Database, org: string, id: string, usedAt: number): Promise<void> {
  await db.update(apiKeys).set({ usedAt }).where(isKey(org, id))
}

/** By id, after the id `after`. */
export async function listKeyRows(db: Database, org: string, after: string, limit: number): Promise<KeyRow[]> {
  return db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.orgId, org), gt(apiKeys.id, after)))
    .orderBy(apiKeys.id)
    .limit(limit)
}

/** Adds a key. */
export async function addKey(db: Database, row: KeyRow, act: Act): Promise<void> {
  await db.batch([db.insert(apiKeys).values(row), insertActIfDone(db, row.orgId, act)])
}

/** Whether there is such a key. It is good for nothing from now on; a key that was revoked before stays as it is. */
export async function endKey(db: Database, org: string, id: string, now: number, act: Act): Promise<boolean> {
  const [, , found] = await db.batch([
    db
      .update(apiKeys)
      .set({ revokedAt: now })
      .where(and(isKey(org, id), isNull(apiKeys.revokedAt))),
    insertActIfDone(db, org, act),
    db.select({ id: apiKeys.id }).from(apiKeys).where(isKey(org, id)),
  ])
  return found.length > 0
}

/** The names of these keys, 90 at most, by id. */
export async function keyNames(db: Database, org: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: apiKeys.id, name: apiKeys.name })
    .from(apiKeys)
    .where(and(eq(apiKeys.orgId, org), inArray(apiKeys.id, [...ids])))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const isKey = (org: string, id: string) => and(eq(apiKeys.orgId, org), eq(apiKeys.id, id))

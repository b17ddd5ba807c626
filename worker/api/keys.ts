/** API keys of partners: listed, made, revoked. */
import type * as z from 'zod/mini'
import type { ApiKey, KeyList, KeyQuery, KeyWithSecret, NewKey } from '../../core/protocol/administration.ts'
import { ok, refuse } from '../../core/result.ts'
import { actOf } from '../audit.ts'
import { makeKey } from '../auth/api-keys.ts'
import { addKey, endKey, type KeyRow, listKeyRows } from '../db/keys.ts'
import type { Answer, GuardedCall } from './route.ts'

export async function listKeys(
  call: GuardedCall,
  { limit, after = '' }: z.output<typeof KeyQuery>,
): Answer<z.infer<typeof KeyList>> {
  const rows = await listKeyRows(call.db, call.org, after, limit + 1)
  const shown = rows.slice(0, limit)
  return ok({ items: shown.map(shownOf), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null })
}

export async function createKey(
  call: GuardedCall,
  { name, scopes, ...more }: z.output<typeof NewKey>,
): Answer<z.infer<typeof KeyWithSecret>> {
  const { db, org, now, by } = call
  const { expiresAt = null } = more
  if (expiresAt !== null && expiresAt <= now) return refuse('bad_input', 'must be to come', { field: 'expiresAt' })
  const { key, ...made } = await makeKey(org, now)
  const given = { name, scopes: [...new Set(scopes)], expiresAt }
  const row = { orgId: org, ...made, ...given, createdBy: by.id, createdAt: now, usedAt: null, revokedAt: null }
  await addKey(db, row, actOf(call, 'key.create', { kind: 'key', id: made.id }, null, given))
  return ok({ key: shownOf(row), secret: key })
}

export async function revokeKey(call: GuardedCall): Answer<undefined> {
  const id = call.param('id')
  const act = actOf(call, 'key.revoke', { kind: 'key', id }, null, null)
  const isThere = await endKey(call.db, call.org, id, call.now, act)
  return isThere ? ok(undefined) : refuse('not_found', 'There is no such key.')
}

/** A key as it is shown: neither its secret nor that one's hash. */
const shownOf = ({ orgId: _org, hash: _hash, scopes, ...row }: KeyRow): ApiKey => ({ ...row, scopes: [...scopes] })

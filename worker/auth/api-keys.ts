/** API keys of partners: `prl_<organisation>_<secret>`. The organisation leads, because rows are found by it. */
import { isKeyAction } from '../../core/protocol/permissions.ts'
import type { KeyPrincipal, Origin } from '../../core/protocol/principal.ts'
import { ulid } from '../../core/ulid.ts'
import type { Database } from '../db/client.ts'
import { keyByHash, noteUse } from '../db/keys.ts'
import { randomToken, sha256 } from './keys.ts'

/** A use is written down when the last one is this old, so that not every request writes. */
const noteAfterMs = 60_000
/** How many characters of the secret are shown to tell keys apart; 37 others stay. */
const shown = 6

/** A new key: what its owner gets, this once, and what is kept. */
export async function makeKey(org: string, now: number) {
  const secret = randomToken()
  // With a colon no member of staff can have this id.
  const id = `key:${ulid(now, crypto.getRandomValues(new Uint8Array(10)))}`
  return { id, key: `prl_${org}_${secret}`, start: `prl_${org}_${secret.slice(0, shown)}`, hash: await sha256(secret) }
}

/** Whether the request names a key, good or not: then it is that program's, and no browser's. */
export const hasKey = ({ headers }: Request) => /^Bearer prl_/i.test(headers.get('authorization') ?? '')

/** Whose request this is by its key; undefined when there is no such key, or it is over. */
export async function readKey(
  db: Database,
  request: Request,
  now: number,
  from: Origin,
): Promise<KeyPrincipal | undefined> {
  const authorization = request.headers.get('authorization') ?? ''
  const [, org, secret] = /^Bearer prl_([a-z0-9-]{1,63})_([A-Za-z0-9_-]{43})$/i.exec(authorization) ?? []
  if (org === undefined || secret === undefined) return undefined
  const row = await keyByHash(db, org, await sha256(secret), now)
  if (row === undefined) return undefined
  if ((row.usedAt ?? 0) <= now - noteAfterMs) await noteUse(db, org, row.id, now)
  // What an older version could give and this one cannot is not given.
  return { kind: 'key', org, id: row.id, name: row.name, scopes: row.scopes.filter(isKeyAction), from }
}

/** Sealed secrets: where they stand. What is in them, only the vault opens. */
import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Act } from '../../core/protocol/administration.ts'
import { currentKey, type Place, seal, unseal } from '../auth/vault.ts'
import type { Env } from '../env.ts'
import { insertAct, insertActIfDone } from './audit.ts'
import { type Database, database } from './client.ts'
import { secrets } from './schema/staff.ts'

/** Puts a secret in its place, in place of the one before; with the act that it was, if somebody is answerable. */
export async function putSecret(env: Env, db: Database, place: Place, secret: string, now: number, act?: Act) {
  const row = { sealed: await seal(env, place, secret), keyId: currentKey(env), setAt: now }
  const put = db
    .insert(secrets)
    .values({ orgId: place.org, name: place.name, ...row })
    .onConflictDoUpdate({ target: [secrets.orgId, secrets.name], set: row })
  await (act === undefined ? put : db.batch([put, insertAct(db, place.org, act)]))
}

/** The secret at this place; undefined when there is none. Only for where it is used: no answer ever holds one. */
export async function readSecret(env: Env, db: Database, place: Place): Promise<string | undefined> {
  const [row] = await db.select({ sealed: secrets.sealed }).from(secrets).where(at(place)).limit(1)
  return row === undefined ? undefined : unseal(env, place, row.sealed)
}

/** Takes a secret away. */
export async function deleteSecret(db: Database, place: Place): Promise<void> {
  await db.delete(secrets).where(at(place))
}

/** Takes a secret away by an act of somebody; whether there was one. */
export async function dropSecret(db: Database, place: Place, act: Act): Promise<boolean> {
  const [gone] = await db.batch([
    db.delete(secrets).where(at(place)).returning({ name: secrets.name }),
    insertActIfDone(db, place.org, act),
  ])
  return gone.length > 0
}

/** Which of these an organisation has, since when (ms), and under which key. */
export async function listSecrets(db: Database, org: string, names: readonly string[]) {
  return db
    .select({ name: secrets.name, setAt: secrets.setAt, key: secrets.keyId })
    .from(secrets)
    .where(and(eq(secrets.orgId, org), inArray(secrets.name, [...names])))
}

/** Seals anew, under the newest key, some of what an older one sealed; how many. */
export async function resealSome(env: Env): Promise<number> {
  const db = database(env.DB)
  if (!Object.keys(env).some((name) => name.startsWith('PARLEY_VAULT_'))) return 0
  const key = currentKey(env)
  const rows = await db.select().from(secrets).where(ne(secrets.keyId, key)).limit(50)
  for (const { orgId: org, name, sealed } of rows) {
    const place = { org, name }
    const again = { sealed: await seal(env, place, await unseal(env, place, sealed)), keyId: key }
    // Only what still stands as it was read: somebody may have set a new one meanwhile.
    await db
      .update(secrets)
      .set(again)
      .where(and(at(place), eq(secrets.sealed, sealed)))
  }
  return rows.length
}

const at = ({ org, name }: Place) => and(eq(secrets.orgId, org), eq(secrets.name, name))

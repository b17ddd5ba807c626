/** Sealed secrets: where they stand. What is in them, only the vault opens. */
import { and, eq, inArray, ne } from 'drizzle-orm'
import { currentKey, type Place, seal, unseal } from '../auth/vault.ts'
import type { Env } from '../env.ts'
import { type Database, database } from './client.ts'
import { secrets } from './schema/staff.ts'

/** Puts a secret in its place, in place of the one before. */
export async function putSecret(env: Env, db: Database, place: Place, secret: string, now: number): Promise<void> {
  const row = { sealed: await seal(env, place, secret), keyId: currentKey(env), setAt: now }
  await db
    .insert(secrets)
    .values({ orgId: place.org, name: place.name, ...row })
    .onConflictDoUpdate({ target: [secrets.orgId, secrets.name], set: row })
}

/** The secret at this place; undefined when there is none. Only for where it is used: no answer ever holds one. */
export async function readSecret(env: Env, db: Database, place: Place): Promise<string | undefined> {
  const [row] = await db.select({ sealed: secrets.sealed }).from(secrets).where(at(place)).limit(1)
  return row === undefined ? undefined : unseal(env, place, row.sealed)
}

/** Whether there was one. */
export async function deleteSecret(db: Database, place: Place): Promise<boolean> {
  const gone = await db.delete(secrets).where(at(place)).returning({ name: secrets.name })
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

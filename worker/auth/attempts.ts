/** A brake on guessing passwords: failures are counted in D1, where all isolates see them, before a password is checked. */
import { sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { signInAttempts } from '../db/schema.ts'
import { base64url, deriveKey, hmac } from './keys.ts'

const windowMs = 15 * 60_000
/** Per e-mail and address, and per address: an office shares one. */
const most = { pair: 10, address: 100 }

export interface Attempt {
  readonly pair: string
  readonly address: string
}

/** What an attempt is counted under: keyed hashes, so that the table tells nobody who tried. */
export async function attemptOf(secret: string, email: string, address: string): Promise<Attempt> {
  const key = await deriveKey(secret, 'attempts')
  return {
    pair: base64url(await hmac(key, `pair ${email} ${address}`)),
    address: base64url(await hmac(key, `address ${address}`)),
  }
}

/** Counts an attempt as failed until it succeeds; the seconds to wait when there were too many. */
export async function countAttempt(db: Database, attempt: Attempt, now: number): Promise<number | undefined> {
  const [pairs, addresses] = await db.batch([
    countOne(db, attempt.pair, now),
    countOne(db, attempt.address, now),
    db.delete(signInAttempts).where(sql`until < ${now}`),
  ])
  const [pair] = pairs
  const [address] = addresses
  const over = [
    pair && pair.failures > most.pair ? pair.until : 0,
    address && address.failures > most.address ? address.until : 0,
  ]
  const until = Math.max(...over)
  return until > now ? Math.ceil((until - now) / 1000) : undefined
}

/** Takes a successful attempt back. */
export async function forgiveAttempt(db: Database, attempt: Attempt): Promise<void> {
  await db.batch([
    db.delete(signInAttempts).where(sql`key = ${attempt.pair}`),
    db.update(signInAttempts).set({ failures: sql`failures - 1` }).where(sql`key = ${attempt.address}`),
  ])
}

/** The window begins with the first failure and is not moved by later ones: nobody can lock another one out for ever. */
const countOne = (db: Database, key: string, now: number) =>
  db
    .insert(signInAttempts)
    .values({ key, failures: 1, until: now + windowMs })
    .onConflictDoUpdate({
      target: signInAttempts.key,
      set: {
        failures: sql`case when until < ${now} then 1 else failures + 1 end`,
        until: sql`case when until < ${now} then ${now + windowMs} else until end`,
      },
    })
    .returning({ failures: signInAttempts.failures, until: signInAttempts.until })

/** Answers kept for requests that are sent again, see `worker/api/once.ts`. */
import { and, eq, isNull, lt } from 'drizzle-orm'
import type { Database } from './client.ts'
import { keptAnswers } from './schema/upkeep.ts'

export interface Claim {
  readonly org: string
  readonly key: string
  readonly request: string
  /** Until when this try is waited for. It is also how a try knows its own claim again. */
  readonly until: number
}

/** Claims a key for a request. Undefined when it is claimed now; otherwise what is there, its status null while under way. */
export async function claimKey(db: Database, { org, key, request, until }: Claim, now: number) {
  const [, claimed, found] = await db.batch([
    db.delete(keptAnswers).where(lt(keptAnswers.until, now)),
    db
      .insert(keptAnswers)
      .values({ orgId: org, key, request, until })
      .onConflictDoNothing()
      .returning({ key: keptAnswers.key }),
    db
      .select()
      .from(keptAnswers)
      .where(and(eq(keptAnswers.orgId, org), eq(keptAnswers.key, key))),
  ])
  return claimed.length > 0 ? undefined : found[0]
}

/** Keeps the answer to a claimed request. */
export async function keepAnswer(db: Database, claim: Claim, answer: { status: number; body: string; until: number }) {
  await db.update(keptAnswers).set(answer).where(isOwn(claim))
}

/** Gives a claim up: the request failed, and the same key may try again. */
export async function dropClaim(db: Database, claim: Claim) {
  await db.delete(keptAnswers).where(isOwn(claim))
}

/** A try that came back late must not touch the claim of the one that followed it. */
const isOwn = ({ org, key, until }: Claim) =>
  and(eq(keptAnswers.orgId, org), eq(keptAnswers.key, key), eq(keptAnswers.until, until), isNull(keptAnswers.status))

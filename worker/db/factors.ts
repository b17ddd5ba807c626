/** Second factors of the staff: whether one is on, which code was used last, which recovery codes are left. */
import { and, count, eq, isNotNull, lt } from 'drizzle-orm'
import type { Database } from './client.ts'
import { recoveryCodes, secondFactors } from './schema/staff.ts'

export interface Whose {
  readonly org: string
  readonly id: string
}

const factorOf = ({ org, id }: Whose) => and(eq(secondFactors.orgId, org), eq(secondFactors.staffId, id))
const codesOf = ({ org, id }: Whose) => and(eq(recoveryCodes.orgId, org), eq(recoveryCodes.staffId, id))

/** `confirmedAt` is null until the first code has shown that the app has the secret. */
export async function readFactor(db: Database, whose: Whose) {
  const [row] = await db.select().from(secondFactors).where(factorOf(whose)).limit(1)
  return row
}

/** Begins anew; what was begun before and never confirmed is forgotten. False when one is on. */
export async function beginFactor(db: Database, whose: Whose): Promise<boolean> {
  if ((await readFactor(db, whose))?.confirmedAt != null) return false
  await db.insert(secondFactors).values({ orgId: whose.org, staffId: whose.id }).onConflictDoNothing()
  return true
}

/** Turns it on, with these recovery codes in place of any before. */
export async function confirmFactor(db: Database, whose: Whose, hashes: readonly string[], now: number) {
  await db.batch([
    db.update(secondFactors).set({ confirmedAt: now }).where(factorOf(whose)),
    db.delete(recoveryCodes).where(codesOf(whose)),
    db.insert(recoveryCodes).values(hashes.map((hash) => ({ orgId: whose.org, staffId: whose.id, hash }))),
  ])
}

/** Uses up a step; false when it, or a later one, was used before. */
export async function useStep(db: Database, whose: Whose, step: number): Promise<boolean> {
  const taken = await db
    .update(secondFactors)
    .set({ usedStep: step })
    .where(and(factorOf(whose), lt(secondFactors.usedStep, step)))
    .returning({ step: secondFactors.usedStep })
  return taken.length > 0
}

/** Uses up a recovery code; false when there is no such one left. */
export async function useRecoveryCode(db: Database, whose: Whose, hash: string): Promise<boolean> {
  const taken = await db
    .delete(recoveryCodes)
    .where(and(codesOf(whose), eq(recoveryCodes.hash, hash)))
    .returning({ hash: recoveryCodes.hash })
  return taken.length > 0
}

/** How many recovery codes are left. */
export async function recoveryCodesLeft(db: Database, whose: Whose): Promise<number> {
  const [row] = await db.select({ left: count() }).from(recoveryCodes).where(codesOf(whose))
  return row?.left ?? 0
}

/** Turns it off. */
export async function deleteFactor(db: Database, whose: Whose): Promise<void> {
  await db.batch([db.delete(secondFactors).where(factorOf(whose)), db.delete(recoveryCodes).where(codesOf(whose))])
}

/** Whether a second factor is on. */
export async function hasFactor(db: Database, whose: Whose): Promise<boolean> {
  const rows = await db
    .select({ id: secondFactors.staffId })
    .from(secondFactors)
    .where(and(factorOf(whose), isNotNull(secondFactors.confirmedAt)))
  return rows.length > 0
}

/**
 * Erases a person everywhere: who they are, their threads, their conversations with all that hangs on them. Each step may
 * be done again; what was found is saved after each, so that whoever is cut off goes on where it was.
 */

import { describeError } from '../../core/describe-error.ts'
import { asId, type ConversationId, type OrgId } from '../../core/ids.ts'
import { Findings } from '../../core/protocol/api.ts'
import { conversationStub, threadStub } from '../actors.ts'
import { threadKinds, threadOf } from '../channels/chat/thread.ts'
import { type Database, database } from '../db/client.ts'
import {
  conversationsOf,
  countEntries,
  customerById,
  dropConversation,
  dropCustomer,
  dropIdentifiers,
  type ErasureRow,
  erasureFailed,
  identifiersOf,
  openErasures,
  saveErasure,
} from '../db/persons.ts'
import { writeRecords } from '../db/projection.ts'
import type { Env } from '../env.ts'
import { log } from '../log.ts'
import { clearConversation } from './clear.ts'

/** How many conversations one run takes on. */
const share = 25
/** How long the platform can bring back an earlier state: D1 Time Travel, and that of Durable Objects' storage. In ms. */
export const copiesMs = 30 * 86_400_000
/** Where these copies are. */
export const copies = [
  'D1 Time Travel of the record',
  'D1 Time Travel of the search index',
  "the actors' point-in-time recovery",
]

/** A share of every erasure that is not done; how many went on. One that fails keeps no other from going on. */
export async function runErasures(env: Env, now: number): Promise<number> {
  let done = 0
  for (const row of await openErasures(database(env.DB), 5)) if (await tryErasure(env, row, now)) done += 1
  return done
}

/** False when it failed, which is noted. */
export async function tryErasure(env: Env, row: ErasureRow, now: number): Promise<boolean> {
  try {
    await runErasure(env, row, now)
    return true
  } catch (error) {
    log('error', 'erasure_failed', { attempts: row.attempts, error: describeError(error) })
    await erasureFailed(database(env.DB), row, String(error), now)
    return false
  }
}

/** Goes on with one erasure; how it stands then. */
export async function runErasure(env: Env, begun: ErasureRow, now: number): Promise<ErasureRow> {
  const db = database(env.DB)
  let row = await forgetThreads(env, db, begun)
  const { orgId, customerId } = row
  const known = await conversationsOf(db, orgId, customerId, '', share)
  for (const id of new Set([...row.named, ...known])) {
    const found = await eraseConversation(env, db, orgId, id)
    row = { ...row, found: sum(row.found, found), named: row.named.filter((other) => other !== id) }
    await saveErasure(db, row)
  }
  if (known.length === share) return row
  if ((await customerById(db, orgId, customerId)) !== undefined) {
    const details = await dropCustomer(db, orgId, customerId)
    row = { ...row, found: sum(row.found, { customers: 1, details }) }
  }
  const done = { ...row, doneAt: now }
  await saveErasure(db, done)
  return done
}

/** First of all nobody is recognised any more: who comes back is somebody new. */
async function forgetThreads(env: Env, db: Database, row: ErasureRow): Promise<ErasureRow> {
  const { orgId, customerId } = row
  const known = await identifiersOf(db, orgId, customerId)
  if (known.length === 0) return row
  const named: string[] = [...row.named]
  for (const { kind, value } of known) {
    if (!threadKinds.includes(kind)) continue
    const { conversation } = await threadStub(env, await threadOf(asId<OrgId>(orgId), { kind, value })).forget()
    if (conversation !== null) named.push(conversation)
  }
  const next = {
    ...row,
    named,
    found: sum(row.found, { identifiers: known.length, threads: named.length - row.named.length }),
  }
  // Saved before they are gone: without them the threads could not be found again.
  await saveErasure(db, next)
  await dropIdentifiers(db, orgId, customerId)
  return next
}

async function eraseConversation(env: Env, db: Database, org: string, id: string): Promise<Partial<Findings>> {
  const recordedEntries = await countEntries(db, org, id)
  const actor = conversationStub(env, asId<OrgId>(org), asId<ConversationId>(id))
  const erased = await actor.erase('request')
  if (!erased.ok) throw new Error(erased.error.message)
  const { conversation } = await actor.transcript(0)
  // The conveyor brings the same tombstone; the proof does not wait for it.
  if (conversation.erased === undefined) await dropConversation(db, org, id)
  else await writeRecords(env.DB, [conversation])
  const cleared = await clearConversation(env, org, id)
  return { ...cleared, conversations: 1, entries: erased.value.entries, recordedEntries }
}

function sum(found: Findings, more: Partial<Findings>): Findings {
  const names = Object.keys(found)
  return Findings.parse(Object.fromEntries(names.map((name) => [name, count(found, name) + count(more, name)])))
}

const count = (counts: Readonly<Record<string, number | undefined>>, name: string): number => counts[name] ?? 0

/** Runs errands: at once when the record was told something, and by the minute for what failed or was cut off. */

import { describeError } from '../../core/describe-error.ts'
import { database } from '../db/client.ts'
import { conversationById } from '../db/conversations.ts'
import { dueErrands, type Errand, endErrand, putOff } from '../db/errands.ts'
import { unindex } from '../db/indexing.ts'
import { purgeEntries } from '../db/window.ts'
import type { Env } from '../env.ts'
import { log } from '../log.ts'
import { clearConversation, clearRemoved } from './clear.ts'
import { keepTranscript, keptVersion, transcriptKey } from './transcripts.ts'

const atOnce = 25

/** Does what is due, a bounded share of it; how many were done. One that fails is tried again later, and blocks no other. */
export async function runErrands(env: Env, now: number): Promise<number> {
  let done = 0
  for (const errand of await dueErrands(database(env.DB), now, atOnce)) if (await tryErrand(env, errand, now)) done += 1
  return done
}

/** One of them, due or not; false when it failed, which is noted. */
export async function tryErrand(env: Env, errand: Errand, now: number): Promise<boolean> {
  const db = database(env.DB)
  try {
    await run(env, errand)
    await endErrand(db, errand)
    return true
  } catch (error) {
    const { kind, attempts, conversationId } = errand
    log('error', 'errand_failed', { kind, attempts, conversation: conversationId, error: describeError(error) })
    await putOff(db, errand, String(error), now)
    return false
  }
}

async function run(env: Env, { orgId, conversationId, kind, version }: Errand): Promise<void> {
  if (kind === 'transcript') return keepTranscript(env, orgId, conversationId, version)
  if (kind === 'clear') return void (await clearConversation(env, orgId, conversationId))
  if (kind === 'remove') return clearRemoved(env, orgId, conversationId, version)
  const row = await conversationById(database(env.DB), orgId, conversationId)
  // One that was opened again makes it due again with its next close.
  if (row?.status !== 'closed' || row.version > version) return
  const kept = await env.FILES.head(transcriptKey(orgId, conversationId))
  if (keptVersion(kept) < version) throw new Error('there is no transcript yet')
  await unindex(env.SEARCH, orgId, conversationId)
  await purgeEntries(env.DB, orgId, conversationId)
}

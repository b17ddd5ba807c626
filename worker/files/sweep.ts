/** The end of every upload that nobody ended: its time runs out, and what has come of it goes. */
import { asId, type ConversationId, type OrgId } from '../../core/ids.ts'
import { conversationStub } from '../actors.ts'
import { database } from '../db/client.ts'
import { endUpload, overdueUploads } from '../db/uploads.ts'
import type { Env } from '../env.ts'
import { giveUp } from './upload.ts'

const atOnce = 100

/** Ends overdue uploads; how many. A file that has become an entry stays: only the note of its upload goes. */
export async function sweepUploads(env: Env, now: number): Promise<number> {
  const db = database(env.DB)
  const overdue = await overdueUploads(db, now, atOnce)
  for (const upload of overdue) {
    const actor = conversationStub(env, asId<OrgId>(upload.orgId), asId<ConversationId>(upload.conversationId))
    if (await actor.attached(upload.principal, upload.id)) await endUpload(db, upload)
    else await giveUp({ env, db }, upload)
  }
  return overdue.length
}

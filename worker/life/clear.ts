/** Takes away what lies of a conversation outside of its actor and the record: files, transcript, uploads, search tokens. */
import { asId, type ConversationId, type OrgId } from '../../core/ids.ts'
import { conversationStub } from '../actors.ts'
import { database } from '../db/client.ts'
import { unindex } from '../db/indexing.ts'
import { uploadsOf } from '../db/uploads.ts'
import type { Env } from '../env.ts'
import { fileKey, filesOf } from '../files/keys.ts'
import { giveUp } from '../files/upload.ts'
import { keepTranscript, transcriptKey } from './transcripts.ts'

/** What was found and taken away. */
export interface Cleared {
  readonly files: number
  readonly transcripts: number
  readonly uploads: number
  readonly indexed: number
}

/** Doing it again finds nothing. */
export async function clearConversation(env: Env, org: string, id: string): Promise<Cleared> {
  const db = database(env.DB)
  const uploads = await uploadsOf(db, org, id)
  for (const upload of uploads) await giveUp({ env, db }, upload)
  const files = await clearFiles(env.FILES, filesOf(org, id))
  const key = transcriptKey(org, id)
  const transcripts = (await env.FILES.head(key)) === null ? 0 : 1
  await env.FILES.delete(key)
  const indexed = await unindex(env.SEARCH, org, id)
  return { files, transcripts, uploads: uploads.length, indexed }
}

/**
 * Takes away what was removed of a conversation: its files, and its words in an earlier transcript. One is written even of
 * a conversation that goes on: whatever of before is on its way to the bucket finds it there, and gives way.
 */
export async function clearRemoved(env: Env, org: string, id: string, version: number): Promise<void> {
  const actor = conversationStub(env, asId<OrgId>(org), asId<ConversationId>(id))
  const files = await actor.removedFiles()
  if (files.length > 0) await env.FILES.delete(files.map((file) => fileKey(org, id, file)))
  await keepTranscript(env, org, id, version, { always: true })
}

async function clearFiles(bucket: R2Bucket, prefix: string): Promise<number> {
  let files = 0
  for (;;) {
    const { objects } = await bucket.list({ prefix, limit: 500 })
    if (objects.length === 0) return files
    await bucket.delete(objects.map(({ key }) => key))
    files += objects.length
  }
}

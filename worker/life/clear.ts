/** Takes away what lies of a conversation outside of its actor and the record: files, transcript, uploads, search tokens. */
import { database } from '../db/client.ts'
import { unindex } from '../db/indexing.ts'
import { uploadsOf } from '../db/uploads.ts'
import type { Env } from '../env.ts'
import { filesOf } from '../files/keys.ts'
import { giveUp } from '../files/upload.ts'
import { transcriptKey } from './transcripts.ts'

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

async function clearFiles(bucket: R2Bucket, prefix: string): Promise<number> {
  let files = 0
  for (;;) {
    const { objects } = await bucket.list({ prefix, limit: 500 })
    if (objects.length === 0) return files
    await bucket.delete(objects.map(({ key }) => key))
    files += objects.length
  }
}

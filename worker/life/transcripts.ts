/** Transcripts: all that was said in a closed conversation, as one object of the bucket, however long it is. */
import * as z from 'zod/mini'
import { asId, type ConversationId, type OrgId } from '../../core/ids.ts'
import type { TranscriptPage } from '../../core/protocol/actors.ts'
import { StaffEntry } from '../../core/protocol/conversation.ts'
import { conversationStub } from '../actors.ts'
import { ConversationShape } from '../db/records.ts'
import type { Env } from '../env.ts'
import { exactly, streamOf } from '../files/stream.ts'

export const transcriptKey = (org: string, conversation: string) => `${org}/transcripts/${conversation}.json`

/** What the object holds. Version 1 only grows. */
export const Transcript = z.object({ v: z.literal(1), conversation: ConversationShape, entries: z.array(StaffEntry) })

/** Everything that the conversation keeps now, page by page: never more than a page of it is in memory. */
export async function* transcriptPages(env: Env, org: string, id: string): AsyncGenerator<TranscriptPage> {
  const actor = conversationStub(env, asId<OrgId>(org), asId<ConversationId>(id))
  for (let after: number | null = 0; after !== null; ) {
    const page: TranscriptPage = await actor.transcript(after)
    yield page
    after = page.next
  }
}

/** The version that the bucket's transcript is of; 0: there is none. */
export const keptVersion = (there: R2Object | null): number => Number(there?.customMetadata?.['version'] ?? 0)

/**
 * Keeps the transcript of a conversation if it is closed, or, `always`, whatever it is; the one of an earlier version is
 * replaced. It is read twice, because the bucket wants to know a stream's length beforehand: the first time to measure it.
 * Throws when the conversation or the object changed meanwhile: what is read later must win.
 */
export async function keepTranscript(
  env: Env,
  org: string,
  id: string,
  version: number,
  { always = false } = {},
): Promise<void> {
  const key = transcriptKey(org, id)
  const there = await env.FILES.head(key)
  if (keptVersion(there) >= version) return
  const measured = await measure(env, org, id)
  const { status, erased, version: read } = measured.conversation
  if ((status !== 'closed' && !always) || erased !== undefined) return
  const kept = await exactly(streamOf(chunksOf(env, org, id, read)), measured.bytes, (stream) =>
    env.FILES.put(key, stream, {
      httpMetadata: { contentType: 'application/json' },
      customMetadata: { version: String(read) },
      onlyIf: there === null ? { etagDoesNotMatch: '*' } : { etagMatches: there.etag },
    }),
  )
  if (kept == null) throw new Error('the transcript changed while it was written')
}

async function measure(env: Env, org: string, id: string) {
  let bytes = 0
  let conversation: TranscriptPage['conversation'] | undefined
  for await (const page of transcriptPages(env, org, id)) {
    bytes += encoder.encode(textOf(page, conversation === undefined)).byteLength
    conversation ??= page.conversation
  }
  if (conversation === undefined) throw new Error('a conversation without a page')
  return { bytes, conversation }
}

/** The object in pieces; of this version only. */
async function* chunksOf(env: Env, org: string, id: string, version: number): AsyncGenerator<Uint8Array> {
  let isFirst = true
  for await (const page of transcriptPages(env, org, id)) {
    if (page.conversation.version !== version) throw new Error('the conversation went on while it was read')
    yield encoder.encode(textOf(page, isFirst))
    isFirst = false
  }
}

const encoder = new TextEncoder()

/** A page's part of the object. */
function textOf({ conversation, entries, next }: TranscriptPage, isFirst: boolean): string {
  const head = isFirst ? `{"v":1,"conversation":${JSON.stringify(conversation)},"entries":[` : ''
  const between = isFirst || entries.length === 0 ? '' : ','
  return `${head}${between}${entries.map((entry) => JSON.stringify(entry)).join(',')}${next === null ? ']}' : ''}`
}

/** Transcripts: all that was said in a closed conversation, as one object of the bucket. */
import * as z from 'zod/mini'
import { asId, type ConversationId, type OrgId } from '../../core/ids.ts'
import { StaffEntry } from '../../core/protocol/conversation.ts'
import type { ConversationRecord } from '../../core/protocol/projection.ts'
import { conversationStub } from '../actors.ts'
import { ConversationShape } from '../db/records.ts'
import type { Env } from '../env.ts'

export const transcriptKey = (org: string, conversation: string) => `${org}/transcripts/${conversation}.json`

/** What the object holds. Version 1 only grows. */
export const Transcript = z.object({ v: z.literal(1), conversation: ConversationShape, entries: z.array(StaffEntry) })
export interface Transcript {
  readonly v: 1
  readonly conversation: ConversationRecord
  readonly entries: readonly StaffEntry[]
}

/** Everything that the conversation keeps now. */
export async function readTranscript(env: Env, org: string, id: string): Promise<Transcript> {
  const actor = conversationStub(env, asId<OrgId>(org), asId<ConversationId>(id))
  const entries: StaffEntry[] = []
  for (let after = 0; ; ) {
    const page = await actor.transcript(after)
    entries.push(...page.entries)
    if (page.next === null) return { v: 1, conversation: page.conversation, entries }
    after = page.next
  }
}

/** Keeps the transcript of a conversation if it is closed; the one of an earlier close is replaced. */
export async function keepTranscript(env: Env, org: string, id: string, version: number): Promise<void> {
  const key = transcriptKey(org, id)
  const there = await env.FILES.head(key)
  if (Number(there?.customMetadata?.['version'] ?? 0) >= version) return
  const transcript = await readTranscript(env, org, id)
  const { status, erased } = transcript.conversation
  if (status !== 'closed' || erased !== undefined) return
  await env.FILES.put(key, JSON.stringify(transcript), {
    httpMetadata: { contentType: 'application/json' },
    customMetadata: { version: String(transcript.conversation.version) },
  })
}

/** A conversation to take along, for whoever may read it: written as it is read, a page at a time. */
import type * as z from 'zod/mini'
import type { ReadPage } from '../../core/protocol/actors.ts'
import { actBy } from '../../core/protocol/administration.ts'
import type { TranscriptQuery } from '../../core/protocol/api.ts'
import { refuse } from '../../core/result.ts'
import { ulid } from '../../core/ulid.ts'
import type { Answer, Call } from '../api/route.ts'
import { signFileLink } from '../auth/tokens.ts'
import { insertAct } from '../db/audit.ts'
import { organisationById } from '../db/customers.ts'
import type { Visit } from './access.ts'
import { streamOf } from './stream.ts'
import { type Frame, transcriptHtml, transcriptPolicy } from './transcript-page.ts'
import { localeOf } from './transcript-words.ts'

/**
 * The customer's own words and what was said to them; for staff notes too. Whoever takes along what is not in their own hands
 * stands in the audit.
 */
export async function serveTranscript(
  call: Call,
  visit: Visit,
  { locale, zone }: z.output<typeof TranscriptQuery>,
): Answer<never> {
  const { actor, principal, org, conversation } = visit
  const first = await actor.read(principal, 0)
  if (!first.ok) return first.error.code === 'forbidden' ? first : notThere
  if (principal.kind === 'staff' && !first.value.isOwn) await noteAct(call, visit)
  const frame: Frame = {
    organisation: (await organisationById(call.db, org))?.name ?? org,
    conversation,
    customer: first.value.customer,
    locale: localeOf(locale, call.request.headers.get('accept-language')),
    zone,
    at: call.now,
    isTheirs: principal.kind === 'customer',
    link: (file) => linkTo(call, visit, file),
  }
  return new Response(streamOf(encoded(transcriptHtml(frame, pagesFrom(visit, first.value)))), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': `attachment; filename="conversation-${conversation}.html"`,
      'content-security-policy': `${await transcriptPolicy()}; sandbox; frame-ancestors 'none'`,
    },
  })
}

const notThere = refuse('not_found', 'There is no such conversation.')

async function* pagesFrom({ actor, principal }: Visit, first: ReadPage): AsyncGenerator<ReadPage['entries']> {
  for (let page = first; ; ) {
    yield page.entries
    if (page.next === null) return
    const next = await actor.read(principal, page.next)
    // Somebody lost the right to read on, or it was erased: what follows is not theirs.
    if (!next.ok) throw new Error(`the transcript broke off: ${next.error.code}`)
    page = next.value
  }
}

const encoder = new TextEncoder()
async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield encoder.encode(text)
}

/** Staff show their session; what a customer takes along opens the file for some days, as long as they may read it. */
async function linkTo({ env, request }: Call, { principal, conversation }: Visit, file: string): Promise<string> {
  const path = `/files/${conversation}/${file}`
  const address = new URL(path, request.url)
  if (principal.kind === 'customer')
    address.searchParams.set('link', await signFileLink(env.PARLEY_SECRET, path, principal))
  return address.href
}

async function noteAct({ db, now }: Call, { principal, org, conversation }: Visit): Promise<void> {
  if (principal.kind !== 'staff') return
  const id = ulid(now, crypto.getRandomValues(new Uint8Array(10)))
  const object = { kind: 'conversation', id: conversation }
  const done = { id, at: now, action: 'conversation.transcript', object, before: null, after: null }
  await insertAct(db, org, actBy(principal, done))
}

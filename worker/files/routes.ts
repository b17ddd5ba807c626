/** The routes of files. Staff come with their session, customers with the ticket of their conversation. */
import type * as z from 'zod/mini'
import * as api from '../../core/protocol/api.ts'
import { type GuardedAction, scopeOf } from '../../core/protocol/permissions.ts'
import type { Principal } from '../../core/protocol/principal.ts'
import type { FaultCode } from '../../core/result.ts'
import { type Answer, type Call, notYours, type Route, respond, withBody, withQuery } from '../api/route.ts'
import { type Visit, visitOf } from './access.ts'
import { serveFile } from './serve.ts'
import { serveTranscript } from './transcript.ts'
import { abortParts, beginParts, endParts, readLimits, sendPart, sendWhole } from './upload.ts'

type Method = Route['method']
interface Facts {
  readonly method: Method
  readonly path: string
  readonly action: GuardedAction
  readonly summary: string
  readonly refuses: readonly FaultCode[]
  readonly media?: string
  readonly takes?: string
}

const roleOf = (by: Principal) => (by.kind === 'customer' ? 'customer' : by.role)

/** Runs `go` for somebody whose role may do this; to whose conversation, the conversation says. */
async function visited(call: Call, { action }: Facts, go: (visit: Visit) => Promise<Response>): Promise<Response> {
  const visit = await visitOf(call)
  if (!visit.ok) return respond(visit)
  return scopeOf(roleOf(visit.value.principal), action) === 'none' ? respond(notYours) : go(visit.value)
}

const route = (facts: Facts, more: Pick<Route, 'query' | 'body' | 'answers'>, serve: Serve): Route => ({
  ...facts,
  ...more,
  customers: true,
  serve: (call) => visited(call, facts, (visit) => serve(call, visit)),
})
type Serve = (call: Call, visit: Visit) => Promise<Response>
const none = { query: null, body: null, answers: null }

const plain = <A extends z.ZodMiniType>(
  facts: Facts,
  answers: A | null,
  run: (call: Call, visit: Visit) => Answer<z.input<A>>,
) => route(facts, { ...none, answers }, async (call, visit) => respond(await run(call, visit)))

const base = '/files/:conversation/:file'
const unsent = ['not_found', 'closed', 'stale_lease', 'not_ready', 'conflict', 'too_large', 'bad_input'] as const
const bytes = 'application/octet-stream'

export const fileRoutes: readonly Route[] = [
  route(
    {
      method: 'GET',
      path: '/files/:conversation',
      action: 'file.send',
      summary: 'What may be sent into a conversation now.',
      refuses: ['not_found', 'closed', 'stale_lease', 'not_ready', 'too_large'],
    },
    { query: api.FileLimitsQuery, body: null, answers: api.FileLimits },
    (call, visit) => withQuery(call, api.FileLimitsQuery, (_, { lease }) => readLimits(visit, lease)),
  ),
  route(
    {
      method: 'GET',
      path: '/files/:conversation/transcript',
      action: 'conversation.transcript',
      summary: 'What was said, as a page to keep, as far as the caller may read it. An act, if it is in other hands.',
      refuses: ['not_found'],
      media: 'text/html',
    },
    { query: api.TranscriptQuery, body: null, answers: api.Bytes },
    (call, visit) => withQuery(call, api.TranscriptQuery, (_, query) => serveTranscript(call, visit, query)),
  ),
  route(
    {
      method: 'GET',
      path: base,
      action: 'file.read',
      summary: 'A file, or the range of it that is asked for. Pictures are shown, everything else is saved.',
      refuses: ['not_found'],
      media: '*/*',
    },
    { query: api.FileReadQuery, body: null, answers: api.Bytes },
    (call, visit) => withQuery(call, api.FileReadQuery, () => serveFile(call, visit)),
  ),
  route(
    {
      method: 'PUT',
      path: base,
      action: 'file.send',
      summary: 'Sends a file of at most 5 MiB into a conversation. Sent again under its id, it is the same entry.',
      refuses: [...unsent, 'slow_down'],
      takes: bytes,
    },
    { query: api.FileQuery, body: null, answers: api.SentFile },
    (call, visit) => withQuery(call, api.FileQuery, (_, query) => sendWhole(call, visit, query)),
  ),
  route(
    {
      method: 'POST',
      path: `${base}/parts`,
      action: 'file.send',
      summary: 'Begins to send a larger file in parts, or takes up again where it was cut off.',
      refuses: [...unsent, 'slow_down'],
    },
    { query: null, body: api.UploadRequest, answers: api.UploadState },
    (call, visit) => withBody(call, api.UploadRequest, (_, body) => beginParts(call, visit, body)),
  ),
  route(
    {
      method: 'PUT',
      path: `${base}/parts/:part`,
      action: 'file.send',
      summary: 'A part by its number, from 1; sent again, the newer one counts.',
      refuses: ['not_found', 'bad_input'],
      takes: bytes,
    },
    none,
    async (call, visit) => respond(await sendPart(call, visit)),
  ),
  route(
    {
      method: 'POST',
      path: base,
      action: 'file.send',
      summary: 'All parts are there: the file becomes an entry.',
      refuses: unsent,
    },
    { query: null, body: api.UploadEnd, answers: api.SentFile },
    (call, visit) => withBody(call, api.UploadEnd, (_, body) => endParts(call, visit, body)),
  ),
  plain(
    {
      method: 'DELETE',
      path: `${base}/parts`,
      action: 'file.send',
      summary: 'Gives an upload in parts up.',
      refuses: ['not_found'],
    },
    null,
    abortParts,
  ),
]

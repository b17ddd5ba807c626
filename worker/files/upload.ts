/** Files coming in: in one piece, or in parts that may be sent again; what is refused leaves nothing behind. */
import type * as z from 'zod/mini'
import type { FileLimits, FileQuery, SentFile, UploadEnd, UploadRequest, UploadState } from '../../core/protocol/api.ts'
import { FILE_PART } from '../../core/protocol/limits.ts'
import { takesType } from '../../core/protocol/policies.ts'
import type { Principal } from '../../core/protocol/principal.ts'
import { ok, type Result, refuse } from '../../core/result.ts'
import type { Answer, Call } from '../api/route.ts'
import { beginUpload, endUpload, notePart, partsOf, type Upload, uploadOf } from '../db/uploads.ts'
import type { Visit } from './access.ts'
import { fileKey } from './keys.ts'
import { headBytes, isKind } from './kind.ts'
import { exactly, peek } from './stream.ts'

/** How long an upload is waited for, from its beginning, in ms. */
const inOnePieceMs = 3_600_000
const inPartsMs = 24 * 3_600_000
/** How many may be under way in one conversation. */
const mostAtOnce = 10

type Told = z.output<typeof UploadRequest>

/** What may be sent here now. */
export async function readLimits({ actor, principal }: Visit, lease: number): Answer<FileLimits> {
  const limits = await actor.mayAttach(principal, lease)
  if (!limits.ok) return limits
  const { mostBytes, perConversation, types } = limits.value
  return ok({ mostBytes, perConversation, types: [...types] })
}

/** A small file, in one piece. Its id is the command's: sent again it is the same entry. */
export async function sendWhole(call: Call, visit: Visit, told: z.output<typeof FileQuery>): Answer<Sent> {
  const allowed = await mayBegin(visit, told)
  if (!allowed.ok) return allowed
  const { body } = call.request
  if (body === null) return refuse('bad_input', 'must be the file', { field: '' })
  const { head, whole } = await peek(body, headBytes)
  if (!(await isKind(told.media, head))) return notThatKind
  const begun = await begin(call, visit, told, null)
  if (!begun.ok) return begun
  const put = (stream: ReadableStream) =>
    call.env.FILES.put(keyOf(begun.value), stream, { ...aboutOf(begun.value), onlyIf: { etagDoesNotMatch: '*' } })
  const stored = await exactly(whole, told.size, put)
  if (stored === undefined) {
    await giveUp(call, begun.value)
    return refuse('bad_input', 'is not the size of the file', { field: 'size' })
  }
  return finish(call, visit, begun.value, told)
}

/** Begins an upload in parts, or says how far it has come. */
export async function beginParts(call: Call, visit: Visit, told: Told): Answer<z.input<typeof UploadState>> {
  const allowed = await mayBegin(visit, told)
  if (!allowed.ok) return allowed
  const known = await uploadOf(call.db, namedBy(call, visit))
  const begun = known === undefined ? await beginMultipart(call, visit, told) : same(known, visit, told)
  if (!begun.ok) return begun
  const arrived = await partsOf(call.db, begun.value)
  return ok({
    part: FILE_PART,
    parts: partCount(begun.value),
    arrived: arrived.map(({ number }) => number),
    until: begun.value.until,
  })
}

/** One part, in any order, as often as need be. The first one must look like what the file is said to be. */
export async function sendPart(call: Call, visit: Visit): Answer<undefined> {
  const upload = await ownUpload(call, visit)
  if (!upload.ok) return upload
  const number = Number(call.param('part'))
  const size = partSize(upload.value, number)
  if (size === undefined) return refuse('not_found', 'There is no such part.')
  if (call.request.body === null) return refuse('bad_input', 'must be a part of the file', { field: '' })
  const { head, whole } = await peek(call.request.body, headBytes)
  if (number === 1 && !(await isKind(upload.value.media, head))) {
    await giveUp(call, upload.value)
    return notThatKind
  }
  const multipart = multipartOf(call, upload.value)
  const stored = await exactly(whole, size, (stream) => multipart.uploadPart(number, stream))
  if (stored === undefined) return refuse('bad_input', `must have ${size} bytes`, { field: '' })
  await notePart(call.db, upload.value, { number, etag: stored.etag })
  return ok(undefined)
}

/** All parts are there: the file becomes an entry. */
export async function endParts(call: Call, visit: Visit, told: z.output<typeof UploadEnd>): Answer<Sent> {
  const upload = await ownUpload(call, visit)
  if (!upload.ok) return upload
  const parts = await partsOf(call.db, upload.value)
  if (parts.length < partCount(upload.value)) return refuse('conflict', 'Not all parts have arrived.')
  // Asked again because the answer was lost, it has been put together already.
  if ((await call.env.FILES.head(keyOf(upload.value))) === null) {
    const all = parts.map(({ number, etag }) => ({ partNumber: number, etag }))
    await multipartOf(call, upload.value).complete(all)
  }
  return finish(call, visit, upload.value, told)
}

/** The sender has thought better of it. */
export async function abortParts(call: Call, visit: Visit): Answer<undefined> {
  const upload = await ownUpload(call, visit)
  if (!upload.ok) return upload
  await giveUp(call, upload.value)
  return ok(undefined)
}

type Sent = z.input<typeof SentFile>

const notThatKind = refuse('bad_input', 'is not what the file begins like', { field: 'media' })
const namedBy = (call: Call, { org, conversation }: Visit) => ({
  orgId: org,
  conversationId: conversation,
  id: call.param('file'),
})
const keyOf = ({ orgId, conversationId, id }: Upload) => fileKey(orgId, conversationId, id)
const partCount = ({ size }: Upload) => Math.ceil(size / FILE_PART)

/** In bytes; undefined when the file has no such part. */
function partSize(upload: Upload, number: number): number | undefined {
  if (!Number.isInteger(number) || number < 1 || number > partCount(upload)) return undefined
  return Math.min(FILE_PART, upload.size - (number - 1) * FILE_PART)
}

const senderOf = (by: Principal) => (by.kind === 'customer' ? `customer:${by.customer}` : `staff:${by.id}`)

const aboutOf = ({ media, name, principal }: Upload) => ({
  httpMetadata: { contentType: media },
  // Half of a pair is no letter, and has no place in an address.
  customMetadata: { name: encodeURIComponent(name.toWellFormed()), sender: senderOf(principal) },
})

async function mayBegin({ actor, principal }: Visit, { media, size, lease }: Told): Promise<Result<unknown>> {
  const limits = await actor.mayAttach(principal, lease)
  if (!limits.ok) return limits
  const { mostBytes } = limits.value
  if (size > mostBytes) return refuse('too_large', `A file may have ${mostBytes} bytes.`, { field: 'size' })
  return takesType(limits.value, media)
    ? ok({})
    : refuse('bad_input', 'is a type that is not taken here', { field: 'media' })
}

async function begin(call: Call, visit: Visit, told: Told, multipart: string | null): Promise<Result<Upload>> {
  const named = namedBy(call, visit)
  const there = await call.env.FILES.head(fileKey(named.orgId, named.conversationId, named.id))
  if (there !== null && there.customMetadata?.['sender'] !== senderOf(visit.principal)) return taken
  const { name, media, size } = told
  const until = call.now + (multipart === null ? inOnePieceMs : inPartsMs)
  const row = { ...named, principal: visit.principal, name, media, size, multipart, until }
  const begun = await beginUpload(call.db, row, mostAtOnce)
  if (begun === undefined) return refuse('slow_down', 'Too many files are on their way here.', { retry: true })
  return same(begun, visit, told)
}

async function beginMultipart(call: Call, visit: Visit, told: Told): Promise<Result<Upload>> {
  const { org, conversation, principal } = visit
  const about = aboutOf({ ...namedBy(call, visit), ...told, principal, multipart: null, until: 0 })
  const multipart = await call.env.FILES.createMultipartUpload(fileKey(org, conversation, call.param('file')), about)
  const begun = await begin(call, visit, told, multipart.uploadId)
  if (!begun.ok || begun.value.multipart !== multipart.uploadId) await multipart.abort()
  return begun
}

const taken = refuse('conflict', 'There is another file of this name.', { field: 'file' })

/** One id is one file, of one sender. */
const same = (upload: Upload, { principal }: Visit, { media, size }: Told): Result<Upload> =>
  senderOf(upload.principal) === senderOf(principal) && upload.media === media && upload.size === size
    ? ok(upload)
    : taken

async function ownUpload(call: Call, visit: Visit): Promise<Result<Upload>> {
  const upload = await uploadOf(call.db, namedBy(call, visit))
  const isOwn = upload?.multipart != null && senderOf(upload.principal) === senderOf(visit.principal)
  return isOwn ? ok(upload) : refuse('not_found', 'There is no such upload.')
}

const multipartOf = ({ env }: Call, upload: Upload) =>
  env.FILES.resumeMultipartUpload(keyOf(upload), upload.multipart ?? '')

/** The file is there: the conversation takes it or it goes again. Who dies in between leaves the rest to the sweep. */
async function finish(
  call: Call,
  { actor, principal }: Visit,
  upload: Upload,
  { lease, width, height }: z.output<typeof UploadEnd>,
): Promise<Result<Sent>> {
  const { id, name, media, size } = upload
  const sent = await actor.attach(principal, { id, name, media, size, lease, width, height })
  if (sent.ok) await endUpload(call.db, upload)
  else if (sent.error.code !== 'internal') await giveUp(call, upload)
  return sent
}

/** Takes away whatever has come of an upload. */
export async function giveUp({ env, db }: Pick<Call, 'env' | 'db'>, upload: Upload): Promise<void> {
  if (upload.multipart !== null) {
    const ended = await env.FILES.resumeMultipartUpload(keyOf(upload), upload.multipart)
      .abort()
      .catch(() => 'not under way any more')
    void ended
  }
  await env.FILES.delete(keyOf(upload))
  await endUpload(db, upload)
}

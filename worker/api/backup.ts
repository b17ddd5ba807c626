/** Backup and restore of an organisation's actors and objects, page by page; the tables of D1 go by wrangler. */
import * as z from 'zod/mini'
import { type ActorName, address, asActorName, parseAddress } from '../../core/ids.ts'
import type {
  ActorQuery,
  BackupActors,
  BackupObjects,
  BackupPage,
  BackupQuery,
  ObjectQuery,
  PartStored,
  RestoreBegun,
  RestoreEnd,
  RestoreInParts,
  RestoreObject,
  RestorePart,
  RestoreRequest,
} from '../../core/protocol/api.ts'
import { REGISTER_SHARDS } from '../../core/register/model.ts'
import { ok, refuse } from '../../core/result.ts'
import { actorStub, registerStub } from '../actors.ts'
import { actOf } from '../audit.ts'
import { threadKinds, threadOf } from '../channels/chat/thread.ts'
import { insertFirstAct } from '../db/audit.ts'
import { identifiersAfter } from '../db/persons.ts'
import { exactly } from '../files/stream.ts'
import type { Answer, GuardedCall } from './route.ts'

const atOnce = 200
/** Begins the cursors of threads; a place in the register is `<shard>:<place in it>`. */
const threads = '#'
const placeInRegister = /^(\d{1,4}):(\d{1,15})$/

/** Who holds something lasting: Book, then everybody in the register, then every thread. */
export async function backupActors(call: GuardedCall, { cursor }: z.output<typeof BackupQuery>): Answer<BackupActors> {
  if (cursor.startsWith(threads)) return ok(await threadsAfter(call, cursor.slice(threads.length)))
  const [, shard, after] = placeInRegister.exec(cursor === '' ? '0:0' : cursor)?.map(Number) ?? []
  if (shard === undefined || after === undefined || shard >= REGISTER_SHARDS)
    return refuse('bad_input', 'is no place in the register', { field: 'cursor' })
  const page = await registerStub(call.env, call.org, shard).page(after, atOnce)
  const book = cursor === '' ? [address(call.org, 'book', 'book')] : []
  const onward = shard + 1 < REGISTER_SHARDS ? `${shard + 1}:0` : threads
  return ok({ items: [...book, ...page.names], next: page.next === null ? onward : `${shard}:${page.next}` })
}

async function threadsAfter({ db, org }: GuardedCall, cursor: string): Promise<BackupActors> {
  const [kind = '', value = ''] = cursor.split('\n')
  const known = await identifiersAfter(db, org, { kind, value }, atOnce)
  const named = known.filter((identifier) => threadKinds.includes(identifier.kind))
  const last = known.length < atOnce ? undefined : known.at(-1)
  const items = await Promise.all(named.map((identifier) => threadOf(org, identifier)))
  return { items, next: last === undefined ? null : `${threads}${last.kind}\n${last.value}` }
}

/** A page of what one of them holds. */
export async function backupActor(
  call: GuardedCall,
  { actor, cursor }: z.output<typeof ActorQuery>,
): Answer<z.input<typeof BackupPage>> {
  const name = ownActor(call, actor)
  if (name === undefined) return noActor
  await noted(call, 'ops.backup', 'actor', name)
  return ok(await actorStub(call.env, name).keep(cursor))
}

/** Puts a page back into an actor that holds nothing yet. */
export async function restoreActor(
  call: GuardedCall,
  { actor, page }: z.output<typeof RestoreRequest>,
): Answer<undefined> {
  const name = ownActor(call, actor)
  if (name === undefined) return noActor
  await noted(call, 'ops.restore', 'actor', name)
  return actorStub(call.env, name).restore(page)
}

/** What lies in the bucket. */
export async function backupObjects(
  call: GuardedCall,
  { cursor }: z.output<typeof BackupQuery>,
): Answer<BackupObjects> {
  const prefix = `${call.org}/`
  const options = { prefix, limit: atOnce, include: ['httpMetadata', 'customMetadata'] as const }
  const page = await call.env.FILES.list({
    ...options,
    include: [...options.include],
    ...(cursor === '' ? {} : { cursor }),
  })
  return ok({
    items: page.objects.map(({ key, size, httpMetadata, customMetadata }) => ({
      key: key.slice(prefix.length),
      size,
      media: httpMetadata?.contentType ?? '',
      metadata: customMetadata ?? {},
    })),
    next: page.truncated ? page.cursor : null,
  })
}

/** One object, as it is. */
export async function backupObject(call: GuardedCall, { key }: z.output<typeof ObjectQuery>): Answer<never> {
  const object = await call.env.FILES.get(`${call.org}/${key}`)
  if (object === null) return refuse('not_found', 'There is no such object.')
  await noted(call, 'ops.backup', 'object', key)
  return new Response(object.body, { headers: { 'content-type': 'application/octet-stream' } })
}

/** Begins to put back an object that is too large for one request. */
export async function beginRestore(
  call: GuardedCall,
  { key, media, metadata }: z.output<typeof RestoreInParts>,
): Answer<z.input<typeof RestoreBegun>> {
  const name = `${call.org}/${key}`
  if ((await call.env.FILES.head(name)) !== null) return ok({ upload: null })
  await noted(call, 'ops.restore', 'object', key)
  const about = { ...(media === '' ? {} : { httpMetadata: { contentType: media } }), customMetadata: metadata }
  return ok({ upload: (await call.env.FILES.createMultipartUpload(name, about)).uploadId })
}

/** One part; sent again, the newer one counts. */
export async function restorePart(
  call: GuardedCall,
  { key, upload, number, size }: z.output<typeof RestorePart>,
): Answer<z.input<typeof PartStored>> {
  const multipart = call.env.FILES.resumeMultipartUpload(`${call.org}/${key}`, upload)
  const body = call.request.body ?? new Blob([]).stream()
  try {
    const stored = await exactly(body, size, (stream) => multipart.uploadPart(number, stream))
    return stored === undefined
      ? refuse('bad_input', 'is not the size of the part', { field: 'size' })
      : ok({ etag: stored.etag })
  } catch {
    return noUpload
  }
}

/** Puts the parts together. The bucket refuses what does not belong together, and then nothing is there. */
export async function endRestore(
  call: GuardedCall,
  { key, upload, size, parts }: z.output<typeof RestoreEnd>,
): Answer<undefined> {
  const name = `${call.org}/${key}`
  const multipart = call.env.FILES.resumeMultipartUpload(name, upload)
  try {
    const whole = await multipart.complete(parts.map(({ number, etag }) => ({ partNumber: number, etag })))
    if (whole.size === size) return ok(undefined)
    await call.env.FILES.delete(name)
    return refuse('bad_input', 'is not the size of the object', { field: 'size' })
  } catch {
    return noUpload
  }
}

const noUpload = refuse('not_found', 'There is no such upload, or not these parts of it.', { field: 'upload' })

/** Tells the audit: an hour of one person's reading or putting back is one act, for a backup asks thousands of times. */
async function noted(call: GuardedCall, action: 'ops.backup' | 'ops.restore', what: 'actor' | 'object', first: string) {
  const hour = new Date(call.now).toISOString().slice(0, 13)
  const object = { kind: action === 'ops.backup' ? 'backup' : 'restore', id: `${what}s/${hour}/${call.by.id}` }
  await insertFirstAct(call.db, call.org, actOf(call, action, object, null, { first }))
}

const Metadata = z.record(z.string(), z.string())

/** Puts an object back; one that is there stays as it is. */
export async function restoreObject(
  call: GuardedCall,
  { key, size, media, metadata }: z.output<typeof RestoreObject>,
): Answer<undefined> {
  const about = metadataOf(metadata)
  if (about === undefined) return refuse('bad_input', 'is not a JSON object of texts', { field: 'metadata' })
  await noted(call, 'ops.restore', 'object', key)
  const body = call.request.body ?? new Blob([]).stream()
  const put = (stream: ReadableStream) =>
    call.env.FILES.put(`${call.org}/${key}`, stream, {
      ...(media === '' ? {} : { httpMetadata: { contentType: media } }),
      customMetadata: about,
      onlyIf: { etagDoesNotMatch: '*' },
    })
  const stored = await exactly(body, size, put)
  return stored === undefined ? refuse('bad_input', 'is not the size of the object', { field: 'size' }) : ok(undefined)
}

function metadataOf(text: string): Record<string, string> | undefined {
  try {
    return Metadata.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

const noActor = refuse('not_found', 'There is no such actor.', { field: 'actor' })
const lasting = ['book', 'thread', 'conversation', 'agent']

/** The name, if it is of this organisation and of a kind that holds something lasting. */
function ownActor({ org }: GuardedCall, text: string): ActorName | undefined {
  try {
    const name = asActorName(text)
    const { org: owner, kind, id } = parseAddress(name)
    return owner === org && lasting.includes(kind) && (kind !== 'book' || id === 'book') ? name : undefined
  } catch {
    return undefined
  }
}

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
  RestoreObject,
  RestoreRequest,
} from '../../core/protocol/api.ts'
import { REGISTER_SHARDS } from '../../core/register/model.ts'
import { ok, refuse } from '../../core/result.ts'
import { actorStub, registerStub } from '../actors.ts'
import { threadKinds, threadOf } from '../channels/chat/thread.ts'
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
  return name === undefined ? noActor : ok(await actorStub(call.env, name).keep(cursor))
}

/** Puts a page back into an actor that holds nothing yet. */
export async function restoreActor(
  call: GuardedCall,
  { actor, page }: z.output<typeof RestoreRequest>,
): Answer<undefined> {
  const name = ownActor(call, actor)
  return name === undefined ? noActor : actorStub(call.env, name).restore(page)
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
  return new Response(object.body, { headers: { 'content-type': 'application/octet-stream' } })
}

const Metadata = z.record(z.string(), z.string())

/** Puts an object back; one that is there stays as it is. */
export async function restoreObject(
  call: GuardedCall,
  { key, size, media, metadata }: z.output<typeof RestoreObject>,
): Answer<undefined> {
  const about = metadataOf(metadata)
  if (about === undefined) return refuse('bad_input', 'is not a JSON object of texts', { field: 'metadata' })
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

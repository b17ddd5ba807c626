/** What a backup takes along, and a restore brings back. */
import * as z from 'zod/mini'
import { KeptPage } from '../../engine/keeping.ts'

/** The query of GET /api/ops/backup/actors and /api/ops/backup/objects: `cursor` is the `next` of the page before. */
export const BackupQuery = z.object({ cursor: z._default(z.string().check(z.maxLength(1_200)), '') })
const actor = z.string().check(z.minLength(1), z.maxLength(300))
/** GET /api/ops/backup/actors: the names of those that hold something lasting. */
export const BackupActors = z.object({ items: z.array(z.string()), next: z.nullable(z.string()) })
export type BackupActors = z.infer<typeof BackupActors>
/** The query of GET /api/ops/backup/actor. */
export const ActorQuery = z.object({ actor, cursor: z._default(z.string().check(z.maxLength(1_200)), '') })
/** GET /api/ops/backup/actor: a page of what an actor holds, as it is stored. */
export const BackupPage = KeptPage
/** PUT /api/ops/backup/actor: pages in order; refused with `conflict` where something is already. */
export const RestoreRequest = z.object({ actor, page: KeptPage })
const key = z.string().check(z.minLength(1), z.maxLength(900))
/** GET /api/ops/backup/objects: what lies in the bucket; keys without the organisation. */
export const BackupObjects = z.object({
  items: z.array(z.object({ key, size: z.int(), media: z.string(), metadata: z.record(z.string(), z.string()) })),
  next: z.nullable(z.string()),
})
export type BackupObjects = z.infer<typeof BackupObjects>
/** The query of GET /api/ops/backup/object. */
export const ObjectQuery = z.object({ key })
const size = z.int().check(z.minimum(1))
/** POST /api/ops/backup/parts: begins to put a large object back in parts. */
export const RestoreInParts = z.object({
  key,
  media: z.string().check(z.maxLength(200)),
  metadata: z.record(z.string().check(z.maxLength(200)), z.string().check(z.maxLength(2_000))),
})
/** The bucket's name for what was begun; null: the object is there already. */
export const RestoreBegun = z.object({ upload: z.nullable(z.string()) })
const upload = z.string().check(z.minLength(1), z.maxLength(2_000))
const number = z.int().check(z.minimum(1), z.maximum(10_000))
/** The query of PUT /api/ops/backup/parts: one part. All but the last have the same size, of 5 MiB at least. */
export const RestorePart = z.object({
  key,
  upload,
  number: z.coerce.number().check(z.int(), z.minimum(1), z.maximum(10_000)),
  size: z.coerce.number().check(z.int(), z.minimum(1)),
})
/** PUT /api/ops/backup/parts: by which the bucket knows the part. */
export const PartStored = z.object({ etag: z.string() })
/** POST /api/ops/backup/parts/end: all parts are there. */
export const RestoreEnd = z.object({
  key,
  upload,
  size,
  parts: z
    .array(z.object({ number, etag: z.string().check(z.minLength(1), z.maxLength(200)) }))
    .check(z.minLength(1), z.maxLength(10_000)),
})
/** The query of PUT /api/ops/backup/object; `metadata` as JSON. */
export const RestoreObject = z.object({
  key,
  size: z.coerce.number().check(z.int(), z.minimum(0)),
  media: z.string().check(z.maxLength(200)),
  metadata: z.string().check(z.maxLength(4_000)),
})

/** Bodies of reading and publishing the configuration. */
import * as z from 'zod/mini'
import { Config, ConfigChange, ConfigVersion } from '../config.ts'
import { limit } from '../fields.ts'

/** GET /api/v1/config */
export const PublishedConfig = z.object({ version: z.int(), config: Config })
/** PUT /api/v1/config, header `Idempotency-Key`: the new version, and what is legal in it but likely not meant. */
export const PublishedVersion = z.object({
  version: z.int(),
  warnings: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
})
export type PublishedVersion = z.infer<typeof PublishedVersion>

const versionNumber = z.coerce.number().check(z.int(), z.minimum(0))
const note = z.string().check(z.trim(), z.maxLength(200))
/**
 * The query of PUT /api/v1/config. `base` is the version it was made from, 0 for the first: refused with 409 when another is
 * published by now, so that nobody overwrites what they have not seen.
 */
export const PublishQuery = z.object({ base: versionNumber, note: z.optional(note) })

/** The query of GET /api/v1/config/versions. `cursor` is the `next` of the page before. */
export const ConfigVersionQuery = z.object({
  limit,
  cursor: z.optional(z.string().check(z.regex(/^\d{1,15}$/))),
})
/** GET /api/v1/config/versions: newest first, as many as are kept. `byName` is null when nobody of this id is left. */
export const ConfigVersionList = z.object({
  items: z.array(z.extend(ConfigVersion, { byName: z.nullable(z.string()) })),
  next: z.nullable(z.string()),
})
export type ConfigVersionList = z.infer<typeof ConfigVersionList>
/** GET /api/v1/config/versions/:version */
export const KeptConfig = z.extend(ConfigVersion, { config: Config })
export type KeptConfig = z.infer<typeof KeptConfig>
/** POST /api/v1/config/versions/:version/return. `base` as in PublishQuery. */
export const ReturnRequest = z.object({ base: z.int().check(z.minimum(0)), note: z.optional(note) })
/** The query of GET /api/v1/config/changes: `to` is the newest version when it is left out. */
export const ConfigChangesQuery = z.object({ from: versionNumber, to: z.optional(versionNumber) })
/** GET /api/v1/config/changes: what makes version `to` of version `from`. */
export const ConfigChanges = z.object({ from: z.int(), to: z.int(), changes: z.array(ConfigChange) })
export type ConfigChanges = z.infer<typeof ConfigChanges>

/** What does not get through, and making the record anew. */
import * as z from 'zod/mini'
import { limit } from '../fields.ts'

/** What does not get through from an actor: to which receivers since when, and what it no longer tells the record. */
export const StuckLists = z.object({
  peers: z.array(
    z.object({ peer: z.string(), waiting: z.int(), attempts: z.int(), since: z.number(), error: z.string() }),
  ),
  parked: z.array(z.object({ id: z.int(), kind: z.string(), attempts: z.int(), error: z.string() })),
})
/** The query of GET /api/ops/stuck; `after` is the `next` of the page before. */
export const StuckQuery = z.object({ limit, after: z.optional(z.string().check(z.minLength(1), z.maxLength(300))) })
/**
 * GET /api/ops/stuck: what actors have reported of themselves, by their names, and among them, as parked, what the edge has
 * failed to do ten times: `<organisation>/errand/<conversation>:<kind>`, `<organisation>/erasure/<customer>`. `at`: since when
 * it is so, in ms.
 */
export const StuckList = z.object({
  items: z.array(z.object({ actor: z.string(), at: z.number(), ...StuckLists.shape })),
  next: z.nullable(z.string()),
})
export type StuckList = z.infer<typeof StuckList>

/** POST /api/ops/replay: `actor` as it stands in a StuckList. The answer's `items` is 0 when it failed again. */
export const ReplayRequest = z.object({ actor: z.string().check(z.minLength(1), z.maxLength(300)) })
export const ReplayAnswer = z.object({ items: z.int() })

/**
 * POST /api/ops/rebuild: one step. `empty` begins: it has whoever the record knows and the register does not join the
 * register, so that nobody is lost, then deletes the projection part by part; then the answers' `next` leads, shard by
 * shard, through the register.
 */
export const RebuildRequest = z.object({
  cursor: z.string().check(z.regex(/^(empty|delete|join:[\w:.-]{0,128}|\d{1,4}:\d{1,15})$/)),
})
/** `joined`: who joined the register. `silent`: actors that did not answer. `next`: the cursor of the next step; null when this was the last. */
export const RebuildStep = z.object({
  joined: z.optional(z.int()),
  deleted: z.int(),
  asked: z.int(),
  silent: z.array(z.string()),
  next: z.nullable(z.string()),
})
export type RebuildStep = z.infer<typeof RebuildStep>

/** POST /api/ops/told: an act of the command line, whose id only its author and the audit know. */
export const ToldRequest = z.object({
  organisation: z.string().check(z.regex(/^[a-z0-9-]{1,63}$/)),
  act: z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{26}$/)),
})

/** What falls due without anybody asking, once a minute. */
export const dutyNames = ['errands', 'uploads', 'erasures', 'seals', 'index', 'acts'] as const
export type DutyName = (typeof dutyNames)[number]

/**
 * GET /api/ops/status: how this installation is, for the caller's organisation. Counts and versions, nothing that anybody
 * said. `config` is the published version; null: none yet. Times in ms.
 */
export const OpsStatus = z.object({
  at: z.number(),
  /** Of the wire protocol. */
  protocol: z.int(),
  config: z.nullable(z.int()),
  /** Whether each answers. */
  databases: z.object({ record: z.boolean(), search: z.boolean() }),
  /** Actors that have something stuck. */
  stuck: z.int(),
  /** What runs, as the platform calls it, and since when it is there. */
  deployed: z.object({ id: z.string(), at: z.number() }),
  /** When each duty ran to its end last (null: never), and since when it has failed. Of the whole installation. */
  runs: z.array(
    z.object({ name: z.enum(dutyNames), ranAt: z.nullable(z.number()), failedSince: z.nullable(z.number()) }),
  ),
  /** What the duties still have to do: how much, how much of it has failed before, since when the oldest is due. */
  duties: z.array(
    z.object({
      name: z.enum(['errands', 'uploads', 'erasures', 'seals']),
      waiting: z.int(),
      failing: z.int(),
      since: z.nullable(z.number()),
    }),
  ),
})
export type OpsStatus = z.infer<typeof OpsStatus>

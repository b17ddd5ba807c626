/** What the Floor shows: the rows of its board, and the answer of GET /api/v1/floor. All times in ms. */
import * as z from 'zod/mini'
import { itemStates, Presence } from './agent.ts'
import { mediumFields } from './media.ts'
import { FloorPolicy } from './policies.ts'
import { AgentRates, AgentSums, QueueRates, QueueSums } from './reports.ts'
import { AgentInterval } from './segments.ts'

const count = z.int().check(z.nonnegative())
const key = z.string()

/** A conversation in an agent's hands. `via`: the queue it came through; null: by hand. */
export const AgentNowItem = z.object({
  conversation: z.string(),
  ...mediumFields,
  state: z.enum(itemStates),
  via: z.nullable(z.string()),
  since: z.number(),
})
export type AgentNowItem = z.infer<typeof AgentNowItem>

/** Since midnight in the policy's zone, and in the present interval. */
const spans = <F extends z.ZodMiniType>(figures: F) => z.object({ today: figures, interval: figures })

/** Row `floor`: how the figures are counted. `counted`: those of today are complete; until then they are null. */
export const FloorFrame = z.object({
  key: z.literal('floor'),
  policy: FloorPolicy,
  today: z.number(),
  interval: z.number(),
  counted: z.boolean(),
})
export type FloorFrame = z.infer<typeof FloorFrame>

/** Row `queue/<team>/<id>`. */
export const FloorQueue = z.object({
  key: key.check(z.startsWith('queue/')),
  queue: z.string(),
  name: z.string(),
  team: z.string(),
  /** Who waits, without those who ring; null: the queue has not told yet. */
  now: z.nullable(z.object({ waiting: count, oldest: z.nullable(z.number()) })),
  figures: z.nullable(spans(QueueSums)),
})
export type FloorQueue = z.infer<typeof FloorQueue>

/** Row `agent/<team>/<id>`. `queues`: those it serves. `time`: its time that lasts, which no figure holds yet. */
export const FloorAgent = z.object({
  key: key.check(z.startsWith('agent/')),
  agent: z.string(),
  name: z.string(),
  team: z.string(),
  queues: z.array(z.string()),
  /** `since`: when the presence or being occupied last changed; null: never. `now` is null until the agent has told. */
  now: z.nullable(
    z.object({
      presence: Presence,
      reason: z.nullable(z.string()),
      notResponding: z.boolean(),
      link: z.boolean(),
      since: z.nullable(z.number()),
      items: z.array(AgentNowItem),
    }),
  ),
  figures: z.nullable(spans(AgentSums)),
  time: z.nullable(AgentInterval),
})
export type FloorAgent = z.infer<typeof FloorAgent>

export const FloorRow = z.union([FloorFrame, FloorQueue, FloorAgent])
export type FloorRow = z.infer<typeof FloorRow>

/** What an agent is, in a word. `ready`: available, and nothing in hand. */
export const agentStates = [
  'unknown',
  'offline',
  'gone',
  'not-responding',
  'away',
  'busy',
  'ready',
  'ringing',
  'talking',
  'wrap-up',
] as const
export type AgentFloorState = (typeof agentStates)[number]

/**
 * GET /api/v1/floor. `told`: every queue and agent has said what it is; `counted`: the figures of today are complete. Both
 * take a moment for whoever looks first.
 */
export const FloorAnswer = z.object({
  at: z.number(),
  told: z.boolean(),
  counted: z.boolean(),
  policy: z.nullable(FloorPolicy),
  today: z.nullable(z.number()),
  interval: z.nullable(z.number()),
  queues: z.array(
    z.extend(z.omit(FloorQueue, { key: true, figures: true }), {
      ringing: count,
      talking: count,
      agents: z.record(z.enum(agentStates), count),
      figures: z.nullable(spans(z.extend(QueueSums, QueueRates.shape))),
    }),
  ),
  agents: z.array(
    z.extend(z.omit(FloorAgent, { key: true, figures: true, time: true }), {
      state: z.enum(agentStates),
      figures: z.nullable(spans(z.extend(AgentSums, AgentRates.shape))),
    }),
  ),
})
export type FloorAnswer = z.infer<typeof FloorAnswer>

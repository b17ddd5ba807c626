/**
 * A routing plan: where a contact waits, step by step, and how the wait ends (docs/routing.md). What was added later is
 * optional: plans are kept in versions of the configuration and by the conversations that follow them.
 */
import * as z from 'zod/mini'
import { Relaxation } from '../routing/requirement/relax.ts'
import { key, label, ms } from './fields.ts'
import { Need } from './need.ts'

const text = z.string().check(z.maxLength(500))
const places = z
  .array(z.object({ queue: key, need: z._default(Need, { level: 1, skills: {} }) }))
  .check(z.maxLength(20))
const bounds = { least: z.optional(ms), most: z.optional(ms) }

/** What must hold for a step to be taken; a figure that is not known holds in no way. */
export const Condition = z.discriminatedUnion('is', [
  /** So many contacts wait in the queue. */
  z.object({ is: z.literal('waiting'), queue: key, ...bounds }),
  /** So many agents who serve the queue are available, busy ones too. */
  z.object({ is: z.literal('agents'), queue: key, ...bounds }),
  /** The queue's expected wait, in ms. */
  z.object({ is: z.literal('predicted'), queue: key, ...bounds }),
  z.object({ is: z.literal('hours'), hours: key, open: z.boolean() }),
])
export type Condition = z.infer<typeof Condition>
/** A condition on a queue's figures. */
export type QueueCondition = Exclude<Condition, { is: 'hours' }>

/** Rings at one agent alone, for so long (ms): who served this customer last, or whom an attribute of the customer names. */
export const Preferred = z.discriminatedUnion('by', [
  z.object({ by: z.literal('last'), ring: ms }),
  z.object({ by: z.literal('attribute'), name: key, ring: ms }),
])
export type Preferred = z.infer<typeof Preferred>

export const PlanStep = z.object({
  /** Not before this long after the plan began, in ms. */
  after: ms,
  /** All of these; of none, always. A step whose conditions do not hold is watched until a later one is taken. */
  when: z.optional(z.array(Condition).check(z.maxLength(10))),
  /** From here on the contact waits in exactly these queues, in all of them at once; none named: where it waits already. */
  queues: z._default(places, []),
  /** And in these besides. */
  also: z.optional(places),
  /** Asks for less, in every queue where it waits then. */
  relax: z.optional(Relaxation),
  /** Points of priority, added to those before; one is worth a minute of age. */
  raise: z._default(z.int().check(z.minimum(-1_000), z.maximum(1_000)), 0),
  /** Asks one agent before all others. */
  prefer: z.optional(Preferred),
  /** What the customer reads or hears. */
  say: z.optional(text),
  /** What the customer may choose instead of waiting. */
  offer: z.optional(z.enum(['callback', 'message'])),
  /** Goes on with another plan, whose time begins then. */
  plan: z.optional(key),
  /** Ends the wait with this notice. */
  end: z.optional(text),
})
export type PlanStep = z.infer<typeof PlanStep>

export const Plan = z.object({
  name: label,
  steps: z.array(PlanStep).check(z.minLength(1), z.maxLength(20)),
  /** How soon a contact should be answered, in ms: queues may be ordered by what is left of it. */
  answerWithin: z.optional(ms),
  /** When nobody was found `after` ms: the wait ends and the customer reads `notice`. */
  fallback: z._default(z.nullable(z.object({ after: ms, notice: text })), null),
})
export type Plan = z.infer<typeof Plan>

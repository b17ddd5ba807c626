/** Why a contact waits, and why an agent got it: the facts of a decision as they are recorded with it, and the API's answer. */
import * as z from 'zod/mini'

const count = z.int().check(z.nonnegative())
const text = z.string()

/**
 * Why a queue offered its contact to this agent: what its idle agents were compared by, in order, and the values. Times in
 * ms; a value belongs to the attribute in the same place.
 */
export const QueueDecision = z.object({
  /** As `level desc`, `idle asc`, `skill french desc`. */
  order: z.array(text),
  chosen: z.array(z.number()),
  /** The next best that could have taken it, the best first: three at most. */
  rivals: z.array(z.object({ agent: text, values: z.array(z.number()) })),
  /** How many were idle and of a kind that can take it, the chosen one included. */
  idle: count,
  /** Contacts that stood before it: nobody idle could take them. */
  before: count,
})
export type QueueDecision = z.infer<typeof QueueDecision>

/** And why the agent took this contact: in the order of its queues, or the best by rank over all. */
export const Decision = z.extend(QueueDecision, {
  by: z.enum(['order', 'rank']),
  /** What its other queues offered at the same time, and came later. `rank` in ms: the smaller, the sooner. */
  rank: z.number(),
  others: z.array(z.object({ queue: text, rank: z.number() })),
})
export type Decision = z.infer<typeof Decision>

/**
 * Why an agent of a queue does not take a contact now. `lacks`: what of the need it does not meet, `full`: no room beside
 * what it has in hand; `away`: not there, or not available; `cooling`: was asked a moment ago and did not take it; `asked`: is being
 * offered another contact; `silent`: did not answer; `holds`: has it, or had it until just now; `next`: could take it, and
 * is about to be asked; `list`: could take it from the list, where nobody is asked.
 */
export const reasons = ['lacks', 'away', 'full', 'cooling', 'asked', 'silent', 'holds', 'next', 'list'] as const
export const QueueExplanation = z.object({
  /** Contacts that stand before it. */
  before: count,
  /** How many of the queue's agents are kept from it by what. */
  counts: z.partialRecord(z.enum(reasons), count),
  /** Some of them, those nearest to taking it first. */
  agents: z.array(
    z.object({
      agent: text,
      reason: z.enum(reasons),
      /** Of `lacks`: as `level 2`, `french 3`, or an expression. */
      lacks: z.optional(z.array(text)),
      /** Contacts in hand. */
      load: count,
    }),
  ),
})
export type QueueExplanation = z.infer<typeof QueueExplanation>

/** What a conversation itself knows: where it stands, and the decisions about it. All times in ms. */
export const Standing = z.object({
  /** `hours`: left outside opening hours; `laid-aside`: by an agent; `ringing`: at `offer`. */
  is: z.enum(['new', 'bot', 'waiting', 'ringing', 'talking', 'laid-aside', 'hours', 'fallback', 'closed']),
  since: z.nullable(z.number()),
  /** Until when nobody is sought. */
  until: z.nullable(z.number()),
  /** Who is being rung, or has it. `why`: of an offer by hand. */
  agent: z.nullable(text),
  /** All who are being rung, when there are several. */
  ringing: z.optional(z.array(text)),
  /** Its last agent, or one who was wished for, is asked first. */
  preferred: z.boolean(),
  /** How many steps of its plan it has come through, and how many there are. */
  step: count,
  steps: count,
  /** When the next step's time comes, and the plan's end. */
  nextStepAt: z.nullable(z.number()),
  fallbackAt: z.nullable(z.number()),
  queues: z.array(z.object({ queue: text, level: count, skills: z.record(text, count), where: z.nullable(text) })),
  /** Agents that are not asked again until then. */
  cooling: z.array(z.object({ agent: text, until: z.number() })),
})
export type Standing = z.infer<typeof Standing>

export const Assignment = z.object({
  at: z.number(),
  agent: text,
  lease: count,
  /** The queue through which; null: by hand. */
  via: z.nullable(text),
  why: z.nullable(text),
  /** What was recorded with it; null: by hand, or by an earlier program. */
  decision: z.nullable(Decision),
  /** How it ended: taken, or as the offer's segment says; null: it rings. */
  outcome: z.nullable(text),
})
export type Assignment = z.infer<typeof Assignment>

/** What the conversation answers. */
export const Account = z.object({ standing: Standing, assignments: z.array(Assignment) })
export type Account = z.infer<typeof Account>

/** GET /api/v1/conversations/:id/explanation. Of the assignments the last fifty, the newest first. */
export const Explanation = z.object({
  at: z.number(),
  standing: z.extend(Standing, {
    queues: z.array(
      z.object({
        queue: text,
        level: count,
        skills: z.record(text, count),
        where: z.nullable(text),
        now: z.nullable(QueueExplanation),
      }),
    ),
  }),
  assignments: z.array(Assignment),
})
export type Explanation = z.infer<typeof Explanation>

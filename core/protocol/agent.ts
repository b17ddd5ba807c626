/** What crosses the wire between an Agent actor and the agent's consoles: commands, and the rows of its board. */
import * as z from 'zod/mini'
import { MentionRow } from './colleagues.ts'
import { FirstMedium, Medium, mediumFields } from './media.ts'

const count = z.int().check(z.nonnegative())
const lease = z.int().check(z.positive())
const ref = z.string().check(z.maxLength(128))

/** `available` takes new work; `busy` and `away` keep what they own; `offline` has signed off. */
export const presences = ['available', 'busy', 'away', 'offline'] as const
export const Presence = z.enum(presences)
export type Presence = z.infer<typeof Presence>

export const AgentCommand = z.discriminatedUnion('name', [
  /** `reason` is one of the organisation's named reasons, or absent. */
  z.object({
    name: z.literal('presence'),
    body: z.object({ presence: Presence, reason: z.optional(z.string().check(z.maxLength(80))) }),
  }),
  /** How many contacts of a medium at once. Lowered below the load, it drains. */
  z.object({
    name: z.literal('capacity'),
    body: z.object({ medium: Medium, units: z.int().check(z.minimum(0), z.maximum(50)) }),
  }),
  z.object({ name: z.literal('accept'), body: z.object({ conversation: ref, lease }) }),
  /** `reason`: one of the organisation's, where it has any; `word`: what the agent says beside it. */
  z.object({
    name: z.literal('decline'),
    body: z.object({
      conversation: ref,
      lease,
      reason: z.optional(z.string().check(z.maxLength(200))),
      word: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(300))),
    }),
  }),
  z.object({ name: z.literal('finish'), body: z.object({ conversation: ref }) }),
  /** More time for after-work: as long again as the medium gives at first, within its bound. */
  z.object({ name: z.literal('extend'), body: z.object({ conversation: ref }) }),
  /** The agent has looked at a note that names it, by the number of its entry. */
  z.object({ name: z.literal('see-mention'), body: z.object({ conversation: ref, entry: lease }) }),
])
export type AgentCommand = z.infer<typeof AgentCommand>

/** Board row `me`. `notResponding`: set to away by missed offers. `link`: a console is connected and answers. */
export const MeRow = z.object({
  key: z.literal('me'),
  agent: z.string(),
  name: z.string(),
  presence: Presence,
  reason: z.nullable(z.string()),
  notResponding: z.boolean(),
  link: z.boolean(),
  /** How many at once: of the first media; `capacities`: of all. */
  capacity: z.record(FirstMedium, count),
  capacities: z.optional(z.record(z.string(), count)),
  /**
   * By how much the work in hand is above it, since it was lowered; nothing new comes until it has drained. Absent: not.
   * `units`: of the first media; `work`: of all.
   */
  over: z.optional(
    z.object({
      units: z.partialRecord(FirstMedium, count),
      work: z.optional(z.record(z.string(), count)),
      weight: z.number(),
    }),
  ),
  queues: z.array(z.object({ queue: z.string(), name: z.string() })),
  reasons: z.array(z.string()),
  /** Of which one is given when an offer is declined; absent: any words. */
  declineReasons: z.optional(z.array(z.string())),
})
export type MeRow = z.infer<typeof MeRow>

/** The last word that both sides read, cut short; `at` in ms. A file's is its name. */
export const LastWord = z.object({ from: z.enum(['customer', 'agent']), text: z.string(), at: z.number() })
export type LastWord = z.infer<typeof LastWord>

export const itemStates = ['ringing', 'owned', 'wrap'] as const

/** Board row `item/<conversation>`: work that rings, is owned or is being wrapped up. `until` ends ringing and wrap-up. */
export const ItemRow = z.object({
  key: z.string(),
  conversation: z.string(),
  ...mediumFields,
  state: z.enum(itemStates),
  lease,
  via: z.nullable(z.string()),
  customer: z.object({ id: z.string(), name: z.string(), verified: z.boolean() }),
  /** When the contact began to wait, and when this state began; ms. */
  waitingSince: z.number(),
  since: z.number(),
  until: z.nullable(z.number()),
  /** What whoever handed it over says. */
  note: z.optional(z.string()),
  /** Written outside opening hours. */
  left: z.optional(z.boolean()),
  /** Its owner asks in private. */
  consult: z.optional(z.object({ by: z.string() })),
  /** For how many others it rings at the same time. */
  others: z.optional(count),
  /** As told to a console that has no socket on the conversation, and when it rings; `unread`: by the owner, at most 99. */
  last: z.optional(LastWord),
  unread: z.optional(count),
  /** By how much after-work may still be lengthened, in ms. */
  more: z.optional(count),
  /** Since when it waits for work that cannot (ms); absent: it does not. It comes back by itself. */
  interrupted: z.optional(z.number()),
})
export type ItemRow = z.infer<typeof ItemRow>

/** Board row `laid/<conversation>`: laid aside by this agent until then (ms). It takes no room. */
export const LaidRow = z.object({
  key: z.string().check(z.startsWith('laid/')),
  conversation: z.string(),
  until: z.number(),
  customer: z.object({ id: z.string(), name: z.string(), verified: z.boolean() }),
})
export type LaidRow = z.infer<typeof LaidRow>

/** Board row `done/<conversation>`: was closed in this agent's hands, at (ms); the newest fifty. */
export const DoneRow = z.object({
  key: z.string().check(z.startsWith('done/')),
  conversation: z.string(),
  customer: z.object({ id: z.string(), name: z.string(), verified: z.boolean() }),
  at: z.number(),
})
export type DoneRow = z.infer<typeof DoneRow>

/**
 * Board row `gone/<conversation>`: rang here or was to be taken from a list, and somebody else was faster. `by`, by name, has it;
 * null where it is not known. It is told for some seconds.
 */
export const GoneRow = z.object({
  key: z.string().check(z.startsWith('gone/')),
  conversation: z.string(),
  customer: z.nullable(z.string()),
  by: z.nullable(z.string()),
  at: z.number(),
})
export type GoneRow = z.infer<typeof GoneRow>

export const AgentRow = z.union([MeRow, ItemRow, LaidRow, GoneRow, DoneRow, MentionRow])
export type AgentRow = z.infer<typeof AgentRow>

/** Rows of a Queue's board: who waits. The first in the queue's order is the smallest by `order`, then `rank`, then `conversation`. */
export const WaitingRow = z.object({
  key: z.string(),
  conversation: z.string(),
  ...mediumFields,
  since: z.number(),
  rank: z.number(),
  priority: z.number(),
  customer: z.string(),
  /** Bid to an agent, or in an agent's hands. */
  held: z.boolean(),
  /** What the queue's own order compares, one after another; null comes last. Absent: its order is the rank. */
  order: z.optional(z.array(z.nullable(z.number()))),
  /** Agents may take it from the list. */
  pull: z.optional(z.boolean()),
})
export type WaitingRow = z.infer<typeof WaitingRow>

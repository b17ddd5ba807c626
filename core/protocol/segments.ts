/**
 * What reports are made of: stays of conversations and times of agents. Both are rows of the record that grow by versions;
 * while something lasts, its end is null. Times in ms.
 */
import * as z from 'zod/mini'
import { Presence } from './agent.ts'

const count = z.int().check(z.nonnegative())

/**
 * Where a conversation can stay. `queue` lasts from entering a queue until it is answered or leaves, ringing included;
 * `ring`: one offer to one agent; `talk`: one agent owns it; `hold`: a part of a talk in which the customer was
 * asked to wait; `consult`: a colleague sees along in private; `fallback`: its plan ended without an agent; `snooze`: laid
 * aside by its agent, or until the opening hours; `wrap-up`: the agent's after-work. What a medium does not have (nothing but a flow makes a `bot`) does not occur in it.
 */
export const segmentKinds = [
  'bot',
  'queue',
  'ring',
  'talk',
  'hold',
  'consult',
  'fallback',
  'snooze',
  'wrap-up',
] as const
export const SegmentKind = z.enum(segmentKinds)
export type SegmentKind = z.infer<typeof SegmentKind>

/**
 * How a stay ended. Of a queue: `answered` (out of it), `elsewhere` (out of another queue, or by hand), `abandoned` (the
 * customer left), `moved` (it waits elsewhere, or nowhere), `fallback`, `withdrawn` (the talk during which it was sought
 * ended), `closed-by-…`. Of a ring: `accepted`, `declined`, `missed`, `away`, `unclaimed` (its answer came too late),
 * `guard` (the agent said nothing at all), `taken` (it rang for several, and another was faster), `withdrawn`. Of a talk: `closed-by-…`, `transferred` (to a queue),
 * `handed-over` (to an agent who took it while it was still owned), `laid-aside`, `lost` (the console stayed away),
 * `given-back`. Of a hold: `resumed`, or as the talk of which it is a part. Of a consult: `ended` (by the owner), `left` (by the
 * colleague), `handed-over` (to the colleague), `withdrawn` (the owner has it no more), `lost`, `given-back`, `closed-by-…`. Of a snooze: `woken`, `resumed` (it went on otherwise), `closed-by-…`. Of a fallback: `resumed`, `answered`,
 * `closed-by-…`. Of a bot: `passed-on` (to a queue), `asked-for-person`, `broken` (it could not go on), `elsewhere` (taken by
 * hand), `closed-by-…`. Of a wrap-up: `finished` (by the agent), `timed-out`, `signed-off`, `returned` (the conversation came back
 * to the agent).
 */
export const outcomes = [
  'answered',
  'elsewhere',
  'abandoned',
  'moved',
  'fallback',
  'withdrawn',
  'accepted',
  'declined',
  'missed',
  'away',
  'unclaimed',
  'guard',
  'taken',
  'transferred',
  'handed-over',
  'laid-aside',
  'lost',
  'given-back',
  'ended',
  'left',
  'woken',
  'resumed',
  'closed-by-customer',
  'closed-by-agent',
  'closed-by-system',
  'finished',
  'timed-out',
  'signed-off',
  'returned',
  'passed-on',
  'asked-for-person',
  'broken',
] as const
export const SegmentOutcome = z.enum(outcomes)
export type SegmentOutcome = z.infer<typeof SegmentOutcome>

/** One stay of a conversation. `id` is unique in the conversation. */
export const Segment = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Only grows; an older version never replaces a newer one. */
  version: count,
  kind: SegmentKind,
  /** What kind of work it was when the stay began; absent: a chat. */
  medium: z.optional(z.string().check(z.maxLength(40))),
  /** The queue it waits in, or through which the agent got it; null: by hand. */
  queue: z.nullable(z.string()),
  agent: z.nullable(z.string()),
  lease: z.nullable(count),
  beganAt: z.number(),
  endedAt: z.nullable(z.number()),
  outcome: z.nullable(SegmentOutcome),
  /** Numbers of the entries with which it began and ended; null where no entry tells. */
  first: z.nullable(count),
  last: z.nullable(count),
})
export type Segment = z.infer<typeof Segment>

/** What an agent is, as reports tell it. `occupied`: owns or wraps up at least one contact. */
export const Duty = z.object({
  presence: Presence,
  /** One of the organisation's reasons; null: none given. */
  reason: z.nullable(z.string()),
  /** Set to away because offers were missed. */
  notResponding: z.boolean(),
  /** A console is there and answers. */
  connected: z.boolean(),
  occupied: z.boolean(),
})
export type Duty = z.infer<typeof Duty>

/** A time during which an agent's duty did not change; numbered by `id`, without overlap. */
export const AgentInterval = z.extend(Duty, {
  id: count,
  version: count,
  beganAt: z.number(),
  endedAt: z.nullable(z.number()),
})
export type AgentInterval = z.infer<typeof AgentInterval>

/** What carriers tell of a call, in our words: the dialects of `worker/channels/voice` translate into these. */
import * as z from 'zod/mini'

/** The carrier's id of a leg: of one phone's part in a call. Unique within the carrier's account. */
export const LegId = z.string().check(z.minLength(1), z.maxLength(200)).brand<'LegId'>()
export type LegId = z.infer<typeof LegId>

/**
 * Numbers what a leg is told. Instructions are handed out with the number under which the leg comes back for the next, so
 * that a webhook that is repeated is known as the same question. The first question of a leg has 0.
 */
export const StepNumber = z.int().check(z.nonnegative())

/** What a caller is called by: mostly E.164, but also `anonymous`, `client:olga` or a SIP address. */
const party = z.string().check(z.maxLength(300))
const seconds = z.number().check(z.nonnegative())

/**
 * How a leg ended, the less telling before the more telling: of two that were told of one leg, the later one of this list
 * counts. `lost`: it was gone when the carrier was asked.
 */
export const causes = ['lost', 'failed', 'completed', 'canceled', 'no-answer', 'busy', 'rejected'] as const
export const Cause = z.enum(causes)
export type Cause = z.infer<typeof Cause>

/** What a leg comes back with. `nothing`: nobody pressed or said anything, or there was nothing to answer. */
export const Outcome = z.discriminatedUnion('of', [
  z.object({ of: z.literal('nothing') }),
  /** Without the key that ended them. */
  z.object({ of: z.literal('digits'), digits: z.string().check(z.regex(/^[0-9*#A-D]{1,64}$/)) }),
  z.object({
    of: z.literal('speech'),
    text: z.string().check(z.minLength(1), z.maxLength(5_000)),
    /** From 0 to 1. */
    confidence: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  }),
  /** Somebody else was dialled, and that is over. */
  z.object({ of: z.literal('dial'), cause: Cause, leg: z.optional(LegId), seconds: z.optional(seconds) }),
  /** It left the room, or the room closed. */
  z.object({ of: z.literal('room') }),
  z.object({ of: z.literal('recording'), url: z.url(), seconds: z.optional(seconds) }),
])
export type Outcome = z.infer<typeof Outcome>

const about = {
  leg: LegId,
  /** The leg that dialled this one. */
  parent: z.optional(LegId),
}

export const CallEvent = z.discriminatedUnion('is', [
  z.object({
    ...about,
    is: z.literal('began'),
    direction: z.enum(['in', 'out']),
    from: party,
    to: party,
    /** What the caller's network calls them. */
    name: z.optional(party),
    forwardedFrom: z.optional(party),
  }),
  z.object({ ...about, is: z.literal('ringing') }),
  z.object({ ...about, is: z.literal('answered') }),
  z.object({
    ...about,
    is: z.literal('ended'),
    cause: Cause,
    /** From the answer to the end. */
    seconds: z.optional(seconds),
  }),
  /** The leg waits for what it shall do next. */
  z.object({ ...about, is: z.literal('asked'), step: StepNumber, outcome: Outcome }),
  z.object({
    ...about,
    is: z.enum(['joined', 'left']),
    room: z.string().check(z.minLength(1), z.maxLength(200)),
    /** Grows with each event of a room: the carrier's sequence number, or its clock. */
    order: z.optional(z.number()),
  }),
  z.object({
    ...about,
    is: z.literal('recorded'),
    recording: z.string().check(z.minLength(1), z.maxLength(200)),
    /** `none`: nothing was to be recorded. Only what is `done` has an address. */
    state: z.enum(['started', 'none', 'done']),
    url: z.optional(z.url()),
    seconds: z.optional(seconds),
    channels: z.optional(z.int()),
  }),
])
export type CallEvent = z.infer<typeof CallEvent>
/** One kind of call event. */
export type CallEventOf<Is extends CallEvent['is']> = Extract<CallEvent, { is: Is }>

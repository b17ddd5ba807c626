/**
 * What a leg is told to do, in our words: what it hears first, and how that ends. They end with the one step after
 * which the leg comes back for more (see `asked`), so whoever decides is asked exactly once for each.
 *
 * There is no step for waiting in a queue: a caller who waits is told music and announcements, and to ask again, or by listening for a key (docs/decisions/carriers.md).
 */
import * as z from 'zod/mini'
import { language } from '../protocol/fields.ts'
import { LegId } from './events.ts'

const address = z.url({ protocol: /^https?$/ }).check(z.maxLength(2_000))
const party = z.string().check(z.minLength(1), z.maxLength(300))
const upTo = (most: number) => z.int().check(z.minimum(1), z.maximum(most))

export const Prompt = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('say'),
    text: z.string().check(z.minLength(1), z.maxLength(3_000)),
    language,
    /** A voice as the carrier calls it; absent: its usual one for the language. */
    voice: z.optional(z.string().check(z.maxLength(100))),
  }),
  z.object({ do: z.literal('play'), url: address, times: z._default(upTo(100), 1) }),
  z.object({ do: z.literal('pause'), seconds: upTo(60) }),
])
export type Prompt = z.infer<typeof Prompt>

export const MOST_PROMPTS = 20
/** How long all texts and addresses that are heard may be together: a carrier takes documents of 64 kB. */
export const MOST_HEARD = 8_000

const prompts = z._default(z.array(Prompt).check(z.maxLength(MOST_PROMPTS)), [])
/** The key that ends an input; absent: none does. */
const finish = z.optional(z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#']))

/** Whom a leg may be connected to. `client`: a softphone that is registered with the carrier under this name. */
export const Target = z.discriminatedUnion('is', [
  z.object({ is: z.literal('number'), number: z.string().check(z.regex(/^\+[1-9]\d{4,14}$/)) }),
  z.object({ is: z.literal('sip'), uri: z.string().check(z.regex(/^sips?:[^\s<>"]{1,250}$/)) }),
  z.object({ is: z.literal('client'), name: z.string().check(z.regex(/^[\w.-]{1,121}$/)) }),
])
export type Target = z.infer<typeof Target>

/**
 * As what a leg enters a room. A `caller` hears nothing until an `agent` is there. A `listener` is heard by nobody, a
 * `coach` only by the leg whom it coaches. Nobody's leaving closes the room: whoever decides about the call does that.
 */
export const Part = z.discriminatedUnion('as', [
  z.object({ as: z.literal('caller') }),
  z.object({ as: z.literal('agent') }),
  z.object({ as: z.literal('listener') }),
  z.object({ as: z.literal('coach'), of: LegId }),
])
export type Part = z.infer<typeof Part>

export const Ending = z.discriminatedUnion('do', [
  /** Comes back at once. */
  z.object({ do: z.literal('ask') }),
  /** Listens while it hears these prompts and `seconds` longer. An input ends them. */
  z.object({
    do: z.literal('listen'),
    prompts,
    /** Keys: after the last of `most` it does not wait for more. */
    digits: z.optional(z.object({ most: upTo(32), finish })),
    speech: z.optional(
      z.object({
        language,
        hints: z._default(z.array(z.string().check(z.maxLength(100))).check(z.maxLength(100)), []),
      }),
    ),
    seconds: upTo(60),
  }),
  /** Talks in a room until it leaves it. */
  z.object({
    do: z.literal('join'),
    room: z.string().check(z.regex(/^[\w.~-]{1,128}$/)),
    part: Part,
    /** Whoever opens the room decides about its recording. */
    record: z._default(z.boolean(), false),
  }),
  /** Rings at all of them at once; whoever answers first is connected until either hangs up. */
  z.object({
    do: z.literal('dial'),
    to: z.array(Target).check(z.minLength(1), z.maxLength(10)),
    /** The number that they see; absent: the caller's own, where the carrier allows it. */
    from: z.optional(party),
    /** How long it rings. */
    seconds: z.int().check(z.minimum(5), z.maximum(120)),
    record: z._default(z.boolean(), false),
  }),
  /** Records what is said: a message for those who were not there. */
  z.object({
    do: z.literal('record'),
    most: upTo(3_600),
    silence: upTo(60),
    finish,
    beep: z._default(z.boolean(), true),
  }),
  z.object({ do: z.literal('hangup') }),
  /** Does not take the call. Only as the first thing that a leg is told, and without a prompt. */
  z.object({ do: z.literal('reject'), as: z.enum(['busy', 'rejected']) }),
])
export type Ending = z.infer<typeof Ending>
/** One kind of ending. */
export type EndingOf<Do extends Ending['do']> = Extract<Ending, { do: Do }>

/** What a prompt counts of {@link MOST_HEARD}. */
export const lengthOf = (prompt: Prompt): number =>
  prompt.do === 'say' ? prompt.text.length : prompt.do === 'play' ? prompt.url.length : 0

const heardIn = (prompts: readonly Prompt[], end: Ending) => [...prompts, ...(end.do === 'listen' ? end.prompts : [])]

export const Instructions = z.object({ prompts, end: Ending }).check(
  z.refine(
    ({ prompts, end }) => heardIn(prompts, end).reduce((sum, prompt) => sum + lengthOf(prompt), 0) <= MOST_HEARD,
    { error: 'is more than a carrier takes at once', path: ['prompts'] },
  ),
  z.refine(({ prompts, end }) => end.do !== 'reject' || prompts.length === 0, {
    error: 'a call that is not taken hears nothing',
    path: ['prompts'],
  }),
  z.refine(({ end }) => end.do !== 'listen' || end.digits !== undefined || end.speech !== undefined, {
    error: 'says neither digits nor speech to listen for',
    path: ['end'],
  }),
)
export type Instructions = z.infer<typeof Instructions>

/** Whether a leg that was told this comes back for more. */
export const comesBack = ({ end }: Instructions): boolean => end.do !== 'hangup' && end.do !== 'reject'

/** The media: the kinds of work that agents do. What each is by its nature stands here and nowhere else; the rest is configured. */
import * as z from 'zod/mini'
import { ms } from './fields.ts'

/** `continuous`: somebody is there and waits for each word. `intermittent`: nobody is, and it waits without harm. */
export const mediumClasses = ['continuous', 'intermittent'] as const
export type MediumClass = (typeof mediumClasses)[number]

interface Nature {
  readonly class: MediumClass
  /** Takes ears or eyes: nobody has two at once, and it is over when somebody hangs up, so it cannot be laid aside. */
  readonly call: boolean
}

export const natures = {
  chat: { class: 'continuous', call: false },
  voice: { class: 'continuous', call: true },
  video: { class: 'continuous', call: true },
  message: { class: 'intermittent', call: false },
  mail: { class: 'intermittent', call: false },
} as const satisfies Record<string, Nature>

export type Medium = keyof typeof natures
export const media = ['chat', 'voice', 'video', 'message', 'mail'] as const satisfies readonly Medium[]
export const Medium = z.enum(media)

export const isCall = (medium: Medium): boolean => natures[medium].call
export const isIntermittent = (medium: Medium): boolean => natures[medium].class === 'intermittent'

/** The medium that a record names; of one that this release does not know, and of none, a chat. */
export const mediumFrom = (word: string | undefined): Medium => media.find((medium) => medium === word) ?? 'chat'

/** What becomes of it when its customer says what there is to say and goes: a talk is then a message. A call is not left. */
export const whenLeft = (medium: Medium): Medium => (isCall(medium) || isIntermittent(medium) ? medium : 'message')

/** One value for each medium. */
export function eachMedium<V>(of: (medium: Medium) => V): Record<Medium, V> {
  return { chat: of('chat'), voice: of('voice'), video: of('video'), message: of('message'), mail: of('mail') }
}

export const MediumConfig = z.object({
  capacity: z.int().check(z.minimum(0), z.maximum(50)),
  /** The most that agents may set for themselves; absent: 50. */
  most: z.optional(z.int().check(z.minimum(0), z.maximum(50))),
  /** Nothing else beside it. */
  exclusive: z.boolean(),
  /** What one takes of an agent's total; 1 if absent. */
  weight: z.optional(z.number().check(z.minimum(0), z.maximum(100))),
  /** Waits without harm while the agent has work that is not: it is set aside, and in nobody's way. Absent: if it is intermittent. */
  interruptible: z.optional(z.boolean()),
  /** How long an offer of it rings, in ms; absent: as long as `timings.ring` says. */
  ring: z.optional(ms.check(z.minimum(1_000), z.maximum(3_600_000))),
  /** Time for after-work, in ms; 0 for none. */
  wrap: ms,
  /** The most by which agents may lengthen one after-work, in ms, as often as they ask; absent: not at all. */
  wrapMore: z.optional(ms),
  /** How long a vanished console keeps its work, in ms. One that is there gives a sign every five seconds. */
  grace: z.int().check(z.minimum(6_000)),
})
export type MediumConfig = z.infer<typeof MediumConfig>

/** What holds of a medium of which a configuration says nothing. */
export const mediaDefaults: Readonly<Record<Medium, MediumConfig>> = {
  // A minute without network, the last ping before it and the way back: docs/decisions/grace.md.
  chat: { capacity: 4, exclusive: false, wrap: 0, grace: 90_000 },
  voice: { capacity: 1, exclusive: true, wrap: 30_000, grace: 10_000 },
  video: { capacity: 1, exclusive: true, wrap: 30_000, grace: 10_000 },
  // Nobody sits there: it may ring longer, and be kept for somebody who comes back from a break.
  message: { capacity: 6, exclusive: false, interruptible: true, ring: 60_000, wrap: 0, grace: 900_000 },
  mail: { capacity: 6, exclusive: false, interruptible: true, ring: 60_000, wrap: 0, grace: 900_000 },
}

const configured = (medium: Medium) => z._default(MediumConfig, mediaDefaults[medium])
export const MediaConfig = z.prefault(
  z.object({
    chat: configured('chat'),
    voice: configured('voice'),
    video: configured('video'),
    message: configured('message'),
    mail: configured('mail'),
  }),
  {},
)

/**
 * The media with which version 1 of the wire began. A row's `medium` is one of these for ever, so that a client of before there
 * were others takes every row; `work` says what it really is, and may say what no client knows yet (docs/decisions/media.md).
 */
export const firstMedia = ['chat', 'voice'] as const
export const FirstMedium = z.enum(firstMedia)
export const mediumFields = { medium: FirstMedium, work: z.optional(z.string().check(z.maxLength(40))) }
interface Shown {
  readonly medium: (typeof firstMedia)[number]
  readonly work?: string | undefined
}

/** A medium as rows say it. */
export function shownAs(medium: Medium): Shown {
  if (medium === 'chat' || medium === 'voice') return { medium }
  return { medium: isCall(medium) ? 'voice' : 'chat', work: medium }
}

/** What a row's work is: a medium, or a word that this release does not know. */
export const workOf = ({ medium, work }: Shown): string => work ?? medium

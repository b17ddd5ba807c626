/**
 * A flow: what a caller or a chat is led through before somebody is sought, as data (docs/flows.md). Nodes by name; each says
 * which one comes next. What was added later is optional: flows are kept in versions of the configuration.
 */
import * as z from 'zod/mini'
import { AttributeValue } from './conversation.ts'
import { key, label, language } from './fields.ts'

const line = z.string().check(z.trim(), z.minLength(1), z.maxLength(1_000))
const short = z.string().check(z.trim(), z.minLength(1), z.maxLength(80))
const inLanguages = <T extends z.ZodMiniType<string>>(text: T) => z.union([text, z.record(language, text)])
/** The same for everybody, or by language; the flow's own language must be among them. */
export const FlowText = inLanguages(line)
export type FlowText = z.infer<typeof FlowText>
const FlowLabel = inLanguages(short)

const seconds = (least: number, most: number) => z.int().check(z.minimum(least * 1_000), z.maximum(most * 1_000))
/** The name of a node of the same flow. */
const to = key
const digit = z.string().check(z.regex(/^[0-9*#]$/))
/** As dialled: + and the country first. */
const number = z.string().check(z.regex(/^\+[1-9]\d{4,14}$/))
/** What a flow may read: `customer.name`, an attribute, what it has noted itself, and how somebody came. */
const source = z.string().check(z.regex(/^(channel|language|(customer|conversation|flow)\.[a-z0-9][a-z0-9-]{0,62})$/))
/** What a flow may write: an attribute of the conversation, or something for itself. */
const target = z.string().check(z.regex(/^(conversation|flow)\.[a-z0-9][a-z0-9-]{0,62}$/))
/** A path in the answer of a look-up: `customer.orders.0.state`. */
const path = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,80}(\.[A-Za-z0-9_-]{1,80}){0,9}$/))

/** What a question has, whatever is asked. `otherwise`: where it leads when nothing that can be understood has come. */
const asking = {
  prompt: FlowText,
  /** How often it is asked in all. */
  tries: z._default(z.int().check(z.minimum(1), z.maximum(10)), 3),
  /** How long an answer is waited for, in ms; absent: as long as the channel is used to. */
  timeout: z.optional(seconds(1, 86_400)),
  /** Said before it is asked again, when what came was not understood, and when nothing came. */
  wrong: z.optional(FlowText),
  silent: z.optional(FlowText),
  otherwise: to,
}
/** How an answer is given: by its digit, by its label or one of these words, or by its button. */
const option = {
  label: FlowLabel,
  digit: z.optional(digit),
  words: z._default(z.array(short).check(z.maxLength(20)), []),
}

/** What an answer that is collected must be. */
export const Expected = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('digits'),
    least: z._default(z.int().check(z.minimum(1), z.maximum(30)), 1),
    most: z._default(z.int().check(z.minimum(1), z.maximum(30)), 30),
    /** Whether the last digit must be right for the others, as on cards. */
    luhn: z._default(z.boolean(), false),
  }),
  z.object({ is: z.literal('text'), most: z._default(z.int().check(z.minimum(1), z.maximum(500)), 500) }),
  z.object({ is: z.literal('number'), least: z.optional(z.number()), most: z.optional(z.number()) }),
  z.object({ is: z.enum(['email', 'phone', 'date']) }),
])
export type Expected = z.infer<typeof Expected>

/** What must hold of a value; of one that is not known nothing holds but that. */
export const FlowTest = z.discriminatedUnion('is', [
  z.object({ value: source, is: z.enum(['known', 'unknown']) }),
  z.object({ value: source, is: z.enum(['equal', 'not-equal']), to: AttributeValue }),
  z.object({
    value: source,
    is: z.literal('one-of'),
    to: z.array(AttributeValue).check(z.minLength(1), z.maxLength(50)),
  }),
  z.object({ value: source, is: z.enum(['at-least', 'at-most']), to: z.number() }),
])
export type FlowTest = z.infer<typeof FlowTest>

/** How the wait in a queue is passed, where the channel lets us: on the phone. */
export const Waiting = z.object({
  /** A sound of the flow, again and again. */
  music: z.optional(key),
  /** Said so often, in ms: `{{queue.place}}` and `{{queue.wait}}`, in minutes, are filled in; unsaid while unknown. */
  announce: z.optional(z.object({ every: seconds(10, 3_600), text: FlowText })),
  /** Offered after so long, in ms, once: who presses the digit is called back when their turn comes, and keeps the place. */
  callback: z.optional(z.object({ after: seconds(1, 3_600), prompt: FlowText, digit, said: FlowText })),
})
export type Waiting = z.infer<typeof Waiting>

export const FlowNode = z.discriminatedUnion('do', [
  z.object({ do: z.literal('say'), text: FlowText, next: to }),
  z.object({ do: z.literal('play'), sound: key, next: to }),
  z.object({
    do: z.literal('menu'),
    ...asking,
    options: z.array(z.object({ id: key, ...option, next: to })).check(z.minLength(1), z.maxLength(20)),
  }),
  z.object({ do: z.literal('collect'), ...asking, expected: Expected, into: target, next: to }),
  /** Which of these languages the flow goes on in. */
  z.object({
    do: z.literal('language'),
    ...asking,
    options: z.array(z.object({ language, ...option })).check(z.minLength(1), z.maxLength(20)),
    next: to,
  }),
  z.object({ do: z.literal('hours'), hours: key, open: to, closed: to }),
  /** The first case of which all tests hold. */
  z.object({
    do: z.literal('branch'),
    cases: z
      .array(z.object({ when: z.array(FlowTest).check(z.minLength(1), z.maxLength(10)), next: to }))
      .check(z.minLength(1), z.maxLength(20)),
    otherwise: to,
  }),
  /**
   * Asks an address of the organisation's for JSON: `send` goes into the query of a GET, or is the body of a POST; `keep` says
   * what is taken from the answer. It leads to `otherwise` when there is none in time.
   */
  z.object({
    do: z.literal('lookup'),
    url: z.url({ protocol: /^https?$/ }).check(z.maxLength(500)),
    method: z._default(z.enum(['GET', 'POST']), 'GET'),
    send: z._default(z.record(key, source), {}),
    keep: z._default(z.record(target, path), {}),
    timeout: z._default(seconds(1, 10), 5_000),
    next: to,
    otherwise: to,
  }),
  /** Null forgets. */
  z.object({ do: z.literal('set'), values: z.record(target, z.nullable(AttributeValue)), next: to }),
  /** Ends the flow: somebody is sought by this plan; absent: by the entrance's. */
  z.object({
    do: z.literal('queue'),
    plan: z.optional(key),
    text: z.optional(FlowText),
    waiting: z.optional(Waiting),
  }),
  z.object({ do: z.literal('voicemail'), prompt: FlowText, most: z._default(seconds(5, 600), 120_000), next: to }),
  /** Ends the flow once the number has answered; `otherwise`: it did not. */
  z.object({ do: z.literal('transfer'), number, timeout: z._default(seconds(5, 120), 30_000), otherwise: to }),
  z.object({ do: z.literal('hangup'), text: z.optional(FlowText) }),
  /** Goes through another flow, and on here when that one says `return`. */
  z.object({ do: z.literal('flow'), flow: key, next: to }),
  z.object({ do: z.literal('return') }),
])
export type FlowNode = z.infer<typeof FlowNode>

/** Where a flow leads when somebody asks for a person, and when it cannot go on. */
export const Refuge = z.discriminatedUnion('do', [
  z.object({ do: z.literal('queue'), plan: z.optional(key) }),
  z.object({ do: z.literal('transfer'), number }),
  z.object({ do: z.literal('hangup'), text: FlowText }),
])
export type Refuge = z.infer<typeof Refuge>

export const Flow = z.object({
  name: label,
  /** Of every text that is not said by language, and where nobody has chosen another. */
  language: z._default(language, 'en'),
  start: to,
  nodes: z
    .record(key, FlowNode)
    .check(z.refine((nodes) => Object.keys(nodes).length <= 200, { message: 'are more than 200' })),
  fallback: z._default(Refuge, { do: 'queue' }),
  /** Words by which somebody asks for a person, beside the usual ones of English and Chinese. */
  personWords: z._default(z.array(short).check(z.maxLength(30)), []),
  /** What can be played: addresses of sound files that a carrier can fetch. */
  sounds: z._default(z.record(key, z.object({ url: z.url({ protocol: /^https$/ }).check(z.maxLength(500)) })), {}),
})
export type Flow = z.infer<typeof Flow>
export type FlowInput = z.input<typeof Flow>

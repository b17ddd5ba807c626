/** The configuration that Book owns: queues, plans, agents' routing profiles, settings. Version by version, whole. */
import * as z from 'zod/mini'
import { isZone } from '../calendar/zone.ts'
import { ContactOrder } from '../routing/contacts.ts'
import { key, label, ms } from './fields.ts'
import { Flow } from './flow.ts'
import { MediaConfig, Medium } from './media.ts'
import { level } from './need.ts'
import { Plan } from './plan.ts'
import { Policies } from './policies.ts'
import { Attributes, CannedReply, Disposition, Skill, Tag, Team } from './settings.ts'
import { WidgetSettings } from './widget.ts'

const direction = z.enum(['asc', 'desc'])

/**
 * What idle agents are compared by. `idle`: since when the agent has done nothing, so the longest idle come first with `asc`;
 * `load`: contacts in hand; `served`: when the agent was last given one, so `asc` goes round; `occupancy`: share of its
 * time at work with a contact, since it signed in, so `asc` is the least occupied; `level`: in the queue.
 */
const AgentCriterion = z.discriminatedUnion('by', [
  z.object({ by: z.enum(['level', 'idle', 'load', 'served', 'occupancy']), direction }),
  z.object({ by: z.literal('skill'), skill: key, direction }),
])

export const QueueConfig = z.object({
  name: label,
  /** Which contact is next; absent: by age, with a minute for each point of priority. */
  contactOrder: z.optional(ContactOrder),
  /** Which free agent gets a contact: the first difference decides, then the id. */
  agentOrder: z._default(z.array(AgentCriterion).check(z.maxLength(10)), [
    { by: 'level', direction: 'desc' },
    { by: 'idle', direction: 'asc' },
    { by: 'load', direction: 'asc' },
  ]),
  team: z.optional(key),
  /** When it is open; absent: always. */
  hours: z.optional(key),
  /** How many agents a contact rings at once: the first to accept has it. Absent: one. */
  ringAtOnce: z.optional(z.int().check(z.minimum(1), z.maximum(20))),
  /** Agents may take who waits from the list: `beside` being rung, or `only` so, and nobody is rung. Absent: they may not. */
  pull: z.optional(z.enum(['beside', 'only'])),
  /** A conversation of this queue is closed only with a disposition. */
  dispositionRequired: z.optional(z.boolean()),
})
export type QueueConfig = z.infer<typeof QueueConfig>

export const AgentConfig = z.object({
  name: label,
  team: z.optional(key),
  /** In the agent's own order. */
  queues: z.array(z.object({ queue: key, level: z._default(level, 1) })).check(z.maxLength(50)),
  skills: z._default(z.record(key, level), {}),
  /** Texts that requirements ask for, each with all values that hold, as `{ lang: ['zh', 'en'] }`. */
  attributes: z.optional(
    z.record(key, z.array(z.string().check(z.minLength(1), z.maxLength(80))).check(z.maxLength(50))),
  ),
  capacity: z._default(z.partialRecord(Medium, z.int().check(z.minimum(0), z.maximum(50))), {}),
  /** Weights of all work together; absent: no such bound. */
  total: z.optional(z.number().check(z.minimum(0), z.maximum(1_000))),
  /** Visits the queues strictly in order, or compares the best of all by rank; unless its team says which. */
  strict: z._default(z.boolean(), false),
  /** Takes offers without asking. */
  autoAnswer: z._default(z.boolean(), false),
})
export type AgentConfig = z.infer<typeof AgentConfig>

/** Lengths in ms; the names are those of the matching protocol. */
export const Timings = z.object({
  ring: z._default(ms, 15_000),
  claim: z._default(ms, 8_000),
  cooldown: z._default(ms, 6_000),
  round: z._default(ms, 300),
  hold: z._default(ms, 3_000),
  /** A console that sent no ping for this long gets no new work. */
  stale: z._default(ms, 12_000),
  /** How long a closed conversation may be reopened by its customer. */
  reopen: z._default(ms, 600_000),
  /** For how long a conversation whose customer comes back rings at its last agent alone, in ms; 0 for not at all. */
  prefer: z._default(ms, 15_000),
  /** Missed offers in a row that set an agent to away as not responding; 0 for never. */
  missed: z._default(ms, 1),
})
export type Timings = z.infer<typeof Timings>

const timingDefaults = {
  ring: 15_000,
  claim: 8_000,
  cooldown: 6_000,
  round: 300,
  hold: 3_000,
  stale: 12_000,
  reopen: 600_000,
  prefer: 15_000,
  missed: 1,
}

/** Days of the week by the names they have in opening hours, in the order of JavaScript's numbers for them. */
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** From a time of the day to another. One that is not later is of the next day; 24:00 is the end of the day. */
export const HoursSpan = z
  .object({
    from: z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)),
    to: z.string().check(z.regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/)),
  })
  .check(z.refine(({ from, to }) => from !== to))
export type HoursSpan = z.infer<typeof HoursSpan>
const spans = z.array(HoursSpan).check(z.maxLength(24))

/** A date on which the weekly hours do not hold: a holiday is closed all day, which is the default. */
export const HoursException = z.object({
  name: z._default(z.string().check(z.trim(), z.maxLength(80)), ''),
  open: z._default(spans, []),
})
export type HoursException = z.infer<typeof HoursException>

/** Opening hours as clocks show them in one place. */
export const Hours = z.object({
  /** IANA name, as Europe/Berlin. */
  zone: z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/), z.refine(isZone)),
  weekly: z._default(z.partialRecord(z.enum(weekdays), spans), {}),
  /** By date, as 2026-12-25. */
  exceptions: z._default(z.record(z.string().check(z.iso.date()), HoursException), {}),
})
export type Hours = z.infer<typeof Hours>

export const Config = z.object({
  organisation: label,
  queues: z.record(key, QueueConfig),
  plans: z.record(key, Plan),
  /** Which plan a contact begins with, by entrance; and which flow it goes through before that, if any. */
  entrances: z.object({ chat: key, flows: z.optional(z.object({ chat: z.optional(key) })) }),
  flows: z._default(z.record(key, Flow), {}),
  agents: z.record(z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)), AgentConfig),
  reasons: z._default(z.array(label), ['Break', 'Lunch', 'Training', 'Meeting']),
  /** Of which one is given when an offer is declined; while there are none, any words will do. */
  declineReasons: z._default(z.array(label).check(z.maxLength(30)), []),
  media: MediaConfig,
  timings: z._default(Timings, timingDefaults),
  hours: z._default(z.record(key, Hours), {}),
  teams: z._default(z.record(key, Team), {}),
  /** While there are none, agents and plans may speak of any skill. */
  skills: z._default(z.record(key, Skill), {}),
  tags: z._default(z.record(key, Tag), {}),
  dispositions: z._default(z.record(key, Disposition), {}),
  cannedReplies: z._default(z.record(key, CannedReply), {}),
  /** Fields of customers and conversations beside the built-in ones. */
  attributes: z.prefault(Attributes, {}),
  widget: z.prefault(WidgetSettings, {}),
  policies: z.prefault(Policies, {}),
})
/** A published configuration. References between its parts hold: see {@link checkConfig}. */
export type Config = z.infer<typeof Config>
/** A configuration as somebody writes it, before defaults. */
export type ConfigInput = z.input<typeof Config>

/** A published version: who, when, why. `returnTo` is the version whose content it brought back. Times in ms. */
export const ConfigVersion = z.object({
  version: z.int(),
  at: z.number(),
  /** The id of a member of staff. */
  by: z.string(),
  note: z.string(),
  returnTo: z.nullable(z.int()),
})
export type ConfigVersion = z.infer<typeof ConfigVersion>

/** One difference between two configurations; `path` as errors name fields. */
export const ConfigChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('added'), path: z.string(), after: z.unknown() }),
  z.object({ kind: z.literal('removed'), path: z.string(), before: z.unknown() }),
  z.object({ kind: z.literal('changed'), path: z.string(), before: z.unknown(), after: z.unknown() }),
])
export type ConfigChange = z.infer<typeof ConfigChange>

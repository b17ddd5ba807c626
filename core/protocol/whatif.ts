/** A day's traffic as it was recorded: what a simulation replays. Times in ms. */
import * as z from 'zod/mini'
import { Config } from './config.ts'
import { key } from './fields.ts'
import { Medium } from './media.ts'
import { Requirement } from './need.ts'

const instant = z.coerce.number().check(z.int(), z.minimum(0), z.maximum(8_640_000_000_000_000))
const time = z.number().check(z.nonnegative(), z.maximum(7 * 86_400_000))

/** The most contacts that a day may have here: what a browser simulates in a minute, and what one answer holds. */
export const mostContacts = 20_000

/** How a wait ended. `other`: without an answer and without the customer leaving, as a plan's end. */
export const ends = ['answered', 'abandoned', 'other'] as const

/**
 * One wait, from the first queue until somebody took it, however many queues it was in. Who comes back, or is transferred,
 * waits again.
 */
export const TrafficContact = z.object({
  at: z.number(),
  /** Begins with this plan; null: with the entrance's. */
  plan: z.nullable(key),
  /** Waits in this queue without a plan, as after a transfer; null: by its plan. */
  queue: z.nullable(key),
  /** What it asks of an agent there, beside level 1. */
  need: z.optional(Requirement),
  medium: Medium,
  /** The queue out of which it was answered, else the first in which it waited; null: not told. */
  via: z.nullable(z.string()),
  end: z.enum(ends),
  /** Until its end, ringing included. */
  waited: time,
  /** The offer that was taken, the talk with its holds, the after-work; null: not measured. */
  ring: z.nullable(time),
  talk: z.nullable(time),
  wrap: z.nullable(time),
})
export type TrafficContact = z.infer<typeof TrafficContact>

/** A time during which an agent took contacts. */
export const Shift = z.object({ agent: z.string(), from: z.number(), to: z.number() })
export type Shift = z.infer<typeof Shift>

export const Traffic = z.object({
  from: z.number(),
  to: z.number(),
  /** By their beginning. */
  contacts: z.array(TrafficContact),
  shifts: z.array(Shift),
  /** How long agents had a contact in hand, and how long they were available without one, by the quarter of an hour; empty: not recorded. */
  occupied: z.array(z.object({ from: z.number(), occupied: time, idle: time })),
})
export type Traffic = z.infer<typeof Traffic>

/** What of a configuration decides who waits where and who gets whom. */
export const RoutingConfig = z.pick(Config, {
  organisation: true,
  queues: true,
  plans: true,
  entrances: true,
  agents: true,
  media: true,
  timings: true,
  hours: true,
  teams: true,
  skills: true,
})
export type RoutingConfig = z.infer<typeof RoutingConfig>

/** The query of GET /api/v1/whatif/day: from `from` on and before `to`, in ms, at most 25 hours apart. Absent: until now, and a day before. */
export const TrafficQuery = z.object({ from: z.optional(instant), to: z.optional(instant) })

/** GET /api/v1/whatif/day: the traffic, and the routing as it is published now. */
export const TrafficAnswer = z.object({
  traffic: Traffic,
  version: z.int(),
  config: RoutingConfig,
})
export type TrafficAnswer = z.infer<typeof TrafficAnswer>

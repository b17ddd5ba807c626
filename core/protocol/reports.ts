/** Queries and answers of the reports. All times in ms; a rate is null where there is nothing to divide by. */
import * as z from 'zod/mini'
import { isZone } from '../calendar/zone.ts'
import { Medium } from './media.ts'

const instant = z.coerce.number().check(z.int(), z.minimum(0), z.maximum(8_640_000_000_000_000))
const duration = z.coerce.number().check(z.int(), z.minimum(0), z.maximum(86_400_000))
const count = z.int().check(z.nonnegative())
const time = z.number().check(z.nonnegative())
const rate = z.nullable(z.number().check(z.nonnegative()))

/** The most spans that a report may have. */
export const mostSpans = 800

const spanQuery = {
  /** From this instant on, before that one: ms since 1970, at most 31 days apart. Absent: until now, and a day before. */
  from: z.optional(instant),
  to: z.optional(instant),
  /** Rows begin as the clocks of `zone` read the quarter, the hour, or midnight; absent: one row for all. */
  interval: z.optional(z.enum(['15min', 'hour', 'day'])),
  /** IANA name, as Europe/Berlin: a day is one of its calendar, of 23 and 25 hours too. Absent: UTC. */
  zone: z.optional(z.string().check(z.maxLength(64), z.refine(isZone))),
  /** Stays of this kind of work alone; absent: all. An agent's times are of all work. */
  medium: z.optional(Medium),
}

/** The query of GET /api/v1/reports/queues. `within`: the service level's time; `short`: abandoned before it is not counted. */
export const QueueReportQuery = z.object({
  ...spanQuery,
  within: z._default(duration, 20_000),
  short: z._default(duration, 5_000),
})
/** The query of GET /api/v1/reports/agents. */
export const AgentReportQuery = z.object(spanQuery)

const span = { from: z.number(), to: z.number() }
const handlingRates = { aht: rate, averageTalk: rate, averageHold: rate, averageWrap: rate, transferRate: rate }
const handling = { handled: count, talkTime: time, holdTime: time, wrapTime: time, transferred: count }

/** What ended in a queue. The glossary says what each figure is. */
export const QueueSums = z.object({
  offered: count,
  answered: count,
  answeredWithin: count,
  abandoned: count,
  shortAbandoned: count,
  flowedOut: count,
  answerTime: time,
  abandonTime: time,
  longestWait: time,
  ...handling,
})
/** What is read of it. */
export const QueueRates = z.object({
  serviceLevel: rate,
  serviceLevelOfAnswered: rate,
  asa: rate,
  abandonRate: rate,
  ...handlingRates,
})

/** A queue in a span. */
export const QueueReportRow = z.object({ queue: z.string(), ...span, ...QueueSums.shape, ...QueueRates.shape })
/** GET /api/v1/reports/queues: by queue, then by time. */
export const QueueReportAnswer = z.object({ items: z.array(QueueReportRow) })
export type QueueReportAnswer = z.infer<typeof QueueReportAnswer>

/** What ended with an agent, and how long it was what. */
export const AgentSums = z.object({
  offered: count,
  accepted: count,
  declined: count,
  missed: count,
  ...handling,
  signedInTime: time,
  availableTime: time,
  busyTime: time,
  awayTime: time,
  occupiedTime: time,
  idleTime: time,
})
/** What is read of it. */
export const AgentRates = z.object({ ...handlingRates, occupancy: rate, utilisation: rate })

/** An agent in a span. */
export const AgentReportRow = z.object({ agent: z.string(), ...span, ...AgentSums.shape, ...AgentRates.shape })
/** GET /api/v1/reports/agents: by agent, then by time. */
export const AgentReportAnswer = z.object({ items: z.array(AgentReportRow) })
export type AgentReportAnswer = z.infer<typeof AgentReportAnswer>

/** GET /api/v1/reports/queues.csv and GET /api/v1/reports/agents.csv: a line for each row, times in ms, rates from 0 to 1. */
export const ReportExport = z.string()

/** The figures of a day by the quarter of an hour, recorded or simulated: the reports' formulas over contacts. */
import type { Segment } from '../protocol/segments.ts'
import type { Traffic, TrafficContact } from '../protocol/whatif.ts'
import {
  addToQueue,
  noQueueFigures,
  type QueueFigures,
  queueRates,
  type Span,
  type Targets,
} from '../reports/figures.ts'
import { AgentReport } from '../reports/report.ts'
import { spansTouching } from '../reports/spans.ts'
import type { Lived } from './centre.ts'
import { contactsOf } from './stays.ts'

export const QUARTER = 900_000

/** In the order in which they are shown. Times in ms, shares of one. */
export const measures = [
  'serviceLevel',
  'asa',
  'abandonRate',
  'longestWait',
  'occupancy',
  'offered',
  'answered',
  'abandoned',
  'flowedOut',
] as const
export type Measure = (typeof measures)[number]
/** Null: nothing to divide by. */
export type Measures = Readonly<Record<Measure, number | null>>

/** A day's figures: of all of it, and by the quarter. */
export interface DayFigures {
  readonly whole: Measures
  readonly quarters: readonly Measures[]
  readonly unfinished: number
  readonly lost: number
}

/** Every zone's clocks read the quarters at the same instants. The last one may be shorter. */
export function quartersOf({ from, to }: Span): Span[] {
  const spans: Span[] = []
  for (let start = from; start < to; ) {
    const end = Math.min(to, (Math.floor(start / QUARTER) + 1) * QUARTER)
    spans.push({ from: start, to: end })
    start = end
  }
  return spans
}

interface Occupied {
  readonly occupied: number
  readonly idle: number
}

/** What was recorded. */
export function recorded(traffic: Traffic, targets: Targets): DayFigures {
  const quarters = quartersOf(traffic)
  const by = new Map(traffic.occupied.map((each) => [each.from, each]))
  const occupied = quarters.map(({ from }) => by.get(from) ?? nothing)
  return { ...figuresOf(traffic.contacts, quarters, occupied, targets), unfinished: 0, lost: 0 }
}

/** What came of a simulated day. */
export function simulated({ stays, times, unfinished, lost }: Lived, day: Span, targets: Targets): DayFigures {
  const quarters = quartersOf(day)
  return {
    ...figuresOf(contactsOf(stays, day), quarters, occupiedIn(times, quarters, day.to), targets),
    unfinished,
    lost,
  }
}

/** How long agents had a contact in hand, and were available without one. */
export function occupiedIn(times: Lived['times'], quarters: readonly Span[], now: number): Occupied[] {
  const report = new AgentReport(quarters, now)
  for (const { agent, time } of times) report.addTime(agent, time)
  const sums = quarters.map(() => ({ occupied: 0, idle: 0 }))
  for (const { span, sum } of report.rows()) {
    const into = sums[spansTouching(quarters, span.from, span.to)[0]]
    if (into === undefined) continue
    into.occupied += sum.occupiedTime
    into.idle += sum.idleTime
  }
  return sums
}

const nothing: Occupied = { occupied: 0, idle: 0 }

function figuresOf(
  contacts: readonly TrafficContact[],
  quarters: readonly Span[],
  occupied: readonly Occupied[],
  targets: Targets,
): Pick<DayFigures, 'whole' | 'quarters'> {
  const sums = quarters.map(() => noQueueFigures)
  let whole = noQueueFigures
  for (const contact of contacts) {
    const ended = contact.at + contact.waited
    const [at] = spansTouching(quarters, ended, ended + 1)
    const before = sums[at]
    // Whose wait ended after the day counts in none of its spans.
    if (before === undefined) continue
    sums[at] = addToQueue(before, stayOf(contact), targets)
    whole = addToQueue(whole, stayOf(contact), targets)
  }
  const together = occupied.reduce((a, b) => ({ occupied: a.occupied + b.occupied, idle: a.idle + b.idle }), nothing)
  return {
    whole: measured(whole, together),
    quarters: sums.map((sum, n) => measured(sum, occupied[n] ?? nothing)),
  }
}

/** A contact as one stay, as the formulas of the reports take it. */
function stayOf({ at, waited, end }: TrafficContact): Segment {
  const outcome = end === 'other' ? 'moved' : end
  const rest = { agent: null, lease: null, first: null, last: null }
  return { id: 'wait', version: 1, kind: 'queue', queue: '', beganAt: at, endedAt: at + waited, outcome, ...rest }
}

function measured(sum: QueueFigures, { occupied, idle }: Occupied): Measures {
  const { serviceLevel, asa, abandonRate } = queueRates(sum)
  const { offered, answered, abandoned, flowedOut } = sum
  const longestWait = offered === 0 ? null : sum.longestWait
  const occupancy = occupied + idle === 0 ? null : occupied / (occupied + idle)
  return { serviceLevel, asa, abandonRate, longestWait, occupancy, offered, answered, abandoned, flowedOut }
}

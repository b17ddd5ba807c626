/** What a change would do: the same days simulated with and without it, beside what was recorded. */
import type { RoutingConfig, Traffic } from '../protocol/whatif.ts'
import type { Targets } from '../reports/figures.ts'
import { live } from './centre.ts'
import { Chances } from './chances.ts'
import { type Change, changed } from './change.ts'
import { type DayFigures, type Measure, type Measures, quartersOf, recorded, simulated } from './figures.ts'
import { type Estimate, estimateOf } from './interval.ts'

export interface Question {
  readonly traffic: Traffic
  /** How it is routed today. */
  readonly config: RoutingConfig
  readonly change: Change
  readonly targets: Targets
}

/** One seed's day, as it is and as it would be. Customers are the same in both. */
export interface Pair {
  readonly today: DayFigures
  readonly change: DayFigures
}

/** A figure of the record, of the simulated day, of the changed one, and what the change does, seed by seed. */
export interface Compared {
  readonly recorded: number | null
  readonly today: Estimate | null
  readonly change: Estimate | null
  readonly difference: Estimate | null
}

export interface Line {
  readonly from: number
  readonly figures: Readonly<Record<Measure, Compared>>
}

/** Why an answer may be worth little. */
export type Doubt =
  | { readonly is: 'no-contacts' | 'no-shifts' }
  | { readonly is: 'few-talks' | 'few-abandoned'; readonly count: number }
  /** In the mean of the seeds: contacts that still waited at the day's end, or whose plan or queue is gone. */
  | { readonly is: 'unfinished' | 'lost'; readonly count: number }
  /** The record is not what simulated days are like. */
  | { readonly is: 'unlike'; readonly measure: Measure }
  /** Agents of the day who are not configured any more. */
  | { readonly is: 'unknown-agents'; readonly count: number }

export interface Answer {
  readonly seeds: number
  readonly whole: Line
  readonly quarters: readonly Line[]
  readonly doubts: readonly Doubt[]
}

/** Below so many measured talks, or customers who left, figures are guesses. */
const FEW = { talks: 30, abandoned: 10 }

export function playPair({ traffic, config, change, targets }: Question, chances: Chances, seed: number): Pair {
  const today = simulated(live(config, traffic, chances, seed), traffic, targets)
  if (change.config === config && Object.values(change.agents).every((more) => more === 0))
    return { today, change: today }
  const other = changed(traffic, change, seed)
  return { today, change: simulated(live(other.config, other.traffic, chances, seed), traffic, targets) }
}

/** From the pairs of several seeds to the answer. */
export function answer(question: Question, pairs: readonly Pair[]): Answer {
  const { traffic, targets } = question
  const record = recorded(traffic, targets)
  const line = (from: number, of: (day: DayFigures) => Measures | undefined): Line => {
    const compared = (measure: Measure): Compared => ({
      recorded: of(record)?.[measure] ?? null,
      today: estimateOf(pairs.flatMap(({ today }) => of(today)?.[measure] ?? [])),
      change: estimateOf(pairs.flatMap(({ change }) => of(change)?.[measure] ?? [])),
      difference: estimateOf(
        pairs.flatMap(({ today, change }) => {
          const [before, after] = [of(today)?.[measure] ?? null, of(change)?.[measure] ?? null]
          return before === null || after === null ? [] : [after - before]
        }),
      ),
    })
    return {
      from,
      figures: {
        serviceLevel: compared('serviceLevel'),
        asa: compared('asa'),
        abandonRate: compared('abandonRate'),
        longestWait: compared('longestWait'),
        occupancy: compared('occupancy'),
        offered: compared('offered'),
        answered: compared('answered'),
        abandoned: compared('abandoned'),
        flowedOut: compared('flowedOut'),
      },
    }
  }
  const whole = line(traffic.from, (day) => day.whole)
  return {
    seeds: pairs.length,
    whole,
    quarters: quartersOf(traffic).map(({ from }, n) => line(from, (day) => day.quarters[n])),
    doubts: doubtsOf(question, pairs, whole),
  }
}

/** What is unlike the record, of what a plan is judged by. */
const judged: readonly Measure[] = ['serviceLevel', 'asa', 'abandonRate', 'occupancy']

function doubtsOf({ traffic, config }: Question, pairs: readonly Pair[], { figures }: Line): Doubt[] {
  const { contacts, shifts } = traffic
  const doubts: Doubt[] = []
  if (contacts.length === 0) doubts.push({ is: 'no-contacts' })
  if (shifts.length === 0) doubts.push({ is: 'no-shifts' })
  const talks = contacts.filter(({ talk }) => talk !== null).length
  if (talks < FEW.talks) doubts.push({ is: 'few-talks', count: talks })
  const left = contacts.filter(({ end }) => end === 'abandoned').length
  if (left < FEW.abandoned) doubts.push({ is: 'few-abandoned', count: left })
  const strange = new Set(shifts.map(({ agent }) => agent).filter((id) => !Object.hasOwn(config.agents, id)))
  if (strange.size > 0) doubts.push({ is: 'unknown-agents', count: strange.size })
  for (const is of ['unfinished', 'lost'] as const) {
    const count = pairs.reduce((sum, { change }) => sum + change[is], 0) / Math.max(1, pairs.length)
    if (count > 0) doubts.push({ is, count })
  }
  for (const measure of judged) {
    const { recorded, today } = figures[measure]
    if (recorded === null || today === null || today.spread === null) continue
    if (Math.abs(recorded - today.mean) > today.spread + 1e-9) doubts.push({ is: 'unlike', measure })
  }
  return doubts
}

/** All seeds one after another, the first is 1. */
export function compare(question: Question, seeds: number): Answer {
  const chances = new Chances(question.traffic)
  return answer(
    question,
    Array.from({ length: seeds }, (_, n) => playPair(question, chances, n + 1)),
  )
}

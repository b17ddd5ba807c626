/** A report: figures by queue or by agent, and by span, filled row by row. */
import { instantOf, wallAt } from '../calendar/zone.ts'
import type { AgentInterval, Segment } from '../protocol/segments.ts'
import {
  type AgentFigures,
  addTime,
  addToAgent,
  addToQueue,
  noAgentFigures,
  noQueueFigures,
  type QueueFigures,
  type Span,
  type Targets,
} from './figures.ts'

const DAY = 86_400_000

/**
 * The spans of `every` ms from `from` to `to`; the last may be shorter. Without `every`: one. Whole days are days of the
 * calendar in `zone`, where one is given: as long as its clocks make them.
 */
export function spansOf({ from, to }: Span, every: number | undefined, zone?: string): Span[] {
  const spans: Span[] = []
  for (let start = from; start < to; start = spans.at(-1)?.to ?? to) {
    spans.push({ from: start, to: Math.min(to, every === undefined ? to : endOf(start, every, zone)) })
  }
  return spans
}

const endOf = (start: number, every: number, zone: string | undefined): number =>
  zone === undefined || every % DAY !== 0 ? start + every : instantOf(zone, wallAt(zone, start) + every)

/** Figures by whose they are and by span. */
class Sums<F> {
  readonly #sums = new Map<string, F[]>()
  readonly #spans: readonly Span[]
  readonly #none: F

  constructor(spans: readonly Span[], none: F) {
    this.#spans = spans
    this.#none = none
  }

  /** Changes the figures in each of these spans. */
  change(whose: string, in_: (span: Span) => boolean, change: (sum: F, span: Span) => F): void {
    this.#spans.forEach((span, i) => {
      if (!in_(span)) return
      const sums = this.#sums.get(whose) ?? this.#spans.map(() => this.#none)
      this.#sums.set(whose, sums)
      sums[i] = change(sums[i] ?? this.#none, span)
    })
  }

  /** In the first span. */
  first(whose: string): F {
    return this.#sums.get(whose)?.[0] ?? this.#none
  }

  /** By whose they are, then by time; who has nothing in any span is left out. */
  rows(): { readonly whose: string; readonly span: Span; readonly sum: F }[] {
    return [...this.#sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([whose, sums]) => this.#spans.map((span, i) => ({ whose, span, sum: sums[i] ?? this.#none })))
  }
}

const endsIn = ({ endedAt }: Segment) => {
  return ({ from, to }: Span) => endedAt !== null && endedAt >= from && endedAt < to
}

export class QueueReport {
  readonly #sums: Sums<QueueFigures>
  readonly #targets: Targets

  constructor(spans: readonly Span[], targets: Targets) {
    this.#sums = new Sums(spans, noQueueFigures)
    this.#targets = targets
  }

  add(segment: Segment): void {
    if (segment.queue === null || segment.kind === 'ring' || segment.kind === 'consult') return
    this.#sums.change(segment.queue, endsIn(segment), (sum) => addToQueue(sum, segment, this.#targets))
  }

  /** What one queue has in the first span. */
  of(queue: string): QueueFigures {
    return this.#sums.first(queue)
  }

  rows() {
    return this.#sums.rows()
  }
}

export class AgentReport {
  readonly #sums: Sums<AgentFigures>
  readonly #now: number

  constructor(spans: readonly Span[], now: number) {
    this.#sums = new Sums(spans, noAgentFigures)
    this.#now = now
  }

  add(segment: Segment): void {
    // The agent who answered a queue's contact has a talk of its own for it.
    if (segment.agent === null || segment.kind === 'queue') return
    this.#sums.change(segment.agent, endsIn(segment), addToAgentSum(segment))
  }

  addTime(agent: string, time: AgentInterval): void {
    const touches = ({ from, to }: Span) => time.beganAt < to && (time.endedAt ?? this.#now) > from
    this.#sums.change(agent, touches, (sum, span) => addTime(sum, time, span, this.#now))
  }

  /** What one agent has in the first span. */
  of(agent: string): AgentFigures {
    return this.#sums.first(agent)
  }

  rows() {
    return this.#sums.rows()
  }
}

const addToAgentSum = (segment: Segment) => (sum: AgentFigures) => addToAgent(sum, segment)

/** A report: figures by queue or by agent, and by span, filled row by row. */
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
import { spansTouching } from './spans.ts'

/** Figures by whose they are and by span. */
class Sums<F> {
  readonly #sums = new Map<string, F[]>()
  readonly #spans: readonly Span[]
  readonly #none: F

  constructor(spans: readonly Span[], none: F) {
    this.#spans = spans
    this.#none = none
  }

  /** Changes the figures in each span that has some of the time from `from` on and before `to`. */
  change(whose: string, from: number, to: number, change: (sum: F, span: Span) => F): void {
    const [first, end] = spansTouching(this.#spans, from, to)
    for (const [n, span] of this.#spans.slice(first, end).entries()) {
      const sums = this.#sums.get(whose) ?? this.#spans.map(() => this.#none)
      this.#sums.set(whose, sums)
      sums[first + n] = change(sums[first + n] ?? this.#none, span)
    }
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

/** The instant in which a stay counts; one that lasts counts in none. */
const endOf = ({ endedAt }: Segment): readonly [number, number] => (endedAt === null ? [0, 0] : [endedAt, endedAt + 1])

export class QueueReport {
  readonly #sums: Sums<QueueFigures>
  readonly #targets: Targets

  constructor(spans: readonly Span[], targets: Targets) {
    this.#sums = new Sums(spans, noQueueFigures)
    this.#targets = targets
  }

  add(segment: Segment): void {
    if (segment.queue === null || segment.kind === 'ring' || segment.kind === 'consult') return
    this.#sums.change(segment.queue, ...endOf(segment), (sum) => addToQueue(sum, segment, this.#targets))
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
    this.#sums.change(segment.agent, ...endOf(segment), addToAgentSum(segment))
  }

  addTime(agent: string, time: AgentInterval): void {
    this.#sums.change(agent, time.beganAt, time.endedAt ?? this.#now, (sum, span) =>
      addTime(sum, time, span, this.#now),
    )
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

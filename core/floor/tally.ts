/**
 * The figures of a day and of its present interval, counted from the same rows as the reports and by the same fold. It lives
 * in memory: a cache of the record, from which it is made anew whenever it is lost.
 */

import { instantOf, wallAt } from '../calendar/zone.ts'
import type { FloorPolicy } from '../protocol/policies.ts'
import type { AgentInterval, Segment } from '../protocol/segments.ts'
import type { Span } from '../reports/figures.ts'
import { AgentReport, QueueReport } from '../reports/report.ts'

const DAY = 86_400_000

/** What the record tells: a stay of a conversation, or a time of an agent. */
export type Row =
  | { readonly conversation: string; readonly segment: Segment }
  | { readonly agent: string; readonly interval: AgentInterval }

/** The day and the interval in which an instant lies. */
export function spansAt({ zone, every }: FloorPolicy, at: number): { readonly today: Span; readonly interval: Span } {
  const midnight = Math.floor(wallAt(zone, at) / DAY) * DAY
  const today = { from: instantOf(zone, midnight), to: instantOf(zone, midnight + DAY) }
  const from = today.from + Math.floor((at - today.from) / every) * every
  return { today, interval: { from, to: Math.min(from + every, today.to) } }
}

class Counted {
  readonly span: Span
  readonly queues: QueueReport
  readonly agents: AgentReport

  constructor(span: Span, policy: FloorPolicy) {
    this.span = span
    this.queues = new QueueReport([span], policy)
    // Only times that have ended are added: those that last are shown beside them.
    this.agents = new AgentReport([span], span.to)
  }

  add(row: Row): void {
    if ('agent' in row) return this.agents.addTime(row.agent, row.interval)
    this.queues.add(row.segment)
    this.agents.add(row.segment)
  }
}

export class Tally {
  readonly #policy: FloorPolicy
  #today: Counted
  #interval: Counted
  /** Each row counts once, however often it is told. */
  readonly #known = new Set<string>()
  /** By agent: the newest time that is known. */
  readonly #times = new Map<string, AgentInterval>()

  constructor(policy: FloorPolicy, at: number) {
    this.#policy = policy
    const { today, interval } = spansAt(policy, at)
    this.#today = new Counted(today, policy)
    this.#interval = new Counted(interval, policy)
  }

  get today(): Span {
    return this.#today.span
  }

  get interval(): Span {
    return this.#interval.span
  }

  /** Goes on in the interval of another instant, and on its day. */
  roll(at: number): void {
    const { today, interval } = spansAt(this.#policy, at)
    if (today.from !== this.today.from) {
      this.#today = new Counted(today, this.#policy)
      this.#known.clear()
    }
    this.#interval = new Counted(interval, this.#policy)
  }

  /** Whose figures this row has changed. */
  add(row: Row): { readonly queue?: string | null; readonly agent?: string | null } {
    if ('agent' in row) this.#note(row.agent, row.interval)
    const { endedAt } = 'agent' in row ? row.interval : row.segment
    const key = 'agent' in row ? `${row.agent} ${row.interval.id}` : `${row.conversation} ${row.segment.id}`
    const isNews = endedAt !== null && endedAt >= this.today.from && !this.#known.has(key)
    if (isNews) {
      this.#known.add(key)
      this.#today.add(row)
      this.#interval.add(row)
    }
    if ('agent' in row) return { agent: row.agent }
    return isNews ? { queue: row.segment.queue, agent: row.segment.agent } : {}
  }

  queue(id: string) {
    return { today: this.#today.queues.of(id), interval: this.#interval.queues.of(id) }
  }

  agent(id: string) {
    return { today: this.#today.agents.of(id), interval: this.#interval.agents.of(id) }
  }

  /** The time of an agent that lasts; null: none is known. */
  time(agent: string): AgentInterval | null {
    const time = this.#times.get(agent)
    return time?.endedAt === null ? time : null
  }

  #note(agent: string, time: AgentInterval): void {
    const known = this.#times.get(agent)
    const isNewer = known === undefined || time.id > known.id || (time.id === known.id && time.version > known.version)
    if (isNewer) this.#times.set(agent, time)
  }
}

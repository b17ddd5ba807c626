/** What a report shows: rows of figures by queue or agent and span, their sum, and how each figure is written. */

import type * as z from 'zod/mini'
import type { AgentReportRow, QueueReportRow } from '../../../core/protocol/reports.ts'
import { agentRates, agentsTogether, queueRates, queuesTogether } from '../../../core/reports/figures.ts'
import { duration, locale } from '../../i18n/locale.ts'
import { type OfficePage, officePages } from '../office/names.ts'

export const kinds = officePages.reports
export type Kind = OfficePage<'reports'>
type QueueRow = z.infer<typeof QueueReportRow>
type AgentRow = z.infer<typeof AgentReportRow>

/** How a figure is written: a number of things, a time in ms, a share of one. */
const forms = {
  offered: 'count',
  answered: 'count',
  abandoned: 'count',
  serviceLevel: 'share',
  asa: 'time',
  longestWait: 'time',
  accepted: 'count',
  declined: 'count',
  missed: 'count',
  handled: 'count',
  transferred: 'count',
  aht: 'time',
  signedInTime: 'time',
  availableTime: 'time',
  awayTime: 'time',
  occupancy: 'share',
} as const
export type Figure = keyof typeof forms

export const columns = {
  queues: ['offered', 'answered', 'abandoned', 'serviceLevel', 'asa', 'longestWait', 'handled', 'transferred', 'aht'],
  agents: [
    'offered',
    'accepted',
    'declined',
    'missed',
    'handled',
    'transferred',
    'aht',
    'signedInTime',
    'availableTime',
    'awayTime',
    'occupancy',
  ],
} as const satisfies Record<Kind, readonly Figure[]>

export interface Row {
  readonly whose: string
  readonly from: number
  readonly figures: Readonly<Partial<Record<Figure, number | null>>>
}
export interface Report {
  readonly rows: readonly Row[]
  /** Of all, and of the spans one after another. */
  readonly total: Row['figures']
  readonly spans: readonly Row[]
}

/** The report of some queues; a rate of many is that of their sums, never the mean of their rates. */
export function ofQueues(items: readonly QueueRow[]): Report {
  const sum = (rows: readonly QueueRow[]) => {
    const figures = queuesTogether(rows)
    return { ...figures, ...queueRates(figures) }
  }
  return reportOf(items, ({ queue }) => queue, sum)
}

export function ofAgents(items: readonly AgentRow[]): Report {
  const sum = (rows: readonly AgentRow[]) => {
    const figures = agentsTogether(rows)
    return { ...figures, ...agentRates(figures) }
  }
  return reportOf(items, ({ agent }) => agent, sum)
}

function reportOf<T extends { readonly from: number } & Row['figures']>(
  items: readonly T[],
  whose: (row: T) => string,
  sum: (rows: readonly T[]) => Row['figures'],
): Report {
  const bySpan = Map.groupBy(items, ({ from }) => from)
  return {
    rows: items.map((row) => ({ whose: whose(row), from: row.from, figures: row })),
    total: sum(items),
    spans: [...bySpan].sort(([a], [b]) => a - b).map(([from, rows]) => ({ whose: '', from, figures: sum(rows) })),
  }
}

/** For people; a dash where there is nothing to divide by. */
export function written(figure: Figure, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  const form = forms[figure]
  if (form === 'share') return new Intl.NumberFormat(locale.value, { style: 'percent' }).format(value)
  return form === 'time'
    ? duration(Math.round(value / 1_000) * 1_000)
    : new Intl.NumberFormat(locale.value).format(value)
}

/** Figures of queues and agents: folds over the record's segments and agents' times. */
import type * as z from 'zod/mini'
import { wallAt } from '../../core/calendar/zone.ts'
import { may, scopeFor, teamOf } from '../../core/protocol/permissions.ts'
import type { AgentReportAnswer, QueueReportAnswer } from '../../core/protocol/reports.ts'
import {
  type AgentReportQuery,
  AgentReportRow,
  mostSpans,
  type QueueReportQuery,
  QueueReportRow,
} from '../../core/protocol/reports.ts'
import { agentRates, queueRates, type Span } from '../../core/reports/figures.ts'
import { AgentReport, QueueReport } from '../../core/reports/report.ts'
import { clockSpans } from '../../core/reports/spans.ts'
import { ok, type Result, refuse } from '../../core/result.ts'
import { csvLine } from '../../core/text/csv.ts'
import { agentTimes, segmentsEnded } from '../db/reports.ts'
import { newestConfig } from '../from-book.ts'
import type { Answer, GuardedCall } from './route.ts'

const day = 24 * 3_600_000
/** The longest span of a report, in ms: a month, whose clocks may be put back an hour. */
const longest = 31 * day + 3_600_000

/** Queues with anything that ended in the span. */
export async function queueReport(
  call: GuardedCall,
  query: z.output<typeof QueueReportQuery>,
): Answer<QueueReportAnswer> {
  const rows = await queueRows(call, query)
  return rows.ok ? ok({ items: rows.value }) : rows
}

/** Agents who were signed in, or with whom anything ended, in the span. */
export async function agentReport(
  call: GuardedCall,
  query: z.output<typeof AgentReportQuery>,
): Answer<AgentReportAnswer> {
  const rows = await agentRows(call, query)
  return rows.ok ? ok({ items: rows.value }) : rows
}

/** The same as a file: each field is a column, and `begins` is what the zone's clocks read at the beginning. */
export async function queueCsv(call: GuardedCall, query: z.output<typeof QueueReportQuery>): Answer<never> {
  const rows = await queueRows(call, query)
  return rows.ok ? csv('queues', Object.keys(QueueReportRow.shape), rows.value, query.zone ?? 'UTC') : rows
}

/** The same as a file. */
export async function agentCsv(call: GuardedCall, query: z.output<typeof AgentReportQuery>): Answer<never> {
  const rows = await agentRows(call, query)
  return rows.ok ? csv('agents', Object.keys(AgentReportRow.shape), rows.value, query.zone ?? 'UTC') : rows
}

async function queueRows(
  call: GuardedCall,
  query: z.output<typeof QueueReportQuery>,
): Promise<Result<QueueReportAnswer['items']>> {
  const span = spanOf(call, query)
  const spans = spansIn(span, query)
  if (!spans.ok) return spans
  const report = new QueueReport(spans.value, query)
  for await (const segment of staysOf(call, span, query)) report.add(segment)
  const isReadable = await reach(call, 'queues')
  const rows = report.rows().filter(({ whose }) => isReadable(whose))
  return ok(rows.map(({ whose, span, sum }) => ({ queue: whose, ...span, ...sum, ...queueRates(sum) })))
}

async function agentRows(
  call: GuardedCall,
  query: z.output<typeof AgentReportQuery>,
): Promise<Result<AgentReportAnswer['items']>> {
  const span = spanOf(call, query)
  const spans = spansIn(span, query)
  if (!spans.ok) return spans
  const report = new AgentReport(spans.value, call.now)
  for await (const segment of staysOf(call, span, query)) report.add(segment)
  for await (const { agent, time } of agentTimes(call.db, call.org, span)) report.addTime(agent, time)
  const isReadable = await reach(call, 'agents')
  const rows = report.rows().filter(({ whose }) => isReadable(whose))
  return ok(rows.map(({ whose, span, sum }) => ({ agent: whose, ...span, ...sum, ...agentRates(sum) })))
}

/** Of the medium that was asked for, if one was. */
async function* staysOf({ db, org }: GuardedCall, span: Span, { medium }: z.output<typeof AgentReportQuery>) {
  for await (const segment of segmentsEnded(db, org, span))
    if (medium === undefined || (segment.medium ?? 'chat') === medium) yield segment
}

type CsvRow = Span & Readonly<Record<string, string | number | null>>

function csv(name: string, columns: readonly string[], rows: readonly CsvRow[], zone: string): Response {
  const iso = (at: number) => new Date(at).toISOString()
  const cells = (row: CsvRow) => {
    const shown: CsvRow = { ...row, begins: iso(wallAt(zone, row.from)).slice(0, 16) }
    return [...columns, 'begins'].map((column) => {
      const value = shown[column]
      return column === 'from' || column === 'to' ? iso(Number(value)) : String(value ?? '')
    })
  }
  const text = [csvLine([...columns, 'begins']), ...rows.map((row) => csvLine(cells(row)))].join('')
  const disposition = `attachment; filename="${name}.csv"`
  return new Response(text, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': disposition },
  })
}

/** Whose figures the caller may read: all, or those of the own team as the configuration says now. */
async function reach({ env, org, by }: GuardedCall, kind: 'queues' | 'agents'): Promise<(id: string) => boolean> {
  if (scopeFor(by, 'reports.read') === 'all') return () => true
  const book = await newestConfig(env, org)
  const known: Readonly<Record<string, { readonly team?: string | undefined }>> = book.ok ? book.value.config[kind] : {}
  return (id) => {
    const teams = Object.hasOwn(known, id) ? [teamOf(known[id]?.team)] : []
    return Object.hasOwn(known, id) && may(by, 'reports.read', { staff: kind === 'agents' ? [id] : [], teams })
  }
}

/** What was left out: until now, and a day before. */
function spanOf({ now }: GuardedCall, { from, to = now }: z.output<typeof AgentReportQuery>): Span {
  return { from: from ?? Math.max(0, to - day), to }
}

function spansIn({ from, to }: Span, { interval, zone }: z.output<typeof AgentReportQuery>): Result<Span[]> {
  if (to <= from) return refuse('bad_input', 'must be after `from`', { field: 'to' })
  if (to - from > longest) return refuse('bad_input', 'must be at most 31 days after `from`', { field: 'to' })
  if (interval === undefined) return ok([{ from, to }])
  const spans = clockSpans({ from, to }, interval, zone ?? 'UTC', mostSpans)
  if (spans.length > mostSpans) return refuse('bad_input', `makes more than ${mostSpans} spans`, { field: 'interval' })
  return ok(spans)
}

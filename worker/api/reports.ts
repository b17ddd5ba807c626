/** Figures of queues and agents: folds over the record's segments and agents' times. */
import type * as z from 'zod/mini'
import { may, scopeFor, teamOf } from '../../core/protocol/permissions.ts'
import type { AgentReportAnswer, QueueReportAnswer } from '../../core/protocol/reports.ts'
import { type AgentReportQuery, mostSpans, type QueueReportQuery } from '../../core/protocol/reports.ts'
import { agentRates, queueRates, type Span } from '../../core/reports/figures.ts'
import { AgentReport, QueueReport, spansOf } from '../../core/reports/report.ts'
import { ok, type Result, refuse } from '../../core/result.ts'
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
  const span = spanOf(call, query)
  const spans = spansIn(span, query)
  if (!spans.ok) return spans
  const report = new QueueReport(spans.value, query)
  for await (const segment of segmentsEnded(call.db, call.org, span)) report.add(segment)
  const isReadable = await reach(call, 'queues')
  const rows = report.rows().filter(({ whose }) => isReadable(whose))
  return ok({ items: rows.map(({ whose, span, sum }) => ({ queue: whose, ...span, ...sum, ...queueRates(sum) })) })
}

/** Agents who were signed in, or with whom anything ended, in the span. */
export async function agentReport(
  call: GuardedCall,
  query: z.output<typeof AgentReportQuery>,
): Answer<AgentReportAnswer> {
  const span = spanOf(call, query)
  const spans = spansIn(span, query)
  if (!spans.ok) return spans
  const report = new AgentReport(spans.value, call.now)
  for await (const segment of segmentsEnded(call.db, call.org, span)) report.add(segment)
  for await (const { agent, time } of agentTimes(call.db, call.org, span)) report.addTime(agent, time)
  const isReadable = await reach(call, 'agents')
  const rows = report.rows().filter(({ whose }) => isReadable(whose))
  return ok({ items: rows.map(({ whose, span, sum }) => ({ agent: whose, ...span, ...sum, ...agentRates(sum) })) })
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

function spansIn({ from, to }: Span, { every, zone }: z.output<typeof AgentReportQuery>): Result<Span[]> {
  if (to <= from) return refuse('bad_input', 'must be after `from`', { field: 'to' })
  if (to - from > longest) return refuse('bad_input', 'must be at most 31 days after `from`', { field: 'to' })
  if (every !== undefined && (to - from) / every > mostSpans)
    return refuse('bad_input', `makes more than ${mostSpans} spans`, { field: 'every' })
  return ok(spansOf({ from, to }, every, zone))
}

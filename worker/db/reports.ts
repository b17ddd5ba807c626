/** The rows that reports are folded from, page by page. */

import { and, eq, gte, lt, sql } from 'drizzle-orm'
import type { AgentInterval, Segment } from '../../core/protocol/segments.ts'
import type { Span } from '../../core/reports/figures.ts'
import type { Database } from './client.ts'
import { knownAgents } from './known.ts'
import { agentIntervals, segments } from './schema/record.ts'

/** How many rows are read at once. */
const atOnce = 5_000

/** The stays that ended in a span, oldest end first. */
export async function* segmentsEnded(db: Database, org: string, span: Span): AsyncGenerator<Segment> {
  for await (const { segment } of staysEnded(db, org, span)) yield segment
}

/** The same, each with its conversation. */
export async function* staysEnded(
  db: Database,
  org: string,
  { from, to }: Span,
): AsyncGenerator<{ readonly conversation: string; readonly segment: Segment }> {
  let last = { endedAt: from, conversation: '', id: '' }
  for (;;) {
    const rows = await db
      .select()
      .from(segments)
      .where(
        and(
          eq(segments.orgId, org),
          gte(segments.endedAt, last.endedAt),
          lt(segments.endedAt, to),
          sql`(ended_at, conversation_id, id) > (${last.endedAt}, ${last.conversation}, ${last.id})`,
        ),
      )
      .orderBy(segments.endedAt, segments.conversationId, segments.id)
      .limit(atOnce)
    for (const row of rows) yield { conversation: row.conversationId, segment: segmentOf(row) }
    const end = rows.at(-1)
    if (end === undefined || rows.length < atOnce) return
    last = { endedAt: end.endedAt ?? to, conversation: end.conversationId, id: end.id }
  }
}

/** Each agent's times that touch a span, by agent, in their order: read agent by agent, whatever the record holds besides. */
export async function* agentTimes(
  db: Database,
  org: string,
  { from, to }: Span,
): AsyncGenerator<{ readonly agent: string; readonly time: AgentInterval }> {
  for (const agent of await knownAgents(db, org)) {
    // An agent's times do not overlap: of those that began before the span only the last can reach into it.
    const first = sql`coalesce((select max(began_at) from agent_intervals
      where org_id = ${org} and agent_id = ${agent} and began_at <= ${from}), ${from})`
    const isHere = and(eq(agentIntervals.orgId, org), eq(agentIntervals.agentId, agent))
    const rows = await db
      .select()
      .from(agentIntervals)
      .where(and(isHere, gte(agentIntervals.beganAt, first), lt(agentIntervals.beganAt, to)))
      .orderBy(agentIntervals.beganAt, agentIntervals.id)
    for (const row of rows) yield { agent, time: timeOf(row) }
  }
}

const segmentOf = (row: typeof segments.$inferSelect): Segment => ({
  id: row.id,
  version: row.version,
  kind: row.kind,
  ...(row.medium === 'chat' ? {} : { medium: row.medium }),
  queue: row.queueId,
  agent: row.agentId,
  lease: row.lease,
  beganAt: row.beganAt,
  endedAt: row.endedAt,
  outcome: row.outcome,
  first: row.firstSeq,
  last: row.lastSeq,
})

const timeOf = (row: typeof agentIntervals.$inferSelect): AgentInterval => ({
  id: row.id,
  version: row.version,
  presence: row.presence,
  reason: row.reason,
  notResponding: row.notResponding,
  connected: row.connected,
  occupied: row.occupied,
  beganAt: row.beganAt,
  endedAt: row.endedAt,
})

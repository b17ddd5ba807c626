/** Of whom the record knows: the actors behind its mirrored rows. */
import { and, eq, gt, sql } from 'drizzle-orm'
import type { Database } from './client.ts'
import { agentIntervals, conversations } from './schema/record.ts'

/** The conversation ids after `after`, in their order. */
export async function knownConversations(db: Database, org: string, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.orgId, org), gt(conversations.id, after)))
    .orderBy(conversations.id)
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** The agents that have told of their times: one look into the index for each, however many times it holds. */
export async function knownAgents(db: Database, org: string): Promise<string[]> {
  const ids: string[] = []
  for (let last = ''; ; ) {
    const [row] = await db
      .select({ agent: sql<string | null>`min(agent_id)` })
      .from(agentIntervals)
      .where(and(eq(agentIntervals.orgId, org), sql`agent_id > ${last}`))
    if (row === undefined || row.agent === null) return ids
    ids.push(row.agent)
    last = row.agent
  }
}

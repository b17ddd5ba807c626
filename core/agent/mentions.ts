/** Notes that name this agent: the newest of each conversation, as long as there are not too many. */
import type { MentionRow } from '../protocol/colleagues.ts'
import type { Mentioned } from '../protocol/messages.ts'
import type { AgentState, Mention } from './state.ts'

/** So many are kept; of more the oldest go, those that were seen first. */
const MOST = 100

/** A colleague has named this agent. */
export function mentioned(state: AgentState, { conversation, mention }: Mentioned): void {
  state.mentions.put(conversation, { conversation, ...mention, seen: false })
  const oldestFirst = state.mentions.values().sort((a, b) => Number(b.seen) - Number(a.seen) || a.at - b.at)
  for (const { conversation: id } of oldestFirst.slice(0, Math.max(0, oldestFirst.length - MOST)))
    state.mentions.delete(id)
}

/** The agent has looked at it, up to this entry. */
export function see(state: AgentState, conversation: string, entry: number): void {
  const mention = state.mentions.get(conversation)
  if (mention !== undefined && !mention.seen && mention.entry <= entry)
    state.mentions.put(conversation, { ...mention, seen: true })
}

export const mentionRow = ({ conversation, entry, by, customer, at, seen }: Mention): MentionRow => ({
  key: `mention/${conversation}`,
  ...{ conversation, entry, by, customer, at, seen },
})

/** Conversations that were closed in this agent's hands, the newest of them: for whoever looks for what was just there. */
import type { DoneRow } from '../protocol/agent.ts'
import type { AgentState, Done, Item } from './state.ts'

const MOST = 50

export function noteDone(state: AgentState, { conversation, card }: Item, at: number): void {
  if (card === null) return
  state.done.put(conversation, { conversation, customer: card.customer, at })
  const oldestFirst = state.done.values().sort((a, b) => a.at - b.at)
  for (const { conversation: id } of oldestFirst.slice(0, Math.max(0, oldestFirst.length - MOST))) state.done.delete(id)
}

export const doneRow = ({ conversation, customer, at }: Done): DoneRow => ({
  key: `done/${conversation}`,
  conversation,
  customer,
  at,
})

/** Somebody else was faster: the console is told for a while who has it, so that nobody wonders where an offer went. */
import type { Turn } from '../engine/model.ts'
import type { GoneRow } from '../protocol/agent.ts'
import type { AgentState, Overtaken } from './state.ts'

export const TOLD = 'overtaken'
/** For how long the console is told, in ms. */
const FOR = 10_000

export function overtaken(state: AgentState, turn: Turn, what: Omit<Overtaken, 'at'>): void {
  state.overtaken.put(what.conversation, { ...what, at: turn.now })
  turn.deadline(`${TOLD}:${what.conversation}`, turn.now + FOR)
}

/** It was told for long enough, or rings here again. */
export function forgetOvertaken(state: AgentState, turn: Turn, conversation: string): void {
  if (state.overtaken.get(conversation) === undefined) return
  state.overtaken.delete(conversation)
  turn.deadline(`${TOLD}:${conversation}`, null)
}

export function goneRow({ conversation, customer, by, at }: Overtaken): GoneRow {
  return { key: `gone/${conversation}`, conversation, customer: customer?.name ?? null, by, at }
}

/**
 * Work of an interruptible medium waits while the agent has work in hand that cannot, and does not go together with it. Its
 * lease stays; it comes back by itself. The conversation is told, so that whoever looks at it knows.
 */
import type { Turn } from '../engine/model.ts'
import { waits } from '../routing/capacity.ts'
import { isConsult, me, tell } from './items.ts'
import { canWait, mediaTaken, terms } from './room.ts'
import type { AgentState } from './state.ts'

/** After every event. */
export function interrupt(state: AgentState, turn: Turn): void {
  const items = state.items.values()
  if (!items.some((item) => item.interrupted !== undefined || canWait(state, item.medium))) return
  const waiting = waits(mediaTaken(state), terms(state))
  for (const item of items) {
    if (item.state !== 'owned' || item.lease === null || isConsult(item)) continue
    const on = waiting.includes(item.medium)
    if (on === (item.interrupted !== undefined)) continue
    const { interrupted: _, ...rest } = item
    state.items.put(item.conversation, on ? { ...rest, interrupted: turn.now } : rest)
    tell(turn, item.conversation, { type: 'interrupted', agent: me(turn), lease: item.lease, on })
  }
}

/** What an agent is for the Floor: its duty, and what it has in hand. A claim is not in hand before it is granted. */

import { shownAs } from '../protocol/media.ts'
import type { AgentNow } from '../protocol/messages.ts'
import type { AgentState } from './state.ts'

export function agentNow(state: AgentState): AgentNow {
  const { presence, reason, notResponding, link } = state.self.get()
  const items = state.items.values().flatMap(({ conversation, medium, state: is, via, since }) => {
    return is === 'claiming' ? [] : [{ conversation, ...shownAs(medium), state: is, via, since }]
  })
  const { beganAt } = state.interval.get()
  return { type: 'agent-now', presence, reason, notResponding, link, since: beganAt === 0 ? null : beganAt, items }
}

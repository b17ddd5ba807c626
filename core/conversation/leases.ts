/** What is said of a lease: to its agent that it is over, and to queues that its agent shall not be asked for a while. */
import type { Turn } from '../engine/model.ts'
import { type AgentId, address, asId, type ConversationId } from '../ids.ts'
import type { End } from '../protocol/messages.ts'
import { timings } from './known.ts'
import type { ConversationState, Lease } from './state.ts'

/** `by`: who was faster, of what was taken. */
export function end(turn: Turn, lease: Lease, why: End['why'], by?: string): void {
  const agent = address(turn.self.org, 'agent', asId<AgentId>(lease.agent))
  turn.send(agent, {
    type: 'end',
    conversation: self(turn),
    lease: lease.lease,
    why,
    ...(by === undefined ? {} : { by }),
  })
}

/** Keeps an agent from being asked again for the cool-down. */
export function avoid(state: ConversationState, turn: Turn, agent: string): void {
  const talk = state.talk.get()
  const until = turn.now + timings(state).cooldown
  state.talk.patch({ avoid: { ...talk.avoid, [agent]: until } })
}

export function self(turn: Turn): ConversationId {
  return asId<ConversationId>(turn.self.id)
}

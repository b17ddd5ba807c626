/** Which of several free agents comes first, by a configured list of attributes. */
import type { QueueConfig } from '../protocol/config.ts'

export type AgentOrder = QueueConfig['agentOrder']

/** What agents are compared by. `idleSince` in ms, `load` in contacts. */
export interface Comparable {
  readonly agent: string
  readonly level: number
  readonly idleSince: number
  readonly load: number
}

/** The first attribute that differs decides, then the id: no two agents are equal. */
export function byAgentOrder(order: AgentOrder): (a: Comparable, b: Comparable) => number {
  return (a, b) => {
    for (const { by, direction } of order) {
      const difference = attribute(a, by) - attribute(b, by)
      if (difference !== 0) return direction === 'asc' ? difference : -difference
    }
    return a.agent < b.agent ? -1 : a.agent > b.agent ? 1 : 0
  }
}

function attribute(agent: Comparable, by: AgentOrder[number]['by']): number {
  if (by === 'level') return agent.level
  return by === 'idle' ? agent.idleSince : agent.load
}

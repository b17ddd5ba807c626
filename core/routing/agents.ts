/** Which of several free agents comes first, by a configured list of attributes. */
import { own } from '../own.ts'
import type { AgentConfig, QueueConfig } from '../protocol/config.ts'

export type AgentOrder = QueueConfig['agentOrder']

/** What agents are compared by. Times in ms; `load` in contacts. */
export interface Comparable {
  readonly agent: string
  /** In the queue. */
  readonly level: number
  readonly idleSince: number
  readonly load: number
  readonly skills: Readonly<Record<string, number>>
  /** When the agent was last given a contact; 0: never. */
  readonly servedAt: number
}

/** What expressions may ask of an agent beside its skills: the configured texts, and its team. */
export function attributesOf({
  attributes,
  team,
}: AgentConfig): Readonly<Record<string, readonly string[]>> | undefined {
  return team === undefined ? attributes : { ...attributes, team: [team] }
}

/** The first attribute that differs decides, then the id: no two agents are equal. */
export function byAgentOrder(order: AgentOrder): (a: Comparable, b: Comparable) => number {
  const keys = order.map(keyOf)
  return (a, b) => {
    for (const key of keys) {
      const difference = key(a) - key(b)
      if (difference !== 0) return difference
    }
    return a.agent < b.agent ? -1 : a.agent > b.agent ? 1 : 0
  }
}

/** The key of an attribute, so that the smaller comes first. */
function keyOf(criterion: AgentOrder[number]): (agent: Comparable) => number {
  const sign = criterion.direction === 'asc' ? 1 : -1
  switch (criterion.by) {
    case 'level':
      return ({ level }) => sign * level
    case 'idle':
      return ({ idleSince }) => sign * idleSince
    case 'load':
      return ({ load }) => sign * load
    case 'served':
      return ({ servedAt }) => sign * servedAt
    case 'skill':
      return ({ skills }) => sign * (own(skills, criterion.skill) ?? 0)
  }
}

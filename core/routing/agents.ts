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
  /** From 0 to 1. */
  readonly occupancy: number
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
  const value = figureOf(criterion)
  return (agent) => sign * value(agent)
}

function figureOf(criterion: AgentOrder[number]): (agent: Comparable) => number {
  switch (criterion.by) {
    case 'level':
      return ({ level }) => level
    case 'idle':
      return ({ idleSince }) => idleSince
    case 'load':
      return ({ load }) => load
    case 'served':
      return ({ servedAt }) => servedAt
    case 'occupancy':
      return ({ occupancy }) => occupancy
    case 'skill':
      return ({ skills }) => own(skills, criterion.skill) ?? 0
  }
}

/** What an order compares, for people to read: `level desc`, `skill french desc`. */
export const namesOf = (order: AgentOrder): string[] =>
  order.map((each) => `${each.by === 'skill' ? `skill ${each.skill}` : each.by} ${each.direction}`)

/** What an agent has of each of it. */
export const valuesOf = (order: AgentOrder, agent: Comparable): number[] => order.map((each) => figureOf(each)(agent))

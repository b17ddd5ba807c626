/** The part of a configuration that a queue, an agent or the Floor is told: what it needs for its own decisions, and no more. */
import { own } from '../own.ts'
import type { AgentSlice, FloorSlice, QueueSlice } from '../protocol/book-messages.ts'
import type { AgentConfig, Config } from '../protocol/config.ts'
import { teamOf } from '../protocol/permissions.ts'

export function queueSlice(version: number, config: Config, id: string): QueueSlice {
  return { type: 'queue-config', version, config: own(config.queues, id) ?? null, timings: config.timings }
}

export function agentSlice(version: number, config: Config, id: string): AgentSlice {
  const agent = resolved(config, own(config.agents, id))
  const served = new Set(agent?.queues.map(({ queue }) => queue))
  const queueNames = Object.fromEntries(
    Object.entries(config.queues).flatMap(([q, { name }]) => (served.has(q) ? [[q, name]] : [])),
  )
  const { reasons, declineReasons, media, timings } = config
  return { type: 'agent-config', version, config: agent, queueNames, reasons, declineReasons, media, timings }
}

/** What the agent's team decides for all of its agents stands in each one's profile. */
function resolved({ teams }: Config, agent: AgentConfig | undefined): AgentConfig | null {
  if (agent === undefined) return null
  const visits = agent.team === undefined ? undefined : own(teams, agent.team)?.visits
  return visits === undefined ? agent : { ...agent, strict: visits === 'order' }
}

export function floorSlice(version: number, { queues, agents, policies }: Config): FloorSlice {
  const known = Object.entries(queues).map(([id, { name, team }]) => [id, { name, team: teamOf(team) }])
  const serving = Object.entries(agents).map(([id, { name, team, queues: served }]) => {
    return [id, { name, team: teamOf(team), queues: served.map(({ queue }) => queue) }]
  })
  return {
    type: 'floor-config',
    version,
    queues: Object.fromEntries(known),
    agents: Object.fromEntries(serving),
    policy: policies.floor,
  }
}

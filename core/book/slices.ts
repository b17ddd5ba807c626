/** The part of a configuration that one queue or agent is told: what it needs for its own decisions, and no more. */
import { own } from '../own.ts'
import type { Config } from '../protocol/config.ts'
import type { AgentSlice, QueueSlice } from '../protocol/messages.ts'

export function queueSlice(version: number, config: Config, id: string): QueueSlice {
  return { type: 'queue-config', version, config: own(config.queues, id) ?? null, timings: config.timings }
}

export function agentSlice(version: number, config: Config, id: string): AgentSlice {
  const agent = own(config.agents, id) ?? null
  const served = new Set(agent?.queues.map(({ queue }) => queue))
  const queueNames = Object.fromEntries(
    Object.entries(config.queues).flatMap(([q, { name }]) => (served.has(q) ? [[q, name]] : [])),
  )
  const { reasons, declineReasons, media, timings } = config
  return { type: 'agent-config', version, config: agent, queueNames, reasons, declineReasons, media, timings }
}

/** The Book actor: the published configuration, version by version, and who must hear of it. */

import type { Model, Turn } from '../engine/model.ts'
import type { Cell, Rows } from '../engine/parts.ts'
import { type ActorName, type AgentId, address, asId, type ConversationId, type QueueId } from '../ids.ts'
import { own } from '../own.ts'
import { Config } from '../protocol/config.ts'
import type { AgentSlice, Pinned, QueueSlice } from '../protocol/messages.ts'
import { ok, type Result, refuse } from '../result.ts'
import { checkConfig } from './check.ts'

/** Older versions are dropped. */
const VERSIONS_KEPT = 50

interface Version {
  readonly version: number
  readonly at: number
  readonly by: string
  readonly config: Config
}

export interface BookState {
  readonly newest: Cell<{ readonly version: number }>
  readonly versions: Rows<Version>
}

/** Publishes the next version and tells every queue and agent that is, or was, named in it. */
export function publish(
  state: BookState,
  turn: Turn,
  { by, config: input }: { by: string; config: unknown },
): Result<{ version: number }> {
  const checked = checkConfig(input)
  if (!checked.ok) return checked
  const before = newest(state)
  const version = state.newest.get().version + 1
  const config = checked.value
  state.versions.put(String(version), { version, at: turn.now, by, config })
  state.versions.delete(String(version - VERSIONS_KEPT))
  state.newest.set({ version })
  const names = (pick: (c: Config) => object) =>
    new Set([...Object.keys(pick(config)), ...Object.keys(before === null ? {} : pick(before.config))])
  for (const queue of names((c) => c.queues)) turn.send(queueName(turn, queue), queueSlice(version, config, queue))
  for (const agent of names((c) => c.agents)) turn.send(agentName(turn, agent), agentSlice(version, config, agent))
  return ok({ version })
}

/** Version `n`, or the newest. */
export function read(state: BookState, n?: number): Result<{ version: number; config: Config }> {
  const found = state.versions.get(String(n ?? state.newest.get().version))
  return found === undefined
    ? refuse('not_found', 'there is no such version')
    : ok({ version: found.version, config: asOfNow(found) })
}

/** What a new contact of the chat channel pins. */
export function pinChat({ version, config }: { version: number; config: Config }): Pinned | null {
  const planId = config.entrances.chat
  const plan = own(config.plans, planId)
  if (plan === undefined) return null
  const queueNames = Object.fromEntries(Object.entries(config.queues).map(([id, queue]) => [id, queue.name]))
  const queueTeams = Object.fromEntries(
    Object.entries(config.queues).flatMap(([id, { team }]) => (team === undefined ? [] : [[id, team]])),
  )
  const teams = Object.keys(queueTeams).length === 0 ? {} : { queueTeams }
  const { timings, policies } = config
  return { version, planId: asId(planId), plan, queueNames, ...teams, timings, policies }
}

export const bookModel: Model<BookState> = {
  kind: 'book',
  migrations: [],
  open: (tables) => ({
    newest: tables.cell<{ version: number }>('newest', { version: 0 }),
    versions: tables.rows<Version>('versions'),
  }),
  admit: () => refuse('not_found', 'nobody connects to the book'),
  receive(state, turn, from, message) {
    const now = newest(state)
    if (now !== null && message.type === 'ask-plan') return tellPlan(turn, asId(from.id), now)
    if (now === null || message.type !== 'ask-config' || now.version <= message.have) return
    if (from.kind === 'queue') turn.send(queueName(turn, from.id), queueSlice(now.version, now.config, from.id))
    if (from.kind === 'agent') turn.send(agentName(turn, from.id), agentSlice(now.version, now.config, from.id))
  },
  command: () => ({ result: refuse('bad_input', 'the book is published to, not commanded'), remember: false }),
  due() {},
  settle() {},
  // No configVersion: a packet of Book's brings the configuration itself, it need not be asked for.
  streams: () => ({}),
}

function tellPlan(turn: Turn, conversation: ConversationId, now: Version): void {
  const pinned = pinChat(now)
  if (pinned !== null) turn.send(address(turn.self.org, 'conversation', conversation), { type: 'plan', pinned })
}

function newest(state: BookState): Version | null {
  const found = state.versions.get(String(state.newest.get().version))
  return found === undefined ? null : { ...found, config: asOfNow(found) }
}

/** What was published before a part of the configuration existed has that part's defaults. */
function asOfNow(version: Version): Config {
  const known = filled.get(version)
  if (known !== undefined) return known
  const config = Config.parse(version.config)
  filled.set(version, config)
  return config
}
const filled = new WeakMap<Version, Config>()

function queueSlice(version: number, config: Config, id: string): QueueSlice {
  return { type: 'queue-config', version, config: own(config.queues, id) ?? null, timings: config.timings }
}

function agentSlice(version: number, config: Config, id: string): AgentSlice {
  const agent = own(config.agents, id) ?? null
  const served = new Set(agent?.queues.map(({ queue }) => queue))
  const queueNames = Object.fromEntries(
    Object.entries(config.queues).flatMap(([q, { name }]) => (served.has(q) ? [[q, name]] : [])),
  )
  const { reasons, media, timings } = config
  return { type: 'agent-config', version, config: agent, queueNames, reasons, media, timings }
}

const queueName = (turn: Turn, id: string): ActorName => address(turn.self.org, 'queue', asId<QueueId>(id))
const agentName = (turn: Turn, id: string): ActorName => address(turn.self.org, 'agent', asId<AgentId>(id))

/** The Book actor: the published configuration, version by version, and who must hear of it. */

import type { Model, Turn } from '../engine/model.ts'
import { floorOf } from '../floor/watched.ts'
import { plansIn, programOf } from '../flow/gather.ts'
import { type ActorName, type AgentId, address, asId, type ConversationId, type QueueId } from '../ids.ts'
import { own } from '../own.ts'
import type { NewestConfig } from '../protocol/actors.ts'
import type { Desk, Pinned, Published } from '../protocol/book-messages.ts'
import type { Config } from '../protocol/config.ts'
import type { Plan } from '../protocol/plan.ts'
import { defaultPolicies } from '../protocol/policies.ts'
import { ok, type Result, refuse } from '../result.ts'
import { askedOf } from '../widget/pre-chat.ts'
import { checkConfig } from './check.ts'
import { changesBetween } from './diff.ts'
import { agentSlice, floorSlice, queueSlice } from './slices.ts'
import { type BookState, configOf, newest, openBook, record, splitVersions, type Why } from './versions.ts'

export interface Publication extends Why {
  readonly config: unknown
  /** The version that it was made from; absent: whatever is published. */
  readonly base?: number | undefined
  /** Whoever publishes may not change how people sign in. */
  readonly keepsSession?: boolean | undefined
}

/** Publishes the next version and tells every queue and agent that is, or was, named in it. */
export function publish(
  state: BookState,
  turn: Turn,
  { config: input, base, keepsSession = false, ...why }: Publication,
): Result<Versioned> {
  const before = newest(state)
  if (base !== undefined && base !== (before?.version ?? 0)) {
    return refuse('conflict', `version ${before?.version ?? 0} is published by now`, { field: 'base' })
  }
  const checked = checkConfig(input)
  if (!checked.ok) return checked
  const config = checked.value
  const { session } = before?.config.policies ?? defaultPolicies
  if (keepsSession && changesBetween(session, config.policies.session).length > 0)
    return refuse('forbidden', 'is changed by administrators only', { field: 'policies.session' })
  const version = record(state, turn.now, why, config)
  const names = (pick: (c: Config) => object) =>
    new Set([...Object.keys(pick(config)), ...Object.keys(before === null ? {} : pick(before.config))])
  for (const queue of names((c) => c.queues)) turn.send(queueName(turn, queue), queueSlice(version, config, queue))
  for (const agent of names((c) => c.agents)) turn.send(agentName(turn, agent), agentSlice(version, config, agent))
  return ok({ version })
}

/** Publishes what version `to` says as the next one. */
export function returnTo(
  state: BookState,
  turn: Turn,
  { to, ...how }: Omit<Publication, 'config' | 'returnTo'> & { readonly to: number },
): Result<Versioned> {
  const config = configOf(state, to)
  if (config === undefined) return noVersion
  return publish(state, turn, { ...how, config, returnTo: to })
}

/** Version `n`, or the newest. */
export function read(state: BookState, n?: number): Result<Published> {
  const version = n ?? state.newest.get().version
  const config = configOf(state, version)
  return config === undefined ? noVersion : ok({ version, config })
}

/** The newest version, unless it is the one of this mark: versions alone repeat themselves when Book goes back to an earlier day. */
export function newestUnless(state: BookState, known: string): Result<NewestConfig> {
  const { version } = state.newest.get()
  const fact = state.facts.get(String(version))
  const mark = `${version}.${fact?.at ?? 0}`
  if (fact !== undefined && known === mark) return ok({ mark })
  const published = newest(state)
  return published === null ? noVersion : ok({ mark, published })
}

const noVersion = refuse('not_found', 'there is no such version')
interface Versioned {
  readonly version: number
}

/** What a new contact of the chat channel pins. */
export function pinChat({ version, config }: Published): Pinned | null {
  const planId = config.entrances.chat
  const plan = own(config.plans, planId)
  if (plan === undefined) return null
  const queues = Object.entries(config.queues)
  const queueNames = Object.fromEntries(queues.map(([id, queue]) => [id, queue.name]))
  const queueTeams = Object.fromEntries(queues.flatMap(([id, { team }]) => (team === undefined ? [] : [[id, team]])))
  const dispositionRequired = queues.flatMap(([id, queue]) => (queue.dispositionRequired === true ? [id] : []))
  const hours = config.widget.hours === undefined ? undefined : own(config.hours, config.widget.hours)
  const { timings, policies } = config
  const asked = askedOf(config)
  const flow = programOf(config, config.entrances.flows?.chat)
  return {
    version,
    planId: asId(planId),
    plan,
    ...leadsTo(config, planId, plan, plansIn(flow)),
    ...(flow === undefined ? {} : { flow }),
    queueNames,
    ...(Object.keys(queueTeams).length === 0 ? {} : { queueTeams }),
    timings,
    ...ringsOf(config),
    policies,
    ...(hours === undefined ? {} : { entrance: { hours, outsideHours: config.widget.outsideHours } }),
    ...(asked.length === 0 ? {} : { asked }),
    ...(config.widget.typingPreview ? { typingPreview: true } : {}),
    ...(dispositionRequired.length === 0 ? {} : { dispositionRequired }),
    desk: deskOf(config),
  }
}

/** Of media whose offers ring for a time of their own. */
function ringsOf({ media: { chat, voice, video, message, mail } }: Config): Pick<Pinned, 'rings'> {
  const all = Object.entries({ chat, voice, video, message, mail })
  const own = all.flatMap(([medium, { ring }]) => (ring === undefined ? [] : [[medium, ring]]))
  return own.length === 0 ? {} : { rings: Object.fromEntries(own) }
}

/** The plans that a plan leads to, and a flow (`more`), and all opening hours that these ask for. */
function leadsTo(config: Config, id: string, plan: Plan, more: readonly string[]): Pick<Pinned, 'plans' | 'hours'> {
  const plans = new Map([[id, plan]])
  for (const next of more) {
    const found = own(config.plans, next)
    if (found !== undefined) plans.set(next, found)
  }
  // A map is walked through to its end, what is added on the way too.
  for (const { steps } of plans.values()) {
    for (const { plan: next } of steps) {
      const found = next === undefined ? undefined : own(config.plans, next)
      if (next !== undefined && found !== undefined && !plans.has(next)) plans.set(next, found)
    }
  }
  const conditions = [...plans.values()].flatMap(({ steps }) => steps.flatMap(({ when = [] }) => when))
  const named = new Set(conditions.flatMap((condition) => (condition.is === 'hours' ? [condition.hours] : [])))
  const hours = Object.entries(config.hours).filter(([key]) => named.has(key))
  return {
    ...(plans.size === 1 ? {} : { plans: Object.fromEntries(plans) }),
    ...(hours.length === 0 ? {} : { hours: Object.fromEntries(hours) }),
  }
}

/** What staff may note about a conversation. Dispositions that only group others are none. */
function deskOf({ tags, dispositions, attributes }: Config): Desk {
  const groups = new Set(Object.values(dispositions).map(({ parent }) => parent))
  const chosen = Object.entries(dispositions).filter(([id]) => !groups.has(id))
  return {
    tags: Object.keys(tags),
    dispositions: Object.fromEntries(
      chosen.map(([id, { queues: where, noteRequired, requires }]) => [
        id,
        { noteRequired, requires, ...(where === undefined ? {} : { queues: where }) },
      ]),
    ),
    attributes: attributes.conversation,
    ...(Object.keys(attributes.customer).length === 0 ? {} : { customers: attributes.customer }),
  }
}

export const bookModel: Model<BookState> = {
  kind: 'book',
  migrations: [splitVersions],
  open: openBook,
  admit: () => refuse('not_found', 'nobody connects to the book'),
  receive(state, turn, from, message) {
    const now = newest(state)
    if (now !== null && message.type === 'ask-plan') return tellPlan(turn, asId(from.id), now, message.agent)
    if (now === null || message.type !== 'ask-config' || now.version <= message.have) return
    if (from.kind === 'queue') turn.send(queueName(turn, from.id), queueSlice(now.version, now.config, from.id))
    if (from.kind === 'agent') turn.send(agentName(turn, from.id), agentSlice(now.version, now.config, from.id))
    if (from.kind === 'floor') turn.send(floorOf(turn.self.org), floorSlice(now.version, now.config))
  },
  command: () => ({ result: refuse('bad_input', 'the book is published to, not commanded'), remember: false }),
  due() {},
  settle() {},
  // No configVersion: a packet of Book's brings the configuration itself, it need not be asked for.
  stream: () => undefined,
  lasting: ['newest', 'version-facts', 'versions'],
  // Everybody is told, and whoever kept an old version hears of a newer one.
  revive(state, turn) {
    const now = newest(state)
    if (now !== null) publish(state, turn, { config: now.config, by: 'restore', returnTo: now.version })
  },
}

function tellPlan(turn: Turn, conversation: ConversationId, now: Published, id?: string): void {
  const pinned = pinChat(now)
  if (pinned === null) return
  const agent = id === undefined ? {} : { agent: { id, name: own(now.config.agents, id)?.name ?? null } }
  turn.send(address(turn.self.org, 'conversation', conversation), { type: 'plan', pinned, ...agent })
}

const queueName = (turn: Turn, id: string): ActorName => address(turn.self.org, 'queue', asId<QueueId>(id))
const agentName = (turn: Turn, id: string): ActorName => address(turn.self.org, 'agent', asId<AgentId>(id))

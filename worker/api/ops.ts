/** How the installation is doing. */
import type * as z from 'zod/mini'
import {
  type ActorName,
  type AgentId,
  address,
  asActorName,
  asId,
  type ConversationId,
  parseAddress,
  type QueueId,
} from '../../core/ids.ts'
import type { StuckReport } from '../../core/protocol/actors.ts'
import type { ReplayRequest, StuckList } from '../../core/protocol/api.ts'
import { ok, refuse } from '../../core/result.ts'
import { actorStub, bookStub } from '../actors.ts'
import { listConversations } from '../db/conversations.ts'
import type { Answer, Call, StaffCall } from './route.ts'

const mostActors = 200
const atOnce = 20
const patienceMs = 3_000

/** Fine when D1 answers. */
export async function health(call: Call): Answer<{ ok: true }> {
  try {
    await call.env.DB.prepare('select 1').first()
    return ok({ ok: true })
  } catch {
    return refuse('not_ready', 'The database does not answer.', { retry: true })
  }
}

/** Asks the organisation's actors, 200 at most, what does not get through. */
export async function stuck(call: StaffCall): Answer<StuckList> {
  const known = await actorsOf(call)
  const asked = known.slice(0, mostActors)
  const items: StuckReport[] = []
  const silent: string[] = []
  for (let from = 0; from < asked.length; from += atOnce) {
    const group = asked.slice(from, from + atOnce)
    const reports = await Promise.all(group.map((name) => ask(call, name)))
    reports.forEach((report, index) => {
      if (report === undefined) silent.push(group[index] ?? '')
      else if (report.peers.length > 0 || report.parked.length > 0) items.push(report)
    })
  }
  return ok({ asked: asked.length, known: known.length, silent, items: items.map(copy) })
}

/** Sends again, and takes up what was parked, at one of the organisation's actors. */
export async function replay(call: StaffCall, { actor }: z.output<typeof ReplayRequest>): Answer<{ items: number }> {
  const name = await knownActor(call, actor)
  if (name === undefined) return refuse('not_found', 'There is no such actor.', { field: 'actor' })
  return ok({ items: await actorStub(call.env, name).replay() })
}

/** The name, if it is of this organisation; a queue or an agent must be configured, so that asking makes none. */
async function knownActor({ env, org }: StaffCall, text: string): Promise<ActorName | undefined> {
  const name = nameFrom(text)
  if (name === undefined) return undefined
  const { org: owner, kind, id } = parseAddress(name)
  if (owner !== org) return undefined
  if (kind === 'thread' || kind === 'conversation') return name
  if (kind === 'book') return id === 'book' ? name : undefined
  const book = await bookStub(env, org).read()
  if (!book.ok) return undefined
  return Object.hasOwn(kind === 'queue' ? book.value.config.queues : book.value.config.agents, id) ? name : undefined
}

function nameFrom(text: string): ActorName | undefined {
  try {
    return asActorName(text)
  } catch {
    return undefined
  }
}

/** The report's lists are read-only; an answer's are not. */
const copy = ({ actor, peers, parked }: StuckReport) => ({ actor, peers: [...peers], parked: [...parked] })

async function actorsOf({ env, db, org }: StaffCall): Promise<ActorName[]> {
  const book = await bookStub(env, org).read()
  const { queues, agents } = book.ok ? book.value.config : { queues: {}, agents: {} }
  const open = await listConversations(db, org, null, { limit: mostActors, after: undefined }, { open: true })
  return [
    address(org, 'book', 'book'),
    ...Object.keys(queues).map((id) => address(org, 'queue', asId<QueueId>(id))),
    ...Object.keys(agents).map((id) => address(org, 'agent', asId<AgentId>(id))),
    ...open.map(({ id }) => address(org, 'conversation', asId<ConversationId>(id))),
  ]
}

/** An actor that fails or is too slow is `undefined`: it must not hide the others. */
async function ask({ env }: StaffCall, name: ActorName): Promise<StuckReport | undefined> {
  const late = new Promise<undefined>((done) => setTimeout(() => done(undefined), patienceMs))
  return Promise.race([
    actorStub(env, name)
      .stuck()
      .catch(() => undefined),
    late,
  ])
}

/** How the installation is doing. */
import { type ActorName, type AgentId, address, asId, type ConversationId, type QueueId } from '../../core/ids.ts'
import type { StuckReport } from '../../core/protocol/actors.ts'
import type { StuckList } from '../../core/protocol/api.ts'
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

/** The report's lists are read-only; an answer's are not. */
const copy = ({ actor, peers, parked }: StuckReport) => ({ actor, peers: [...peers], parked: [...parked] })

async function actorsOf({ env, db, org }: StaffCall): Promise<ActorName[]> {
  const book = await bookStub(env, org).read()
  const { queues, agents } = book.ok ? book.value.config : { queues: {}, agents: {} }
  const open = await listConversations(db, org, { limit: mostActors, after: undefined }, true)
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

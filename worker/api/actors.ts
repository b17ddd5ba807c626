/** What the API does with actors: tickets for their sockets, and commands. */
import type * as z from 'zod/mini'
import { floorOf } from '../../core/floor/watched.ts'
import { type ActorName, type AgentId, address, asId, type ConversationId, type QueueId } from '../../core/ids.ts'
import { own } from '../../core/own.ts'
import {
  AgentCommandAnswer,
  type AgentCommandRequest,
  ConversationCommandAnswer,
  type ConversationCommandRequest,
  type NameList,
  type NameQuery,
  QueueCommandAnswer,
  type QueueCommandRequest,
  type TicketRequest,
} from '../../core/protocol/api.ts'
import { type Action, may, scopeOf, teamOf } from '../../core/protocol/permissions.ts'
import type { StaffPrincipal } from '../../core/protocol/principal.ts'
import { type Fault, ok, type Result, refuse } from '../../core/result.ts'
import { actorStub } from '../actors.ts'
import { signTicket } from '../auth/tokens.ts'
import { newestConfig, recent } from '../from-book.ts'
import { type Answer, type GuardedCall, keyOf, notYours, type StaffCall } from './route.ts'

/** A ticket for one socket. */
export async function ticket(call: StaffCall, wanted: z.output<typeof TicketRequest>): Answer<{ ticket: string }> {
  const actor = await nameOf(call, wanted, `${wanted.kind}.connect`)
  if (!actor.ok) return actor
  if (wanted.kind === 'conversation') {
    // Only the conversation knows whether it is one; a question that changes nothing tells.
    const question = { id: crypto.randomUUID(), name: 'history', body: { before: 0 } }
    const there = await actorStub(call.env, actor.value.name).command(actor.value.as, question)
    if (!there.ok) return there
  }
  const origin = new URL(call.request.url).origin
  return ok({ ticket: await signTicket(call.env.PARLEY_SECRET, actor.value.name, actor.value.as, { origin }) })
}

/** A command to an agent: one's own, or by a supervisor. */
export async function commandAgent(
  call: StaffCall,
  wanted: z.output<typeof AgentCommandRequest>,
): Answer<z.input<typeof AgentCommandAnswer>> {
  const answer = await command(
    call,
    await nameOf(call, { kind: 'agent', id: call.param('id') }, `agent.${wanted.name}`),
    wanted,
  )
  return answer.ok ? ok(AgentCommandAnswer.parse(answer)) : answer
}

/** A command of an agent to a queue that it serves. */
export async function commandQueue(
  call: StaffCall,
  wanted: z.output<typeof QueueCommandRequest>,
): Answer<z.input<typeof QueueCommandAnswer>> {
  const queue = await nameOf(call, { kind: 'queue', id: call.param('id') }, `queue.${wanted.name}`)
  const answer = await command(call, queue, wanted)
  return answer.ok ? ok(QueueCommandAnswer.parse(answer)) : answer
}

/** A command to a conversation; what its owner alone may do, the conversation itself decides. */
export async function commandConversation(
  call: StaffCall,
  wanted: z.output<typeof ConversationCommandRequest>,
): Answer<z.input<typeof ConversationCommandAnswer>> {
  const answer = await command(
    call,
    await nameOf(call, { kind: 'conversation', id: call.param('id') }, `conversation.${wanted.name}`),
    wanted,
  )
  return answer.ok ? ok(ConversationCommandAnswer.parse(answer)) : answer
}

/** The organisation's queues, by id. */
export async function listQueues(call: GuardedCall, query: z.output<typeof NameQuery>): Answer<NameList> {
  const book = await newestConfig(call.env, call.org)
  return book.ok ? ok(pageOf(book.value.config.queues, query)) : book
}

/** The organisation's agents, by id. */
export async function listAgents(call: GuardedCall, query: z.output<typeof NameQuery>): Answer<NameList> {
  const book = await newestConfig(call.env, call.org)
  return book.ok ? ok(pageOf(book.value.config.agents, query)) : book
}

async function command(
  call: StaffCall,
  actor: Result<Reached>,
  wanted: { id?: string | undefined; name: string; body: object },
): Promise<Result<unknown>> {
  const id = idOf(call, wanted.id)
  if (!id.ok) return id
  if (!actor.ok) return actor
  const command = { id: id.value, name: wanted.name, body: wanted.body }
  const { name, as } = actor.value
  const answer = await patiently(() => actorStub(call.env, name).command(as, command))
  return answer.ok ? answer : { ok: false, error: inRequest(answer.error) }
}

/** How long to wait for an actor that has to ask another one first, before each further try, in ms. */
const pauses = [20, 50, 100, 200, 400]

/**
 * A socket hears `not_ready` and says the same again; who sends a POST shall not have to. The actor has asked and changed
 * nothing, and the command has its id.
 */
async function patiently(ask: () => Promise<Result<unknown>>): Promise<Result<unknown>> {
  for (const pause of pauses) {
    const answer = await ask()
    if (answer.ok || answer.error.code !== 'not_ready') return answer
    await new Promise((done) => setTimeout(done, pause))
  }
  const last = await ask()
  if (last.ok || last.error.code !== 'not_ready') return last
  return { ok: false, error: { ...last.error, code: 'conflict', retry: true } }
}

/** A command's id is in its body or in the header; where it is in both, it is the same. */
function idOf({ request }: StaffCall, id: string | undefined): Result<string> {
  const key = keyOf(request)
  if (!key.ok) return key
  const found = id ?? key.value
  if (found === undefined) return refuse('bad_input', 'must be here or in the Idempotency-Key', { field: 'id' })
  if (found === (key.value ?? found)) return ok(found)
  return refuse('bad_input', "is not the command's id", { field: 'Idempotency-Key' })
}

/** An actor names the fields of the command's body; here that is a part of the request's. */
const inRequest = (fault: Fault): Fault =>
  fault.field === undefined || fault.field === 'name' ? fault : { ...fault, field: `body.${fault.field}` }

type Named = { readonly name: string; readonly team?: string | undefined }
function pageOf(rows: Readonly<Record<string, Named>>, { limit, cursor = '' }: z.output<typeof NameQuery>): NameList {
  const rest = Object.keys(rows)
    .filter((id) => id > cursor)
    .sort()
  const items = rest.slice(0, limit).map((id) => ({ id, name: rows[id]?.name ?? id, team: rows[id]?.team }))
  return { items, next: rest.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** An actor that somebody may do something to, and as whom. */
interface Reached {
  readonly name: ActorName
  readonly as: StaffPrincipal
}

/**
 * The actor's name, if the caller may do this to it. It begins with the caller's organisation, so nobody else's actors
 * can be reached; agents and queues must be configured, so that asking makes no actor that should not be. Whose a
 * conversation is, it knows itself.
 */
async function nameOf(
  call: StaffCall,
  { kind, id }: z.output<typeof TicketRequest>,
  action: Action,
): Promise<Result<Reached>> {
  const { staff, org } = call
  if (scopeOf(staff.role, action) === 'none') return notYours
  if (!/^[A-Za-z0-9_.:~-]+$/.test(id)) return noSuch(kind)
  if (kind === 'conversation') {
    // What a role may see of it hangs on the configuration: one that is long closed hears of a new one from here.
    const known = await recent(call.env, org)
    const as = known === undefined ? staff : { ...staff, config: known.version }
    return ok({ name: address(org, kind, asId<ConversationId>(id)), as })
  }
  if (kind === 'floor') return id === 'floor' ? ok({ name: floorOf(org), as: staff }) : noSuch(kind)
  const book = await newestConfig(call.env, call.org)
  if (!book.ok) return book
  const { agents, queues } = book.value.config
  const known = own<{ readonly team?: string | undefined }>(kind === 'agent' ? agents : queues, id)
  if (known === undefined) return noSuch(kind)
  const teams = [teamOf(known.team)]
  if (kind === 'agent') {
    const name = address(org, kind, asId<AgentId>(id))
    return may(staff, action, { staff: [id], teams }) ? ok({ name, as: staff }) : notYours
  }
  const serves = own(agents, staff.id)?.queues.some(({ queue }) => queue === id) === true
  const name = address(org, kind, asId<QueueId>(id))
  return may(staff, action, { staff: serves ? [staff.id] : [], teams })
    ? ok({ name, as: { ...staff, serves } })
    : notYours
}

const noSuch = (kind: string) => refuse('not_found', `There is no such ${kind}.`)

/** What the API does with actors: tickets for their sockets, and commands. */
import type * as z from 'zod/mini'
import { type ActorName, type AgentId, address, asId, type ConversationId, type QueueId } from '../../core/ids.ts'
import {
  AgentCommandAnswer,
  type AgentCommandRequest,
  ConversationCommandAnswer,
  type ConversationCommandRequest,
  type NameList,
  type TicketRequest,
} from '../../core/protocol/api.ts'
import { type Fault, ok, type Result, refuse } from '../../core/result.ts'
import { actorStub, bookStub } from '../actors.ts'
import { signTicket } from '../auth/tokens.ts'
import { type Answer, keyOf, mayDo, type StaffCall } from './route.ts'

/** A ticket for one socket: agents for themselves, supervisors for every agent; queues and conversations for all staff. */
export async function ticket(call: StaffCall, wanted: z.output<typeof TicketRequest>): Answer<{ ticket: string }> {
  const actor = await nameOf(call, wanted)
  return actor.ok ? ok({ ticket: await signTicket(call.env.PARLEY_SECRET, actor.value, call.staff) }) : actor
}

/** A command to an agent: one's own, or by a supervisor. */
export async function commandAgent(
  call: StaffCall,
  wanted: z.output<typeof AgentCommandRequest>,
): Answer<z.input<typeof AgentCommandAnswer>> {
  const answer = await command(call, await nameOf(call, { kind: 'agent', id: call.param('id') }), wanted)
  return answer.ok ? ok(AgentCommandAnswer.parse(answer)) : answer
}

/** A command to a conversation; what its owner alone may do, the conversation itself decides. */
export async function commandConversation(
  call: StaffCall,
  wanted: z.output<typeof ConversationCommandRequest>,
): Answer<z.input<typeof ConversationCommandAnswer>> {
  const answer = await command(call, await nameOf(call, { kind: 'conversation', id: call.param('id') }), wanted)
  return answer.ok ? ok(ConversationCommandAnswer.parse(answer)) : answer
}

/** The organisation's queues. */
export async function listQueues(call: StaffCall): Answer<NameList> {
  const book = await bookStub(call.env, call.org).read()
  return book.ok ? ok({ items: named(book.value.config.queues) }) : book
}

/** The organisation's agents. */
export async function listAgents(call: StaffCall): Answer<NameList> {
  const book = await bookStub(call.env, call.org).read()
  return book.ok ? ok({ items: named(book.value.config.agents) }) : book
}

async function command(
  call: StaffCall,
  actor: Result<ActorName>,
  wanted: { id?: string | undefined; name: string; body: object },
): Promise<Result<unknown>> {
  const id = idOf(call, wanted.id)
  if (!id.ok) return id
  if (!actor.ok) return actor
  const command = { id: id.value, name: wanted.name, body: wanted.body }
  const answer = await actorStub(call.env, actor.value).command(call.staff, command)
  return answer.ok ? answer : { ok: false, error: inRequest(answer.error) }
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

const named = (rows: Readonly<Record<string, { readonly name: string }>>) =>
  Object.entries(rows).map(([id, { name }]) => ({ id, name }))

/**
 * The actor's name, if the caller may speak to it. It begins with the caller's organisation, so nobody else's actors can
 * be reached; agents and queues must be configured, so that asking makes no actor that should not be.
 */
async function nameOf(call: StaffCall, { kind, id }: z.output<typeof TicketRequest>): Promise<Result<ActorName>> {
  if (!/^[A-Za-z0-9_.:~-]+$/.test(id)) return refuse('not_found', `There is no such ${kind}.`)
  if (kind === 'conversation') return ok(address(call.org, kind, asId<ConversationId>(id)))
  if (kind === 'agent' && id !== call.staff.id && !mayDo(call.staff, 'supervisor')) {
    return refuse('forbidden', 'Agents act for themselves only.')
  }
  const book = await bookStub(call.env, call.org).read()
  if (!book.ok) return book
  const known = kind === 'agent' ? book.value.config.agents : book.value.config.queues
  if (!Object.hasOwn(known, id)) return refuse('not_found', `There is no such ${kind}.`)
  return ok(kind === 'agent' ? address(call.org, kind, asId<AgentId>(id)) : address(call.org, kind, asId<QueueId>(id)))
}

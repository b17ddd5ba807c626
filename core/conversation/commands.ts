/** What customers and staff may do with a conversation. A refusal changes nothing and names what is wrong. */
import type * as z from 'zod/mini'
import type { Answer, RawCommand, Turn } from '../engine/model.ts'
import { type AgentId, address, asActorName, asId, type ConversationId } from '../ids.ts'
import {
  CustomerCommand,
  type closers,
  type PublicBody,
  StaffCommand,
  type StaffFrom,
} from '../protocol/conversation.ts'
import { SNAPSHOT_ENTRIES } from '../protocol/frames.ts'
import { type Action, may } from '../protocol/permissions.ts'
import type { CustomerPrincipal, StaffPrincipal } from '../protocol/principal.ts'
import { badInput, type Fault, ok, type Result, refuse } from '../result.ts'
import { record, say, senderKey, toPublic, toStaff } from './entries.ts'
import { assign, avoid, end, release, seek, timings } from './seeking.ts'
import { belongingOf, type ConversationState } from './state.ts'

/** A refusal, or an answer that may be computed again: nothing to remember. */
const fresh = (result: Result<unknown>): Answer => ({ result, remember: false })
const done = (value: unknown = {}): Answer => ({ result: ok(value), remember: true })
const no = (...args: Parameters<typeof refuse>): Answer => fresh(refuse(...args))

export function byCustomer(state: ConversationState, turn: Turn, by: CustomerPrincipal, raw: RawCommand): Answer {
  const command = CustomerCommand.safeParse({ name: raw.name, body: raw.body })
  if (!command.success) return fresh({ ok: false, error: inBody(command.error) })
  switch (command.data.name) {
    case 'post':
      return customerSays(state, turn, by, raw.id, { type: 'message', text: command.data.body.text })
    case 'leave':
      return leave(state, turn, by)
    case 'history': {
      const before = state.log.publicBefore(command.data.body.before, SNAPSHOT_ENTRIES)
      return fresh(ok({ entries: before.map(toPublic).filter((entry) => entry !== null) }))
    }
  }
}

export function byStaff(state: ConversationState, turn: Turn, by: StaffPrincipal, raw: RawCommand): Answer {
  const parsed = StaffCommand.safeParse({ name: raw.name, body: raw.body })
  if (!parsed.success) return fresh({ ok: false, error: inBody(parsed.error) })
  const command = parsed.data
  switch (command.name) {
    case 'post':
      return staffSays(state, turn, by, raw.id, 'conversation.post', {
        body: { type: 'message', text: command.body.text },
        lease: command.body.lease,
      })
    case 'note':
      return (
        allowed(state, by, 'conversation.note') ??
        once(state, agentFrom(by), raw.id, 'staff') ??
        staffSeq(record(state, turn, { type: 'note', text: command.body.text }, agentFrom(by), raw.id))
      )
    case 'close':
      return owned(state, by, 'conversation.close', command.body.lease) ?? close(state, turn, 'agent')
    case 'transfer':
      return owned(state, by, 'conversation.transfer', command.body.lease) ?? transfer(state, turn, by, command.body)
    case 'assign':
      return allowed(state, by, 'conversation.assign') ?? byHand(state, turn, command.body)
    case 'history':
      return (
        allowed(state, by, 'conversation.history') ??
        fresh(ok({ entries: state.log.before(command.body.before, SNAPSHOT_ENTRIES).map(toStaff) }))
      )
  }
}

/** Closes from whichever side; what rings or is owned ends, the thread learns until when it may be reopened. */
export function close(state: ConversationState, turn: Turn, by: (typeof closers)[number], from?: StaffFrom): Answer {
  release(state, turn, by === 'customer' ? 'gone' : 'closed')
  const reopenUntil = turn.now + timings(state).reopen
  state.talk.patch({ closed: { at: turn.now, by, reopenUntil } })
  const body: PublicBody = { type: 'closed', by }
  if (from === undefined) say(state, turn, body)
  else say(state, turn, body, from)
  tellThread(state, turn, { open: false, reopenUntil })
  return done()
}

/** Something that the customer says; it opens or reopens the conversation. */
export function customerSays(
  state: ConversationState,
  turn: Turn,
  by: CustomerPrincipal,
  id: string,
  body: PublicBody,
): Answer {
  const from = customerFrom(state, by)
  const before = once(state, from, id, 'public')
  if (before !== null) return before
  const talk = state.talk.get()
  if (talk.begun === null) return no('not_ready', 'this conversation is being set up', { retry: true })
  if (talk.next !== null || (talk.closed !== null && talk.closed.reopenUntil < turn.now))
    return no('closed', 'this conversation has ended')
  const fresh = talk.closed !== null || talk.openedAt === null
  if (talk.closed !== null) {
    say(state, turn, { type: 'reopened' })
    tellThread(state, turn, { open: true })
  }
  const entry = say(state, turn, body, from, id)
  if (fresh) state.talk.patch({ openedAt: talk.openedAt ?? turn.now, since: turn.now, closed: null, priority: 0 })
  // Writing again after the plan ended in vain begins a new search.
  if (fresh || talk.fallback !== null) state.talk.patch({ seek: null, fallback: null })
  return { result: ok({ seq: entry.pub }), remember: false }
}

function leave(state: ConversationState, turn: Turn, by: CustomerPrincipal): Answer {
  const { begun, closed } = state.talk.get()
  if (begun === null) return no('not_ready', 'this conversation is being set up', { retry: true })
  if (closed !== null) return fresh(ok({}))
  return close(state, turn, 'customer', customerFrom(state, by))
}

/** Something that the owner says to the customer. */
export function staffSays(
  state: ConversationState,
  turn: Turn,
  by: StaffPrincipal,
  id: string,
  action: Action,
  { body, lease }: { body: PublicBody; lease: number },
): Answer {
  // Customers know an agent by one name only, the one under which it joined: not by that of its account.
  const from = { ...agentFrom(by), name: state.talk.get().owner?.name ?? by.name }
  return once(state, from, id, 'staff') ?? owned(state, by, action, lease) ?? staffSeq(say(state, turn, body, from, id))
}

function transfer(
  state: ConversationState,
  turn: Turn,
  by: StaffPrincipal,
  { queue, warm }: { queue: string; warm: boolean },
): Answer {
  const { owner } = state.talk.get()
  if (!Object.hasOwn(state.known.get().pinned?.queueNames ?? {}, queue)) return unknownQueue(state, turn, queue)
  // Why somebody leaves is told before the leaving: who reads the entries in order knows it then.
  record(state, turn, { type: 'transferred', to: queue, warm }, agentFrom(by))
  if (owner !== null && !warm) {
    end(turn, owner, 'moved')
    say(state, turn, { type: 'left', name: owner.name })
    avoid(state, turn, owner.agent)
    state.talk.patch({ owner: null })
  }
  seek(state, turn, [{ after: 0, queues: [{ queue, need: { level: 1, skills: {} } }], raise: 0 }])
  return done()
}

/** A queue may be newer than what is known here: Book is asked once, and the client tries again. */
function unknownQueue(state: ConversationState, turn: Turn, queue: string): Answer {
  const { pinned, unknown } = state.known.get()
  if (unknown?.queue === queue && unknown.answered) {
    state.known.patch({ unknown: null })
    return no('bad_input', 'there is no such queue', { field: 'queue' })
  }
  if (unknown?.queue !== queue) {
    state.known.patch({ unknown: { queue, answered: false } })
    const have = pinned?.version ?? 0
    turn.send(address(turn.self.org, 'book', 'book'), { type: 'ask-plan', have })
  }
  return no('not_ready', 'looking for this queue', { field: 'queue', retry: true })
}

function byHand(state: ConversationState, turn: Turn, { agent, force }: { agent: string; force: boolean }): Answer {
  const { closed, openedAt, owner } = state.talk.get()
  if (closed !== null || openedAt === null) return no('closed', 'nobody is waiting here')
  if (owner?.agent === agent) return no('conflict', 'this agent has it already', { field: 'agent' })
  if (!isAgentId(agent)) return no('bad_input', 'there is no such agent', { field: 'agent' })
  assign(state, turn, asId<AgentId>(agent), force)
  return done()
}

/** Null when `by` may do this here. */
function allowed(state: ConversationState, by: StaffPrincipal, action: Action): Answer | null {
  if (may(by, action, belongingOf(state.talk.get()))) return null
  return no('forbidden', 'this conversation is not for your role or your team')
}

/** Null when `by` may do this and owns the conversation under this lease. Who is only being rung does not own it yet. */
export function owned(state: ConversationState, by: StaffPrincipal, action: Action, lease: number): Answer | null {
  const talk = state.talk.get()
  if (talk.closed !== null) return no('closed', 'this conversation is closed')
  if (!may(by, action, belongingOf({ ...talk, offer: null }))) return no('forbidden', 'this conversation is not yours')
  if (talk.owner?.lease !== lease)
    return no('stale_lease', 'this conversation was given to you anew since', { field: 'lease' })
  return null
}

/** The answer to a command that made its entry before. */
function once(state: ConversationState, from: StaffFrom, id: string, stream: 'public' | 'staff'): Answer | null {
  const entry = state.log.find(senderKey(from), id)
  if (entry === undefined) return null
  return fresh(ok({ seq: stream === 'public' ? entry.pub : entry.seq }))
}

const staffSeq = (entry: { seq: number }): Answer => fresh(ok({ seq: entry.seq }))

const isAgentId = (id: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(id)

/** The thread learns whether this conversation is open, and until when it may be reopened. */
export function tellThread(state: ConversationState, turn: Turn, now: { open: boolean; reopenUntil?: number }): void {
  const { begun } = state.talk.get()
  if (begun === null) return
  turn.send(asActorName(begun.thread), { type: 'current', conversation: asId<ConversationId>(turn.self.id), ...now })
}

function customerFrom(state: ConversationState, by: CustomerPrincipal): StaffFrom {
  return { role: 'customer', id: by.customer, name: state.talk.get().begun?.customer.name ?? '' }
}

function agentFrom(by: StaffPrincipal): StaffFrom {
  return { role: 'agent', id: by.id, name: by.name }
}

/** Fields are named as the client wrote them: without the frame's `body`. */
function inBody(error: z.core.$ZodError): Fault {
  const fault = badInput(error)
  return fault.field === undefined ? fault : { ...fault, field: fault.field.replace(/^body\./, '') }
}

/** What staff may do with a conversation. A refusal changes nothing and names what is wrong. */
import { supervised } from '../audit/supervised.ts'
import type { Answer, RawCommand, Turn } from '../engine/model.ts'
import { asId } from '../ids.ts'
import { type KeptBody, StaffCommand, type StaffEntry, type StaffFrom } from '../protocol/conversation.ts'
import { type Action, type Belonging, may, scopeOf } from '../protocol/permissions.ts'
import type { StaffPrincipal } from '../protocol/principal.ts'
import { ok } from '../result.ts'
import { describe, dispose, noDisposition, tag, wantsDisposition } from './about.ts'
import { done, fresh, inBody, no, once } from './answers.ts'
import { rouse, snooze, wake } from './aside.ts'
import { close } from './closing.ts'
import { draft, forgetDraft, mayJoinIn, mention, namesOf, noneOf } from './colleagues.ts'
import { endConsultBy } from './consult.ts'
import { record, say, toStaff } from './entries.ts'
import { hold, resume } from './hold.ts'
import { merge, split, unmerge } from './joining.ts'
import { askPlan, fieldsOf, noAgent } from './known.ts'
import { assign } from './offers.ts'
import { remove } from './removing.ts'
import { seenBy } from './seen.ts'
import { belongingOf, type ConversationState } from './state.ts'
import { consult, pullBack, transfer } from './transfer.ts'
import { auditView } from './views.ts'

type Body<Name extends StaffCommand['name']> = Extract<StaffCommand, { name: Name }>['body']

export function byStaff(state: ConversationState, turn: Turn, by: StaffPrincipal, raw: RawCommand): Answer {
  if (by.config !== undefined) askPlan(state, turn, by.config)
  const parsed = StaffCommand.safeParse({ name: raw.name, body: raw.body })
  if (!parsed.success) return fresh({ ok: false, error: inBody(parsed.error) })
  const command = parsed.data
  const action = `conversation.${command.name}` as const
  // Nobody takes words away unseen, not even in a conversation of their own.
  if (command.name === 'remove')
    return allowed(state, by, 'conversation.remove') ?? remove(state, turn, by, raw.id, command.body)
  const how = command.name === 'assign' && command.body.force ? { force: true } : {}
  const supervision = { by, action, object: whose(state, action), picture: () => auditView(state), how }
  return supervised(turn, supervision, () => carryOut(state, turn, by, raw.id, command))
}

type Supervised = Exclude<StaffCommand, { name: 'remove' }>

function carryOut(state: ConversationState, turn: Turn, by: StaffPrincipal, id: string, command: Supervised): Answer {
  const from: StaffFrom = { role: 'agent', id: by.id, name: by.name }
  switch (command.name) {
    case 'post':
      return staffSays(state, turn, by, id, 'conversation.post', {
        body: messageOf(command.body),
        lease: command.body.lease,
      })
    case 'note':
      return allowed(state, by, 'conversation.note') ?? note(state, turn, from, id, command.body)
    case 'draft':
      return allowed(state, by, 'conversation.draft') ?? draft(state, turn, by, command.body)
    case 'close':
      return (
        owned(state, by, 'conversation.close', command.body.lease) ??
        closeWith(state, turn, from, command.body.disposition)
      )
    case 'transfer':
      return owned(state, by, 'conversation.transfer', command.body.lease) ?? transfer(state, turn, from, command.body)
    case 'consult':
      return owned(state, by, 'conversation.consult', command.body.lease) ?? consult(state, turn, from, command.body)
    case 'end-consult':
      return endConsultBy(state, turn, by, command.body.lease)
    case 'hold':
      return owned(state, by, 'conversation.hold', command.body.lease) ?? hold(state, turn)
    case 'resume':
      return owned(state, by, 'conversation.resume', command.body.lease) ?? resume(state, turn)
    case 'pull-back':
      return allowed(state, by, 'conversation.pull-back') ?? pullBack(state, turn, from)
    case 'assign':
      return allowed(state, by, 'conversation.assign') ?? byHand(state, turn, command.body)
    case 'tag':
      return allowed(state, by, 'conversation.tag') ?? tag(state, turn, from, command.body)
    case 'dispose':
      return allowed(state, by, 'conversation.dispose') ?? dispose(state, turn, from, command.body.disposition)
    case 'describe':
      return allowed(state, by, 'conversation.describe') ?? describe(state, turn, by, from, command.body.attributes)
    case 'snooze':
      return (
        owned(state, by, 'conversation.snooze', command.body.lease) ?? snooze(state, turn, from, command.body.until)
      )
    case 'wake':
      return allowed(state, by, 'conversation.wake') ?? wakeUp(state, turn, from)
    case 'merge':
      return ownedOrLed(state, by, 'conversation.merge', command.body) ?? merge(state, turn, from, command.body.into)
    case 'unmerge':
      return allowed(state, by, 'conversation.unmerge') ?? unmerge(state, turn, from, by)
    case 'split':
      return ownedOrLed(state, by, 'conversation.split', command.body) ?? split(state, turn, from, command.body)
    case 'history':
      return (
        allowed(state, by, 'conversation.history') ?? fresh(ok({ entries: entriesBefore(state, by, command.body) }))
      )
  }
}

/** What one answer holds of long entries, in characters. */
const HISTORY_CHARACTERS = 400_000

function entriesBefore(state: ConversationState, { role }: StaffPrincipal, page: Body<'history'>): StaffEntry[] {
  const entries = state.log.before(page.before, page.limit)
  let room = HISTORY_CHARACTERS
  const first = entries.findLastIndex((entry) => (room -= JSON.stringify(entry.body).length) < 0)
  // One at least: else whoever asks would ask for ever.
  const fitting = entries.slice(Math.min(first + 1, entries.length - 1))
  return fitting.map((entry) => seenBy(toStaff(entry), fieldsOf(state), role))
}

const messageOf = ({ text, choices }: Body<'post'>): KeptBody =>
  choices === undefined ? { type: 'message', text } : { type: 'message', text, choices }

/** Something that the owner says to the customer. */
export function staffSays(
  state: ConversationState,
  turn: Turn,
  by: StaffPrincipal,
  id: string,
  action: Action,
  { body, lease }: { readonly body: KeptBody; readonly lease: number },
): Answer {
  // Customers know an agent by one name only, the one under which it joined: not by that of its account.
  const from: StaffFrom = { role: 'agent', id: by.id, name: state.talk.get().owner?.name ?? by.name }
  const refusal = once(state, from, id, 'staff') ?? owned(state, by, action, lease)
  if (refusal !== null) return refusal
  resume(state, turn)
  if (body.type === 'message') forgetDraft(state, from, 'post')
  return staffSeq(say(state, turn, body, from, id))
}

function note(
  state: ConversationState,
  turn: Turn,
  from: StaffFrom,
  id: string,
  { text, mentions = [] }: Body<'note'>,
): Answer {
  const refusal = once(state, from, id, 'staff') ?? noneOf(state, turn, mentions)
  if (refusal !== null) return refusal
  if (!state.about.get().noted) state.about.patch({ noted: true })
  const whom = namesOf(state, mentions)
  const entry = record(state, turn, { type: 'note', text, ...(whom.length === 0 ? {} : { mentions: whom }) }, from, id)
  forgetDraft(state, from, 'note')
  mention(state, turn, from, entry.seq, whom)
  return staffSeq(entry)
}

/** A queue may want to know what came of its conversations. */
function closeWith(state: ConversationState, turn: Turn, from: StaffFrom, disposition?: string): Answer {
  const chosen = disposition ?? state.about.get().disposition
  if (chosen === null && wantsDisposition(state))
    return no('bad_input', 'this queue closes nothing without a disposition', { field: 'disposition' })
  if (disposition !== undefined) {
    const answer = dispose(state, turn, from, disposition)
    if (!answer.result.ok) return answer
  }
  const refusal = chosen === null ? null : noDisposition(state, turn, chosen)
  if (refusal !== null && wantsDisposition(state)) return refusal
  close(state, turn, 'agent')
  return done()
}

function byHand(state: ConversationState, turn: Turn, { agent, force }: Body<'assign'>): Answer {
  const { closed, openedAt, owner } = state.talk.get()
  if (closed !== null || openedAt === null) return no('closed', 'nobody is waiting here')
  if (owner?.agent === agent) return no('conflict', 'this agent has it already', { field: 'agent' })
  const refusal = noAgent(state, turn, agent)
  if (refusal !== null) return refusal
  rouse(state, turn)
  state.talk.patch({ handed: null })
  assign(state, turn, asId(agent), { force })
  return done()
}

function wakeUp(state: ConversationState, turn: Turn, from: StaffFrom): Answer {
  if (state.talk.get().snooze === null) return no('conflict', 'it is not laid aside')
  wake(state, turn, 'staff', from)
  return done()
}

/** Whose it is, for this action: over, it stays with whoever had it last; merged or handed over, with who did that. */
function whose(state: ConversationState, action: Action): Belonging {
  const talk = state.talk.get()
  const { owner, last, handed, merge: merged, teams = [] } = talk
  const one = (agent: string | undefined) => ({ staff: agent === undefined ? [] : [agent], teams })
  if (action === 'conversation.dispose') return one((owner ?? last)?.agent)
  if (action === 'conversation.unmerge') return one(merged?.by.role === 'agent' ? merged.by.id : owner?.agent)
  if (action === 'conversation.pull-back') return one((handed ?? owner)?.agent)
  return belongingOf(talk)
}

/** Null when `by` may do this here. */
function allowed(state: ConversationState, by: StaffPrincipal, action: Action): Answer | null {
  if (may(by, action, whose(state, action)) || mayJoinIn(state.talk.get(), by, action)) return null
  return notTheirs()
}

const notTheirs = () => no('forbidden', 'this conversation is not for your role or your team')

/** Null when `by` may do this and owns the conversation under this lease. Who is being rung or consulted does not own it. */
export function owned(
  state: ConversationState,
  by: StaffPrincipal,
  action: Action,
  lease: number | undefined,
): Answer | null {
  const talk = state.talk.get()
  if (talk.closed !== null) return no('closed', 'this conversation is closed')
  if (!may(by, action, belongingOf({ ...talk, offer: null, consult: null })))
    return no('forbidden', 'this conversation is not yours')
  if (talk.owner?.lease !== lease)
    return no('stale_lease', 'this conversation was given to you anew since', { field: 'lease' })
  return null
}

/** Null for its owner under this lease, and for those who lead: they need none. */
function ownedOrLed(
  state: ConversationState,
  by: StaffPrincipal,
  action: Action,
  { lease }: { readonly lease?: number | undefined },
): Answer | null {
  if (scopeOf(by.role, action) === 'own') return owned(state, by, action, lease)
  const { closed, openedAt } = state.talk.get()
  const isOver = closed !== null || openedAt === null
  return allowed(state, by, action) ?? (isOver ? no('closed', 'this conversation is not open') : null)
}

const staffSeq = (entry: { seq: number }): Answer => fresh(ok({ seq: entry.seq }))

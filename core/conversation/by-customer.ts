/** What customers may do with their conversation. A refusal changes nothing and names what is wrong. */
import type { Answer, RawCommand, Turn } from '../engine/model.ts'
import type { Chosen } from '../protocol/choices.ts'
import { type Contact, CustomerCommand, type Details, type KeptBody, type StaffFrom } from '../protocol/conversation.ts'
import { SNAPSHOT_ENTRIES } from '../protocol/link.ts'
import type { CustomerPrincipal } from '../protocol/principal.ts'
import { ok } from '../result.ts'
import { rate } from './about.ts'
import { done, fresh, inBody, no, once } from './answers.ts'
import { leftAsMessage, park, wake } from './aside.ts'
import { hear, lead } from './bot.ts'
import { close, tellThreads } from './closing.ts'
import { record, say, toPublic } from './entries.ts'
import { introduce, recordIntroduction, unanswered } from './introducing.ts'
import { isLed, isShut, plan } from './known.ts'
import { offerFirst } from './offers.ts'
import type { ConversationState } from './state.ts'
import { recordTold, setAttributes } from './telling.ts'
import { publicView } from './views.ts'

export function byCustomer(state: ConversationState, turn: Turn, by: CustomerPrincipal, raw: RawCommand): Answer {
  const parsed = CustomerCommand.safeParse({ name: raw.name, body: raw.body })
  if (!parsed.success) return fresh({ ok: false, error: inBody(parsed.error) })
  const command = parsed.data
  const from = customerFrom(state, by)
  switch (command.name) {
    case 'post':
      return post(state, turn, by, raw.id, command.body)
    case 'leave-message':
      return leaveMessage(state, turn, by, raw.id, command.body)
    case 'introduce':
      return introduce(state, turn, command.body.fields)
    case 'set-attributes':
      return setAttributes(state, turn, from, command.body.attributes)
    case 'leave':
      return leave(state, turn, from)
    case 'rate':
      return rate(state, turn, from, command.body)
    case 'history': {
      const before = state.log.publicBefore(command.body.before, SNAPSHOT_ENTRIES)
      return fresh(ok({ entries: before.map(toPublic).filter((entry) => entry !== null) }))
    }
  }
}

function post(
  state: ConversationState,
  turn: Turn,
  by: CustomerPrincipal,
  id: string,
  { text, chosen }: { readonly text: string; readonly chosen?: Chosen | undefined },
): Answer {
  if (chosen === undefined) return customerSays(state, turn, by, id, { type: 'message', text })
  const label = labelOf(state, chosen)
  if (label === null)
    return (
      once(state, customerFrom(state, by), id, 'public') ??
      no('bad_input', 'this answer was not offered', { field: 'chosen' })
    )
  return customerSays(state, turn, by, id, { type: 'message', text: label, chosen })
}

/** What the chosen answer says; null where it was not offered. */
function labelOf({ log }: ConversationState, { entry, id }: Chosen): string | null {
  const body = log.publicAfter(entry - 1, 1)[0]?.body.body
  const choices = body?.type === 'message' ? (body.choices ?? []) : []
  return choices.find((choice) => choice.id === id)?.label ?? null
}

/** Something that the customer says; it opens or reopens the conversation. `given`: what is asked first and comes with it. */
export function customerSays(
  state: ConversationState,
  turn: Turn,
  by: CustomerPrincipal,
  id: string,
  body: KeptBody,
  given: Details = {},
): Answer {
  const from = customerFrom(state, by)
  const before = once(state, from, id, 'public')
  if (before !== null) return before
  const talk = state.talk.get()
  if (talk.begun === null) return no('not_ready', 'this conversation is being set up', { retry: true })
  if (talk.next !== null || (talk.closed !== null && talk.closed.reopenUntil < turn.now))
    return no('closed', 'this conversation has ended')
  if ((talk.closed !== null || talk.openedAt === null) && isShut(state, turn.now))
    return no('not_ready', 'nothing is taken outside opening hours')
  const missing = unanswered(state, given)
  if (missing !== null) return missing
  if (talk.closed !== null) {
    say(state, turn, { type: 'reopened' })
    tellThreads(state, turn, { open: true })
  }
  if (talk.openedAt === null) {
    recordIntroduction(state, turn, from)
    recordTold(state, turn, from)
  }
  const entry = say(state, turn, body, from, id)
  if (talk.closed !== null || talk.openedAt === null) begin(state, turn, body)
  else if (isLed(state)) hear(state, turn, body)
  // Writing again after the plan ended in vain begins a new search.
  else if (talk.fallback !== null) state.talk.patch({ seek: null, fallback: null })
  else if (talk.snooze?.why === 'agent') wake(state, turn, 'customer')
  return { result: ok({ seq: entry.pub }), remember: false }
}

/** The first word, or the first one since it was closed: somebody is to be found, first of all who had it before. */
function begin(state: ConversationState, turn: Turn, body: KeptBody): void {
  const { openedAt, closed, last } = state.talk.get()
  const anew = { since: turn.now, closed: null, priority: 0, seek: null, fallback: null, medium: null }
  state.talk.patch({ ...anew, openedAt: openedAt ?? turn.now })
  if (park(state, turn)) return
  if (last === null) lead(state, turn, body)
  else if (closed !== null) offerFirst(state, turn, last.agent, 'returned', plan(state)?.steps ?? [])
}

function leaveMessage(
  state: ConversationState,
  turn: Turn,
  by: CustomerPrincipal,
  id: string,
  { text, name, email }: Contact & { readonly text: string },
): Answer {
  const from = customerFrom(state, by)
  const known = once(state, from, id, 'public') !== null
  const answer = customerSays(state, turn, by, id, { type: 'message', text }, { name, email })
  if (known || !answer.result.ok) return answer
  // Nobody sits and waits any more: the plan goes on without an end.
  if (publicView(state).offer === 'message') leftAsMessage(state)
  const { contact } = state.about.get()
  if (contact?.name === name && contact.email === email) return answer
  state.about.patch({ contact: { name, email } })
  record(state, turn, { type: 'contact', name, email }, from)
  return answer
}

function leave(state: ConversationState, turn: Turn, from: StaffFrom): Answer {
  const { begun, closed } = state.talk.get()
  if (begun === null) return no('not_ready', 'this conversation is being set up', { retry: true })
  if (closed !== null) return fresh(ok({}))
  close(state, turn, 'customer', from)
  return done()
}

function customerFrom(state: ConversationState, by: CustomerPrincipal): StaffFrom {
  return { role: 'customer', id: by.customer, name: state.talk.get().begun?.customer.name ?? '' }
}

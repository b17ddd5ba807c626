/** Nobody is sought for a while: laid aside by its agent, or written outside opening hours. Every such wait has an end. */
import { isOpen, nextOpening } from '../calendar/hours.ts'
import type { Answer, Turn } from '../engine/model.ts'
import { type AgentId, address, asId } from '../ids.ts'
import type { StaffFrom, wakers } from '../protocol/conversation.ts'
import { isCall, whenLeft } from '../protocol/media.ts'
import { done, no } from './answers.ts'
import { mediumSaid, record, say } from './entries.ts'
import { openingHours, plan, policies } from './known.ts'
import { end, self } from './leases.ts'
import { card, offerFirst } from './offers.ts'
import { type ConversationState, mediumOf } from './state.ts'

/** When hours that know of no opening are looked at again, in ms. */
const AGAIN = 86_400_000

/** Its agent lays it aside until then. Nobody has it meanwhile, so the agent has room for others. */
export function snooze(state: ConversationState, turn: Turn, from: StaffFrom, until: number): Answer {
  const { owner, offer, begun } = state.talk.get()
  if (owner === null || begun === null) return no('conflict', 'nobody has it in hand')
  if (isCall(begun.medium)) return no('conflict', 'a call cannot be laid aside')
  if (offer !== null) return no('conflict', 'somebody else is being asked for it')
  const { least, most } = policies(state).snooze
  if (until < turn.now + least || until > turn.now + most)
    return no('bad_input', `must be ${inMinutes(least)} to ${inMinutes(most)} minutes from now`, { field: 'until' })
  record(state, turn, { type: 'snoozed', until, why: 'agent' }, from)
  end(turn, owner, 'moved')
  say(state, turn, { type: 'left', name: owner.name })
  state.talk.patch({ owner: null, seek: null, fallback: null, snooze: { until, why: 'agent', agent: owner.agent } })
  list(state, turn, owner.agent, until)
  return done()
}

const inMinutes = (ms: number) => Math.round(ms / 60_000)

/** Outside opening hours what was written waits for them. True when it does. */
export function park(state: ConversationState, turn: Turn): boolean {
  const hours = openingHours(state)
  if (hours === null || isOpen(hours, turn.now)) return false
  const until = nextOpening(hours, turn.now) ?? turn.now + AGAIN
  state.talk.patch({ snooze: { until, why: 'hours', agent: null } })
  leftAsMessage(state)
  record(state, turn, { type: 'snoozed', until, why: 'hours', ...mediumSaid(state) })
  return true
}

/** Nobody sits there any more: it is done when there is time, and a plan goes on without an end. */
export function leftAsMessage(state: ConversationState): void {
  const talk = state.talk.get()
  // Where it waits by now it waits anew: a claim of what it was is refused, a bid of it taken back.
  state.talk.patch({ left: true, medium: whenLeft(mediumOf(talk)), open: false })
}

/** The time has come. Hours that turn out to be closed still are waited for again. */
export function snoozeDue(state: ConversationState, turn: Turn): void {
  const { snooze: laid } = state.talk.get()
  if (laid === null || laid.until > turn.now) return
  const hours = openingHours(state)
  const isClosed = laid.why === 'hours' && hours !== null && !isOpen(hours, turn.now)
  if (!isClosed) return wake(state, turn, 'time')
  state.talk.patch({ snooze: { ...laid, until: nextOpening(hours, turn.now) ?? turn.now + AGAIN } })
}

/** Back to work, with a new age: first to the agent who laid it aside, then to the queues. */
export function wake(state: ConversationState, turn: Turn, by: (typeof wakers)[number], from?: StaffFrom): void {
  const { snooze: laid, found } = state.talk.get()
  if (laid === null) return
  rouse(state, turn)
  state.talk.patch({ since: turn.now })
  record(state, turn, { type: 'woken', by }, from)
  if (laid.agent !== null) offerFirst(state, turn, laid.agent, 'woken', found ?? plan(state)?.steps ?? [])
}

/** It is not laid aside any more, whatever becomes of it. */
export function rouse(state: ConversationState, turn: Turn): void {
  const { snooze: laid } = state.talk.get()
  if (laid === null) return
  state.talk.patch({ snooze: null })
  if (laid.agent !== null) list(state, turn, laid.agent, null)
}

/** Shows it on the console of its agent, or no longer. */
function list(state: ConversationState, turn: Turn, agent: string, until: number | null): void {
  const talk = state.talk.get()
  if (talk.begun === null) return
  const to = address(turn.self.org, 'agent', asId<AgentId>(agent))
  turn.send(to, { type: 'aside', conversation: self(turn), until, card: card(talk, talk.begun) })
}

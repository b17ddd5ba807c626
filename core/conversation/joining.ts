/**
 * Merge and split: a customer's talk goes on in another conversation. Nothing is copied: entries stay where they were said,
 * and the two conversations point to each other. Who is to go on agrees first, then the other closes; each step is a message
 * that arrives exactly once, so a crash in between leaves nothing half done.
 */
import type { Answer, Turn } from '../engine/model.ts'
import { address, asActorName, asId, type ConversationId } from '../ids.ts'
import type { StaffFrom } from '../protocol/conversation.ts'
import { isCall } from '../protocol/media.ts'
import type { Handed, Join, Joined, Origin, Part } from '../protocol/messages.ts'
import type { StaffPrincipal } from '../protocol/principal.ts'
import { done, no } from './answers.ts'
import { rouse } from './aside.ts'
import { close, tellThreads } from './closing.ts'
import { record, say } from './entries.ts'
import { lookUp, plan } from './known.ts'
import { self } from './leases.ts'
import { handTo, offerFirst } from './offers.ts'
import { seek } from './seeking.ts'
import { type ConversationState, mediumOf } from './state.ts'

/** How long a merge can be taken back, in ms. */
const UNDO = 7 * 86_400_000

/** Asks the earlier conversation whether it takes this one's talk over. Until it answers all goes on as before. */
export function merge(state: ConversationState, turn: Turn, from: StaffFrom, into: string): Answer {
  const { begun, merge: underWay } = state.talk.get()
  if (begun === null || isCall(begun.medium)) return no('conflict', 'a call cannot be merged')
  if (underWay !== null) return no('conflict', 'it is being merged already')
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(into) || into === turn.self.id)
    return no('bad_input', 'there is no such conversation', { field: 'into' })
  // Ids begin with the time.
  if (into > turn.self.id)
    return no('bad_input', 'the later conversation is merged into the earlier', { field: 'into' })
  const target = asId<ConversationId>(into)
  state.talk.patch({ merge: { into: target, at: turn.now, by: from, done: false } })
  turn.send(address(turn.self.org, 'conversation', target), {
    type: 'join',
    conversation: self(turn),
    customer: begun.customer.id,
    thread: begun.thread,
    by: from,
    hand: inHand(state),
    turn: state.log.head,
  })
  return done()
}

/** Another conversation of the same customer goes on here, in the same hands if nobody here has it. */
export function join(state: ConversationState, turn: Turn, message: Join): void {
  const why = noJoin(state, message)
  const there = address(turn.self.org, 'conversation', message.conversation)
  turn.send(there, { type: 'joined', conversation: self(turn), why })
  if (why !== null) return
  const { closed, begun } = state.talk.get()
  const { joined, threads } = state.kin.get()
  const others = joined.filter(({ conversation }) => conversation !== message.conversation)
  const isOurs = message.thread === begun?.thread || threads.includes(message.thread)
  state.kin.patch({
    joined: [...others, { conversation: message.conversation, wasClosed: closed !== null }],
    threads: isOurs ? threads : [...threads, message.thread],
  })
  record(state, turn, { type: 'joined-by', conversation: message.conversation }, message.by)
  goOn(state, turn, message.hand)
  if (closed !== null) tellThreads(state, turn, { open: true }, message.thread)
  takeOver(turn, message.thread, message.conversation, message.turn)
}

function noJoin(state: ConversationState, { customer }: Join): Joined['why'] {
  const { begun, openedAt, merge: underWay } = state.talk.get()
  if (begun === null || openedAt === null || isCall(begun.medium)) return 'not begun'
  if (begun.customer.id !== customer) return 'other customer'
  return underWay === null ? null : 'elsewhere'
}

/** Open, if it was closed; in these hands, if it is in none; else sought for. */
function goOn(state: ConversationState, turn: Turn, { agent, since }: Handed): void {
  const { closed, owner, snooze, fallback } = state.talk.get()
  if (closed !== null) {
    say(state, turn, { type: 'reopened' })
    state.talk.patch({ closed: null, since: since ?? turn.now, priority: 0, seek: null, fallback: null })
  }
  state.talk.patch({ next: null })
  if (owner !== null) return
  if (snooze !== null) rouse(state, turn)
  if (agent !== null) handTo(state, turn, agent)
  else if (fallback !== null) state.talk.patch({ seek: null, fallback: null })
}

/** The earlier one has answered: this one closes and points to it, or goes on. */
export function joined(state: ConversationState, turn: Turn, { conversation, why }: Joined): void {
  const { merge: asked, closed } = state.talk.get()
  if (asked === null || asked.into !== conversation || asked.done) return
  if (why !== null) {
    state.talk.patch({ merge: null })
    record(state, turn, { type: 'not-merged', into: conversation, why }, asked.by)
    return
  }
  record(state, turn, { type: 'merged', into: conversation }, asked.by)
  if (closed === null) close(state, turn, 'system')
  state.talk.patch({ merge: { ...asked, done: true }, next: conversation })
}

/** Takes a merge back: open again, in the hands of its last agent; the other one goes back to what it was. */
export function unmerge(state: ConversationState, turn: Turn, from: StaffFrom, by: StaffPrincipal): Answer {
  const { merge: was, last, begun } = state.talk.get()
  if (was === null || !was.done) return no('conflict', 'it is not merged')
  if (was.at + UNDO < turn.now) return no('closed', 'the time for taking this back is over')
  record(state, turn, { type: 'unmerged', from: was.into }, from)
  say(state, turn, { type: 'reopened' })
  state.talk.patch({ merge: null, next: null, closed: null, since: turn.now, priority: 0, seek: null, fallback: null })
  if (last?.agent === by.id) handTo(state, turn, by.id)
  else if (last !== null) offerFirst(state, turn, last.agent, 'returned', plan(state)?.steps ?? [])
  turn.send(address(turn.self.org, 'conversation', was.into), { type: 'part', conversation: self(turn), by: from })
  takeOver(turn, begun?.thread, was.into, state.log.head)
  return done()
}

/** What was merged into this one goes on by itself; if only that had opened it again, it is over. */
export function part(state: ConversationState, turn: Turn, { conversation, by }: Part): void {
  const { joined: before } = state.kin.get()
  const gone = before.find((each) => each.conversation === conversation)
  if (gone === undefined) return
  const left = before.filter((each) => each !== gone)
  // Whoever is still joined needs it open; the last one to go closes it.
  state.kin.patch({ joined: gone.wasClosed && left[0] ? [{ ...left[0], wasClosed: true }, ...left.slice(1)] : left })
  record(state, turn, { type: 'parted', conversation }, by)
  if (!gone.wasClosed || left.length > 0) return
  if (state.talk.get().closed === null) close(state, turn, 'system')
  if (state.talk.get().next === null) state.talk.patch({ next: conversation })
}

/** The talk goes on in a new conversation that points to the entries from `first` to `last`, at most all there are. */
export function split(
  state: ConversationState,
  turn: Turn,
  from: StaffFrom,
  {
    from: first,
    to: last = state.log.head,
    queue = null,
  }: { readonly from: number; readonly to?: number | undefined; readonly queue?: string | null | undefined },
): Answer {
  const { begun, merge: underWay } = state.talk.get()
  const { pinned } = state.known.get()
  if (begun === null || pinned === null || isCall(begun.medium)) return no('conflict', 'a call cannot be split')
  if (underWay !== null) return no('conflict', 'it is being merged')
  if (first > state.log.head) return no('bad_input', 'there is no such entry', { field: 'from' })
  if (last < first || last > state.log.head)
    return no('bad_input', 'is not between the first entry and the newest', { field: 'to' })
  if (queue !== null && !Object.hasOwn(pinned.queueNames, queue)) return lookUp(state, turn, 'queue', queue)
  const next = asId<ConversationId>(turn.newId())
  const origin: Origin = { conversation: self(turn), first, last, by: from, hand: inHand(state), queue }
  turn.send(address(turn.self.org, 'conversation', next), {
    ...begun,
    type: 'start',
    medium: mediumOf(state.talk.get()),
    pinned,
    origin,
  })
  record(state, turn, { type: 'split', into: next, first, last }, from)
  close(state, turn, 'system')
  state.talk.patch({ next })
  return done({ conversation: next })
}

/** Split from another conversation: open from the start, for what is to be answered was said there. */
export function beginFrom(
  state: ConversationState,
  turn: Turn,
  thread: string,
  { queue, hand, by, ...origin }: Origin,
): void {
  const { conversation, first, last } = origin
  state.kin.patch({ origin: { conversation, first, last } })
  state.talk.patch({ openedAt: turn.now, since: hand.since ?? turn.now })
  record(state, turn, { type: 'split-from', conversation, first, last }, by)
  takeOver(turn, thread, conversation)
  if (queue !== null) seek(state, turn, [{ after: 0, queues: [{ queue, need: { level: 1, skills: {} } }], raise: 0 }])
  else if (hand.agent !== null) handTo(state, turn, hand.agent)
}

/** This conversation is the customer's current one in that thread now, in the place of the other. */
function takeOver(turn: Turn, thread: string | undefined, instead: ConversationId, nth?: number): void {
  if (thread === undefined) return
  const place = { instead, ...(nth === undefined ? {} : { turn: nth }) }
  turn.send(asActorName(thread), { type: 'current', conversation: self(turn), open: true, ...place })
}

function inHand(state: ConversationState): Handed {
  const { owner, since } = state.talk.get()
  return { agent: owner === null ? null : asId(owner.agent), since }
}

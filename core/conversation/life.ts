/** How long a conversation is kept, and its end: what was said goes, a tombstone stays. */
import type { Turn } from '../engine/model.ts'
import { type AgentId, asId } from '../ids.ts'
import type { Erased } from '../protocol/conversation.ts'
import { defaultPolicies } from '../protocol/policies.ts'
import { close, tellThreads } from './closing.ts'
import { forgetColleagues } from './colleagues.ts'
import { record, say } from './entries.ts'
import { end } from './leases.ts'
import { lost } from './offers.ts'
import { bareAbout, blank, type ConversationState, noKin, noMarks, rungOf, unknown } from './state.ts'

const DAY = 86_400_000
/** When the last answers to commands are swept out, after the erasure. */
const SWEPT_AFTER = 2 * DAY

/**
 * From its birth on, a conversation has an end. While somebody owns it there is no alarm for that: an alarm that is put back
 * after each message is a row more, and an owner's lease ends, which is a message.
 */
export function syncLife(state: ConversationState, turn: Turn): void {
  const { begun, owner } = state.talk.get()
  if (begun === null || state.life.get().erased !== null) return
  if (state.life.get().until === null) keepFrom(state, turn.now)
  turn.deadline('retention', owner === null ? state.life.get().until : null)
}

/** Its time is over, unless something happened since the deadline was set. */
export function retentionDue(state: ConversationState, turn: Turn): void {
  if (state.life.get().erased !== null) return
  const { closed } = state.talk.get()
  const last = closed?.at ?? state.log.before(state.log.head + 1, 1)[0]?.body.at ?? turn.now
  if (last + keptFor(state) > turn.now) keepFrom(state, last)
  else erase(state, turn, 'retention')
}

/** Ends the conversation, whatever its state, and forgets what was said and by whom. Numbers go on; nothing revives it. */
export function erase(state: ConversationState, turn: Turn, why: Erased['why']): void {
  if (state.life.get().erased !== null) return
  const { head } = state.log
  if (state.talk.get().begun !== null && state.talk.get().closed === null) close(state, turn, 'system')
  forgetColleagues(state, turn)
  // The threads must not hand it out any more.
  tellThreads(state, turn, { open: false, reopenUntil: turn.now })
  state.log.clear(head)
  say(state, turn, { type: 'erased', why })
  const { lease, stay, cv, open, sent, watched = {} } = state.talk.get()
  const closed = { at: turn.now, by: 'system' as const, reopenUntil: turn.now }
  state.talk.set({ ...blank, lease, stay, cv, open, sent, watched, closed })
  state.known.set(unknown)
  state.about.set(bareAbout)
  state.kin.set(noKin)
  state.marks.set({ customer: noMarks, staff: noMarks })
  state.files.set({ count: 0, removed: [] })
  if (state.bot.get().leading !== null) state.bot.set({ leading: null })
  state.life.set({ until: null, erased: { at: turn.now, why } })
  turn.deadline('retention', turn.now + SWEPT_AFTER)
}

/**
 * After a restore: agents and queues know nothing of it any more, or (where they live on) what was before the loss; each
 * is told how it stands now. Whose it was has lost it, whoever it rang at will say nothing, whoever waits is sought anew,
 * at the old age.
 */
export function revive(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  const { owner, consult, merge, sent, watched = {} } = talk
  const rung = rungOf(talk)
  for (const lease of [owner, consult, ...rung]) if (lease !== null) end(turn, lease, 'gone')
  if (consult !== null) lost(state, turn, { type: 'lost', agent: asId<AgentId>(consult.agent), lease: consult.lease })
  for (const { agent, lease } of rung) record(state, turn, { type: 'declined', agent, lease, why: '', how: 'guard' })
  // The register of an empty installation does not know it either.
  state.talk.patch({ offer: null, others: [], seek: null, figures: {}, places: {} })
  const unsure = Object.entries(sent).map(([queue, { cv }]) => [queue, { key: '', cv }])
  const asked = Object.keys(watched).map((queue) => [queue, ''])
  state.talk.patch({ sent: Object.fromEntries(unsure), watched: Object.fromEntries(asked) })
  state.talk.patch({ avoid: {}, open: false, registered: false })
  // The question to the other conversation is not kept.
  if (merge !== null && !merge.done) state.talk.patch({ merge: null })
  if (owner !== null) lost(state, turn, { type: 'lost', agent: asId<AgentId>(owner.agent), lease: owner.lease })
}

function keepFrom(state: ConversationState, from: number): void {
  state.life.patch({ until: from + keptFor(state) })
}

/** In ms. */
function keptFor(state: ConversationState): number {
  const { retention } = state.known.get().pinned?.policies ?? defaultPolicies
  const channel = state.talk.get().begun?.channel ?? ''
  return (Object.hasOwn(retention.channels, channel) ? (retention.channels[channel] ?? 0) : retention.days) * DAY
}

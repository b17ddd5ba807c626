/** What follows from a conversation's state after every event: a search, deadlines, memberships in queues, teams. */
import type { Turn } from '../engine/model.ts'
import { type AgentId, address, asId, type QueueId } from '../ids.ts'
import type { Place } from '../protocol/messages.ts'
import type { Need } from '../protocol/need.ts'
import { teamOf } from '../protocol/permissions.ts'
import type { QueueCondition } from '../protocol/plan.ts'
import { soonest, tell } from '../routing/estimate.ts'
import { watched } from '../routing/plan/course.ts'
import { factsOf } from '../widget/pre-chat.ts'
import { syncBot } from './bot.ts'
import { syncConsult, withdraw } from './consult.ts'
import { syncHold } from './hold.ts'
import { syncInterruption } from './interruption.ts'
import { plan } from './known.ts'
import { self } from './leases.ts'
import { syncNews } from './news.ts'
import { assign } from './offers.ts'
import { syncBeside } from './rings.ts'
import { goOn, isEnd, look, priorityOf, reroute, seek, want } from './seeking.ts'
import { type Begun, type ConversationState, isOpen, mediumOf, rungOf, type Talk } from './state.ts'

/** After every event: who wants a human is sought; deadlines and memberships follow from the state. */
export function sync(state: ConversationState, turn: Turn): void {
  syncBot(state, turn)
  syncHold(state)
  syncInterruption(state)
  syncConsult(state, turn)
  syncHanded(state)
  if (state.talk.get().seek?.consult === true && isEnd(look(state, turn))) withdraw(state, turn, 'unanswered')
  goOn(state, turn)
  const talk = state.talk.get()
  const nowhere = talk.since !== null && talk.closed === null && talk.fallback === null && talk.snooze === null
  if (nowhere && talk.seek === null && talk.offer === null && talk.owner === null) {
    seek(state, turn, plan(state)?.steps ?? [])
  }
  reroute(state, turn)
  askPreferred(state, turn)
  syncOpen(state)
  syncDeadlines(state, turn)
  syncWatched(state, turn)
  syncQueues(state, turn)
  syncBeside(state, turn)
  syncTeams(state)
  syncNews(state, turn)
}

/** Nobody is being asked to take it any more, and it is where it was. */
function syncHanded(state: ConversationState): void {
  const { handed, owner, offer, seek: search } = state.talk.get()
  if (handed !== null && owner !== null && offer === null && search === null) state.talk.patch({ handed: null })
}

/** One agent before all others, as a step has just said: unless somebody has it, or is asked already. */
function askPreferred(state: ConversationState, turn: Turn): void {
  const { preferred, seek: search, offer, owner, avoid } = state.talk.get()
  if (preferred == null) return
  state.talk.patch({ preferred: null })
  const { agent, ring } = preferred
  if (search === null || offer !== null || owner !== null || Object.hasOwn(avoid, agent)) return
  assign(state, turn, agent, { force: false, ring, why: 'preferred' })
}

function syncOpen(state: ConversationState): void {
  const talk = state.talk.get()
  const open = isOpen(talk)
  if (open === talk.open) return
  state.talk.patch(open ? { open, stay: talk.stay + 1, places: {}, waits: {} } : { open, places: {}, waits: {} })
}

function syncDeadlines(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  if (talk.offer === null) turn.deadline('guard', null)
  turn.deadline('snooze', talk.snooze?.until ?? null)
  if (talk.openedAt !== null || talk.closed !== null) turn.deadline('unwritten', null)
  const cooldowns = Object.values(talk.avoid)
  turn.deadline('avoid', cooldowns.length === 0 ? null : Math.min(...cooldowns))
  turn.deadline('step', look(state, turn)?.wakeAt ?? null)
}

/** Tells queues which of their figures the plan waits for: only what turns one of these conditions is told back. */
function syncWatched(state: ConversationState, turn: Turn): void {
  const { seek: search, watched: told = {}, figures = {} } = state.talk.get()
  const wanted = search === null ? new Map<string, readonly QueueCondition[]>() : watched(search.steps, search)
  if (wanted.size === 0 && Object.keys(told).length === 0) return
  const keys = Object.fromEntries([...wanted].map(([queue, conditions]) => [queue, JSON.stringify(conditions)]))
  for (const queue of new Set([...Object.keys(told), ...wanted.keys()])) {
    if (keys[queue] === told[queue]) continue
    const to = address(turn.self.org, 'queue', asId<QueueId>(queue))
    turn.send(to, { type: 'ask-figures', conversation: self(turn), conditions: wanted.get(queue) ?? [] })
  }
  const known = Object.entries(figures).filter(([queue]) => wanted.has(queue))
  if (JSON.stringify(keys) !== JSON.stringify(told) || known.length < Object.keys(figures).length)
    state.talk.patch({ watched: keys, figures: Object.fromEntries(known) })
}

function syncQueues(state: ConversationState, turn: Turn): void {
  const talk = state.talk.get()
  const wanted = want(talk)
  for (const queue of new Set([...Object.keys(talk.sent), ...Object.keys(wanted)])) {
    const now = state.talk.get()
    const need = wanted[queue]
    const told = now.sent[queue]
    const entry =
      need === undefined || now.begun === null ? undefined : waitEntry(now, now.begun, need, plan(state)?.answerWithin)
    const key = entry === undefined ? undefined : JSON.stringify([now.stay, entry])
    if (key === told?.key) continue
    const cv = now.cv + 1
    const { [queue]: _gone, ...others } = now.sent
    state.talk.patch({ cv, sent: key === undefined ? others : { ...others, [queue]: { key, cv } } })
    const to = address(turn.self.org, 'queue', asId<QueueId>(queue))
    const more = entry === undefined ? {} : { entry }
    turn.send(to, { type: 'wait', conversation: self(turn), cv, stay: now.stay, ...more })
  }
  forgetPlaces(state)
}

/** What was told by a queue in which it waits no more is nothing to its customer. */
function forgetPlaces(state: ConversationState): void {
  const { sent, places, waits = {} } = state.talk.get()
  const isHere = ([queue]: readonly [string, unknown]) => Object.hasOwn(sent, queue)
  const left = { places: Object.entries(places).filter(isHere), waits: Object.entries(waits).filter(isHere) }
  if (left.places.length === Object.keys(places).length && left.waits.length === Object.keys(waits).length) return
  state.talk.patch({ places: Object.fromEntries(left.places), waits: Object.fromEntries(left.waits) })
}

function waitEntry(talk: Talk, begun: Begun, need: Need, answerWithin: number | undefined) {
  const avoided = new Set(Object.keys(talk.avoid))
  const rung = rungOf(talk)
  for (const lease of [talk.owner, talk.consult, ...rung]) if (lease !== null) avoided.add(lease.agent)
  const { grade } = begun.customer
  const attributes = factsOf(begun.customer)
  const since = talk.since ?? 0
  return {
    need,
    medium: mediumOf(talk),
    since,
    priority: priorityOf(talk),
    avoid: [...avoided].sort().map((id) => asId<AgentId>(id)),
    ...(rung.length === 0 ? {} : { rung: rung.map(({ agent }) => asId<AgentId>(agent)) }),
    customer: begun.customer.name,
    channel: begun.channel,
    ...(answerWithin === undefined ? {} : { deadline: since + answerWithin }),
    ...(grade === undefined ? {} : { grade }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  }
}

/** A team that has had to do with it keeps it in sight. */
function syncTeams(state: ConversationState): void {
  const { sent, owner, teams = [] } = state.talk.get()
  const queueTeams = state.known.get().pinned?.queueTeams
  const here = Object.keys(sent).map((queue) => teamOf(queueTeams?.[queue]))
  if (owner !== null) here.push(teamOf(owner.team))
  const fresh = new Set(here.filter((team) => !teams.includes(team)))
  if (fresh.size > 0) state.talk.patch({ teams: [...teams, ...fresh] })
}

export function placed(state: ConversationState, message: Place): void {
  const talk = state.talk.get()
  if (!talk.open || message.stay !== talk.stay || !Object.hasOwn(talk.sent, message.queue)) return
  const { [message.queue]: _, ...others } = talk.waits ?? {}
  const waits = message.wait === undefined ? others : { ...others, [message.queue]: message.wait }
  const soon = soonest(Object.values(waits))
  const toldWait = soon === null ? {} : { toldWait: tell(talk.toldWait ?? null, soon) }
  state.talk.patch({ places: { ...talk.places, [message.queue]: message.place }, waits, ...toldWait })
}

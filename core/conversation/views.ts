/** The small pictures of the present: what its customer sees, and what staff see. */
import type { PublicView, StaffView } from '../protocol/conversation.ts'
import { steps } from '../routing/estimate.ts'
import { standing } from '../routing/plan/course.ts'
import { detailsOf } from '../widget/pre-chat.ts'
import { rateUntil, wantsDisposition } from './about.ts'
import { draftsOf } from './colleagues.ts'
import { asked } from './introducing.ts'
import { fieldsOf, isLed } from './known.ts'
import { priorityOf } from './seeking.ts'
import { seenFields, seenOf, type Viewer } from './seen.ts'
import { type ConversationState, isAsked, type Lease, mediumOf, statusOf, type Talk } from './state.ts'

export function publicView(state: ConversationState): PublicView {
  const talk = state.talk.get()
  const places = Object.values(talk.places)
  return {
    status: statusOf(talk),
    agent: talk.owner === null ? null : { name: talk.owner.name },
    place: statusOf(talk) === 'waiting' && places.length > 0 ? Math.min(...places) : null,
    notice: talk.fallback,
    ...expectedWait(talk),
    marks: state.marks.get(),
    next: talk.next,
    ...(isLed(state) ? { bot: true } : {}),
    ...asking(state),
    ...later(talk),
    ...instead(talk),
    ...ratable(state),
  }
}

function asking(state: ConversationState): Pick<PublicView, 'ask'> {
  const fields = asked(state)
  return fields.length === 0 ? {} : { ask: [...fields] }
}

/** In minutes, while it waits and somebody knows. */
function expectedWait(talk: Talk): Pick<StaffView, 'wait'> {
  const { waits = {}, toldWait, left } = talk
  if (toldWait == null || left || Object.keys(waits).length === 0 || statusOf(talk) !== 'waiting') return {}
  return { wait: { from: steps[toldWait.from] ?? 0, to: steps[toldWait.to] ?? 0 } }
}

/** What the plan offers who waits; a message that was left needs no other. */
function instead(talk: Talk): Pick<PublicView, 'offer'> {
  const { seek: search, left } = talk
  if (search === null || left || statusOf(talk) !== 'waiting') return {}
  const { offer } = standing(search.steps, search)
  return offer == null ? {} : { offer }
}

/** Until when an agent has laid it aside is the agent's own matter. */
function later({ snooze }: Talk): Pick<PublicView, 'later'> {
  if (snooze === null) return {}
  return { later: { why: snooze.why, until: snooze.why === 'hours' ? snooze.until : null } }
}

function ratable(state: ConversationState): Pick<PublicView, 'rate'> {
  const until = rateUntil(state)
  return until === null ? {} : { rate: { until, rating: state.about.get().rating } }
}

/** By which flow it is led. */
function led(state: ConversationState): Pick<StaffView, 'bot'> {
  const flow = isLed(state) ? state.known.get().pinned?.flow?.flow : undefined
  return flow === undefined ? {} : { bot: flow }
}

/** As one role sees it. */
export function staffView(state: ConversationState, viewer: Viewer): StaffView {
  const talk = state.talk.get()
  const { tags, disposition, attributes, rating, contact } = state.about.get()
  const { origin, joined } = state.kin.get()
  const fields = fieldsOf(state)
  const drafts = draftsOf(state)
  return {
    status: statusOf(talk),
    customer: {
      id: talk.begun?.customer.id ?? '',
      name: talk.begun?.customer.name ?? '',
      verified: talk.begun?.customer.verified ?? false,
      details: talk.begun === null ? {} : seenFields(fields, detailsOf(talk.begun.customer), viewer),
    },
    channel: talk.begun?.channel ?? '',
    medium: mediumOf(talk),
    queues: Object.keys(talk.sent),
    ...led(state),
    queue: talk.queue,
    priority: priorityOf(talk),
    ...expectedWait(talk),
    since: talk.owner === null && talk.closed === null ? talk.since : null,
    owner: leaseOf(talk.owner),
    offer: talk.offer?.consult === true ? null : leaseOf(talk.offer),
    ...beside(talk),
    consult: consultOf(talk),
    hold: talk.hold === null ? null : { since: talk.hold.since },
    interrupted: talk.interrupted == null ? null : { since: talk.interrupted.since },
    handed: talk.handed,
    marks: state.marks.get(),
    tags: [...tags],
    disposition,
    dispositionRequired: wantsDisposition(state),
    attributes: seenOf(fields.conversation, attributes, viewer),
    snooze: talk.snooze === null ? null : { until: talk.snooze.until, why: talk.snooze.why },
    rating,
    contact,
    merge: talk.merge === null ? null : { into: talk.merge.into, done: talk.merge.done },
    origin,
    joined: joined.map(({ conversation }) => conversation),
    ...(drafts.length === 0 ? {} : { drafts }),
  }
}

function consultOf(talk: Talk): StaffView['consult'] {
  const { consult, offer, seek } = talk
  if (consult !== null) return { state: 'joined', ...nameOf(consult), queue: null }
  if (!isAsked(talk)) return null
  const queue = seek?.consult === true ? (seek.steps[0]?.queues[0]?.queue ?? null) : null
  return { state: 'asked', ...nameOf(offer?.consult === true ? offer : null), queue }
}

const nameOf = (lease: Pick<Lease, 'agent' | 'name' | 'lease'> | null) => ({
  agent: lease?.agent ?? null,
  name: lease?.name ?? null,
  lease: lease?.lease ?? null,
})

/** What the audit sees of it: nobody's words, not what is known of its customer. */
export function auditView(state: ConversationState) {
  const talk = state.talk.get()
  const { tags, disposition, attributes } = state.about.get()
  return {
    status: statusOf(talk),
    owner: talk.owner?.agent ?? null,
    offered: talk.offer?.agent ?? null,
    tags,
    disposition,
    attributes: Object.keys(attributes),
    snoozedUntil: talk.snooze?.until ?? null,
    merge: talk.merge?.into ?? null,
    entries: state.log.head,
  }
}

/** Who is rung at the same time. */
function beside({ others = [] }: Talk): Pick<StaffView, 'beside'> {
  return others.length === 0 ? {} : { beside: others.map(({ agent, name, lease }) => ({ agent, name, lease })) }
}

function leaseOf(lease: Talk['owner']) {
  return lease === null ? null : { agent: lease.agent, name: lease.name, lease: lease.lease }
}

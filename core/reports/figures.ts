/**
 * The figures of a contact centre, folded from the record's segments and agents' times: the only place where they are
 * computed. Each says where its formula comes from; the glossary has the words. All times in ms.
 *
 * A stay counts, whole, in the span in which it ended, so that offered is answered plus abandoned plus flowed out, in any
 * span. Agents' times are cut at the span's ends.
 */
import type { AgentInterval, Segment } from '../protocol/segments.ts'

/** From `from` on, before `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface Targets {
  /** Answered within this time meets the service level. */
  readonly within: number
  /** Abandoned before this time is no matter of service. */
  readonly short: number
}

/** Sums of a queue in a span; everything else is a quotient of them, see {@link queueRates}. */
export interface QueueFigures {
  /** Stays that ended: answered + abandoned + flowedOut. Genesys Cloud, "Offered". */
  readonly offered: number
  /** Taken by an agent out of this queue. */
  readonly answered: number
  /** Those of them that waited at most `within`. */
  readonly answeredWithin: number
  /** The customer left before an answer; `shortAbandoned` of them before `short`. */
  readonly abandoned: number
  readonly shortAbandoned: number
  /** Left without an answer and without the customer leaving: answered elsewhere, moved on, fallen back, closed. */
  readonly flowedOut: number
  /** Of the answered, from entering the queue until the answer, ringing included; and the longest of all waits. */
  readonly answerTime: number
  readonly abandonTime: number
  readonly longestWait: number
  /** Talks that came through this queue, and what they took. */
  readonly handled: number
  readonly talkTime: number
  readonly holdTime: number
  readonly wrapTime: number
  /** Talks that were given on, to a queue or to another agent. */
  readonly transferred: number
}

export const noQueueFigures: QueueFigures = {
  offered: 0,
  answered: 0,
  answeredWithin: 0,
  abandoned: 0,
  shortAbandoned: 0,
  flowedOut: 0,
  answerTime: 0,
  abandonTime: 0,
  longestWait: 0,
  handled: 0,
  talkTime: 0,
  holdTime: 0,
  wrapTime: 0,
  transferred: 0,
}

/** Adds a stay that ended, of this queue or of a talk that came through it. */
export function addToQueue(sum: QueueFigures, segment: Segment, { within, short }: Targets): QueueFigures {
  const took = lengthOf(segment)
  if (segment.kind !== 'queue') return addHandling(sum, segment)
  const { outcome } = segment
  const waited = { ...sum, offered: sum.offered + 1, longestWait: Math.max(sum.longestWait, took) }
  if (outcome === 'answered') {
    const answeredWithin = sum.answeredWithin + (took <= within ? 1 : 0)
    return { ...waited, answered: sum.answered + 1, answeredWithin, answerTime: sum.answerTime + took }
  }
  if (outcome === 'abandoned') {
    const shortAbandoned = sum.shortAbandoned + (took < short ? 1 : 0)
    return { ...waited, abandoned: sum.abandoned + 1, shortAbandoned, abandonTime: sum.abandonTime + took }
  }
  return { ...waited, flowedOut: sum.flowedOut + 1 }
}

interface Handling {
  readonly handled: number
  readonly talkTime: number
  readonly holdTime: number
  readonly wrapTime: number
  readonly transferred: number
}

function addHandling<F extends Handling>(sum: F, segment: Segment): F {
  const took = lengthOf(segment)
  const { kind, outcome } = segment
  if (kind === 'hold') return { ...sum, holdTime: sum.holdTime + took }
  if (kind === 'wrap-up') return { ...sum, wrapTime: sum.wrapTime + took }
  if (kind !== 'talk') return sum
  const isTransfer = outcome === 'transferred' || outcome === 'handed-over'
  return {
    ...sum,
    handled: sum.handled + 1,
    talkTime: sum.talkTime + took,
    transferred: sum.transferred + (isTransfer ? 1 : 0),
  }
}

/** Figures of several queues, or of one in several spans, as those of one. */
export const queuesTogether = (all: readonly QueueFigures[]): QueueFigures =>
  all.reduce(
    (a, b) => ({
      ...handlingTogether(a, b),
      offered: a.offered + b.offered,
      answered: a.answered + b.answered,
      answeredWithin: a.answeredWithin + b.answeredWithin,
      abandoned: a.abandoned + b.abandoned,
      shortAbandoned: a.shortAbandoned + b.shortAbandoned,
      flowedOut: a.flowedOut + b.flowedOut,
      answerTime: a.answerTime + b.answerTime,
      abandonTime: a.abandonTime + b.abandonTime,
      longestWait: Math.max(a.longestWait, b.longestWait),
    }),
    noQueueFigures,
  )

const handlingTogether = (a: Handling, b: Handling): Handling => ({
  handled: a.handled + b.handled,
  talkTime: a.talkTime + b.talkTime,
  holdTime: a.holdTime + b.holdTime,
  wrapTime: a.wrapTime + b.wrapTime,
  transferred: a.transferred + b.transferred,
})

/** What is read of a queue. Null: nothing to divide by. */
export function queueRates(sum: QueueFigures) {
  const served = sum.answered + sum.abandoned - sum.shortAbandoned
  return {
    /** Answered in time ÷ (answered + abandoned − short-abandoned). Genesys Cloud, "Service level %", with abandons. */
    serviceLevel: ratio(sum.answeredWithin, served),
    /** Answered in time ÷ answered. Genesys Cloud, "Service level %", without abandons. */
    serviceLevelOfAnswered: ratio(sum.answeredWithin, sum.answered),
    /** Average speed of answer: answer time ÷ answered. Amazon Connect, "Average queue answer time". */
    asa: ratio(sum.answerTime, sum.answered),
    /** Abandoned ÷ offered. Genesys Cloud, "Abandon %". */
    abandonRate: ratio(sum.abandoned, sum.offered),
    ...handlingRates(sum),
  }
}

function handlingRates({ talkTime, holdTime, wrapTime, handled, transferred }: Handling) {
  return {
    /** (Talk + hold + after-contact work) ÷ handled. Amazon Connect, "Average handle time". A talk's holds are part of it. */
    aht: ratio(talkTime + wrapTime, handled),
    /** Its three parts, which add up to it. The first and the last: Amazon Connect, "Average agent interaction time", "Average after contact work time". */
    averageTalk: ratio(talkTime - holdTime, handled),
    averageHold: ratio(holdTime, handled),
    averageWrap: ratio(wrapTime, handled),
    /** Given on ÷ handled. Genesys Cloud, "Transfer %". */
    transferRate: ratio(transferred, handled),
  }
}

/** Sums of an agent in a span. */
export interface AgentFigures extends Handling {
  /** Offers that ended, and how. */
  readonly offered: number
  readonly accepted: number
  readonly declined: number
  readonly missed: number
  /** Signed in and a console there; of it available, busy, away; with a contact in hand; available and without one. */
  readonly signedInTime: number
  readonly availableTime: number
  readonly busyTime: number
  readonly awayTime: number
  readonly occupiedTime: number
  readonly idleTime: number
}

export const noAgentFigures: AgentFigures = {
  offered: 0,
  accepted: 0,
  declined: 0,
  missed: 0,
  handled: 0,
  talkTime: 0,
  holdTime: 0,
  wrapTime: 0,
  transferred: 0,
  signedInTime: 0,
  availableTime: 0,
  busyTime: 0,
  awayTime: 0,
  occupiedTime: 0,
  idleTime: 0,
}

/** Adds a stay that ended with this agent. */
export function addToAgent(sum: AgentFigures, segment: Segment): AgentFigures {
  if (segment.kind !== 'ring') return addHandling(sum, segment)
  const { outcome } = segment
  return {
    ...sum,
    offered: sum.offered + 1,
    accepted: sum.accepted + (outcome === 'accepted' ? 1 : 0),
    declined: sum.declined + (outcome === 'declined' ? 1 : 0),
    missed: sum.missed + (outcome === 'missed' || outcome === 'guard' ? 1 : 0),
  }
}

/** Adds what lies of an agent's time in the span; what still lasts, lasts until `now`. */
export function addTime(sum: AgentFigures, time: AgentInterval, { from, to }: Span, now: number): AgentFigures {
  const length = Math.min(time.endedAt ?? now, to) - Math.max(time.beganAt, from)
  if (length <= 0 || time.presence === 'offline' || !time.connected) return sum
  const add = (is: boolean) => (is ? length : 0)
  return {
    ...sum,
    signedInTime: sum.signedInTime + length,
    availableTime: sum.availableTime + add(time.presence === 'available'),
    busyTime: sum.busyTime + add(time.presence === 'busy'),
    awayTime: sum.awayTime + add(time.presence === 'away'),
    occupiedTime: sum.occupiedTime + add(time.occupied),
    idleTime: sum.idleTime + add(time.presence === 'available' && !time.occupied),
  }
}

/** Figures of several agents, or of one in several spans, as those of one. */
export const agentsTogether = (all: readonly AgentFigures[]): AgentFigures =>
  all.reduce(
    (a, b) => ({
      ...handlingTogether(a, b),
      offered: a.offered + b.offered,
      accepted: a.accepted + b.accepted,
      declined: a.declined + b.declined,
      missed: a.missed + b.missed,
      signedInTime: a.signedInTime + b.signedInTime,
      availableTime: a.availableTime + b.availableTime,
      busyTime: a.busyTime + b.busyTime,
      awayTime: a.awayTime + b.awayTime,
      occupiedTime: a.occupiedTime + b.occupiedTime,
      idleTime: a.idleTime + b.idleTime,
    }),
    noAgentFigures,
  )

export function agentRates(sum: AgentFigures) {
  return {
    ...handlingRates(sum),
    /** With a contact ÷ (with a contact + available without one). Amazon Connect, "Occupancy". */
    occupancy: ratio(sum.occupiedTime, sum.occupiedTime + sum.idleTime),
    /** With a contact ÷ signed in. The word has no one meaning in the field: some count the waiting for contacts too. */
    utilisation: ratio(sum.occupiedTime, sum.signedInTime),
  }
}

const lengthOf = ({ beganAt, endedAt }: Segment) => (endedAt ?? beganAt) - beganAt
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

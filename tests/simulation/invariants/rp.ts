/**
 * RP, at rest: the figures that a report folds from the record are those of what was seen to happen. Computed here anew: from
 * the stays and times as they were watched, figure by figure, by counting.
 */
import { agentRates, queueRates } from '../../../core/reports/figures.ts'
import { AgentReport, QueueReport } from '../../../core/reports/report.ts'
import { type Stay, Stays, type Time } from '../facts/stays.ts'
import { BEGAN } from '../world/home.ts'
import type { MakeRule } from './rule.ts'

const WITHIN = 4_000
const SHORT = 1_500
const MINUTE = 60_000
/** The first minutes, one by one. */
const minutes = Array.from({ length: 5 }, (_, n) => ({ from: BEGAN + n * MINUTE, to: BEGAN + (n + 1) * MINUTE }))

export const rp: MakeRule = ({ world, facts, hit, fail }) => {
  const seen = new Stays()
  return {
    commit({ actor, seen: what }) {
      const conversation = facts.conversations.get(actor.id)
      const agent = facts.agents.get(actor.id)
      if (actor === conversation) seen.conversation(conversation, what)
      if (actor === agent) seen.agent(agent, what)
    },
    rest() {
      const day = { from: BEGAN, to: BEGAN + Math.ceil(world.timeline.now) }
      for (const span of [day, ...minutes]) {
        checkQueues(span)
        checkAgents(span)
      }
    },
  }

  function checkQueues(span: { from: number; to: number }) {
    const report = new QueueReport([span], { within: WITHIN, short: SHORT })
    for (const segment of [...world.record.segments.values()].filter(lasted)) report.add(segment)
    const stays = all().filter((stay) => endsIn(stay, span))
    for (const { whose, sum } of report.rows()) {
      const mine = stays.filter(({ queue }) => queue === whose)
      const waits = mine.filter(({ kind }) => kind === 'queue')
      const answered = waits.filter(({ outcome }) => outcome === 'answered')
      const abandoned = waits.filter(({ outcome }) => outcome === 'abandoned')
      const talks = mine.filter(({ kind }) => kind === 'talk')
      const wraps = mine.filter(({ kind }) => kind === 'wrap-up')
      const inTime = answered.filter((stay) => took(stay) <= WITHIN).length
      const short = abandoned.filter((stay) => took(stay) < SHORT).length
      same(`queue ${whose}`, [sum.answeredWithin, inTime])
      same(`queue ${whose}`, [sum.abandoned, abandoned.length], [sum.shortAbandoned, short])
      same(`queue ${whose}`, [sum.answerTime, total(answered)], [sum.abandonTime, total(abandoned)])
      same(`queue ${whose}`, [sum.talkTime, total(talks)], [sum.wrapTime, total(wraps)])
      same(`queue ${whose}`, [sum.holdTime, total(mine.filter(({ kind }) => kind === 'hold'))])
      same(`queue ${whose}`, [sum.offered, sum.answered + sum.abandoned + sum.flowedOut])
      same(`queue ${whose}`, [sum.longestWait, Math.max(0, ...waits.map(took))])
      const given = talks.filter(({ outcome }) => outcome === 'transferred' || outcome === 'handed-over')
      same(`queue ${whose}`, [sum.transferred, given.length], [sum.handled, talks.length])
      const rates = queueRates(sum)
      same(`queue ${whose}`, [rates.asa, sum.answered === 0 ? null : total(answered) / sum.answered])
      if (sum.answered > 0) hit('RP answered', sum.answered)
      if (sum.abandoned > 0) hit('RP abandoned', sum.abandoned)
      if (sum.flowedOut > 0) hit('RP flowed out', sum.flowedOut)
    }
  }

  function checkAgents(span: { from: number; to: number }) {
    const now = span.to
    const report = new AgentReport([span], now)
    for (const segment of [...world.record.segments.values()].filter(lasted)) report.add(segment)
    for (const [key, time] of world.record.intervals) report.addTime(key.split(' ')[0] ?? '', time)
    for (const { whose, sum } of report.rows()) {
      const time = (is: (time: Time) => boolean) =>
        (seen.times.get(whose) ?? [])
          .filter((each) => each.connected && is(each))
          .reduce(
            (ms, { beganAt, endedAt }) =>
              ms + Math.max(0, Math.min(endedAt ?? now, span.to) - Math.max(beganAt, span.from)),
            0,
          )
      const signedIn = time(({ presence }) => presence !== 'offline')
      const occupied = time(({ presence, occupied }) => presence !== 'offline' && occupied)
      const idle = time(({ presence, occupied }) => presence === 'available' && !occupied)
      same(`agent ${whose}`, [sum.signedInTime, signedIn], [sum.occupiedTime, occupied], [sum.idleTime, idle])
      const rates = agentRates(sum)
      const busy = occupied + idle
      same(`agent ${whose}`, [rates.occupancy, busy === 0 ? null : occupied / busy])
      same(`agent ${whose}`, [rates.utilisation, signedIn === 0 ? null : occupied / signedIn])
      const mine = all().filter((stay) => stay.agent === whose && endsIn(stay, span))
      const talks = mine.filter(({ kind }) => kind === 'talk')
      same(`agent ${whose}`, [sum.handled, talks.length], [sum.talkTime, total(talks)])
      const missed = mine.filter(
        ({ kind, outcome }) => kind === 'ring' && (outcome === 'missed' || outcome === 'guard'),
      )
      same(`agent ${whose}`, [sum.missed, missed.length])
      const wrapping = total(mine.filter(({ kind }) => kind === 'wrap-up'))
      same(`agent ${whose}`, [rates.aht, talks.length === 0 ? null : (total(talks) + wrapping) / talks.length])
      if (occupied > 0) hit('RP occupied')
    }
  }

  function same(what: string, ...pairs: readonly (readonly [number | null, number | null])[]) {
    for (const [i, [told, counted]] of pairs.entries())
      if (told !== counted) fail('RP', `a figure (${i}) of ${what} is told as ${told}; it is ${counted}`)
  }

  function all(): Stay[] {
    return seen.conversations().flatMap((id) => seen.of(id).filter(lasted))
  }
}

const endsIn = ({ endedAt }: Pick<Stay, 'endedAt'>, { from, to }: { from: number; to: number }) =>
  endedAt !== null && endedAt >= from && endedAt < to
/** What began and ended within one turn nobody sees from outside: it is left out on both sides. */
const lasted = ({ beganAt, endedAt }: Pick<Stay, 'beganAt' | 'endedAt'>) => beganAt !== endedAt
const took = ({ beganAt, endedAt }: Stay) => (endedAt ?? beganAt) - beganAt
const total = (stays: readonly Stay[]) => stays.reduce((ms, stay) => ms + took(stay), 0)

/** Figures: what each formula makes of a few stays. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AgentInterval, Segment, SegmentKind, SegmentOutcome } from '../../core/protocol/segments.ts'
import { agentRates, queueRates } from '../../core/reports/figures.ts'
import { AgentReport, QueueReport } from '../../core/reports/report.ts'

const targets = { within: 20_000, short: 5_000 }
let made = 0

/** A stay in (or by way of) the queue `sales`, with Ada where somebody is needed; seconds. */
function stay(kind: SegmentKind, from: number, to: number | null, outcome: SegmentOutcome | null = null): Segment {
  const times = { beganAt: from * 1_000, endedAt: to === null ? null : to * 1_000 }
  const who = { queue: 'sales', agent: kind === 'queue' ? null : 'ada', lease: null, first: null, last: null }
  return { id: `${++made}`, version: 1, kind, ...who, ...times, outcome }
}

function queueFigures(segments: readonly Segment[], from = 0, to = 1_000_000) {
  const report = new QueueReport([{ from, to }], targets)
  for (const segment of segments) report.add(segment)
  const [row] = report.rows()
  if (row === undefined) throw new Error('nothing ended')
  return { ...row.sum, ...queueRates(row.sum) }
}

describe('the figures of a queue', () => {
  it('RP1: service level leaves out who left at once and who went elsewhere', () => {
    const figures = queueFigures([
      stay('queue', 0, 20, 'answered'),
      stay('queue', 0, 21, 'answered'),
      stay('queue', 0, 4, 'abandoned'),
      stay('queue', 0, 5, 'abandoned'),
      stay('queue', 0, 60, 'moved'),
      stay('queue', 0, null),
    ])
    expect(figures).toMatchObject({ offered: 5, answered: 2, abandoned: 2, shortAbandoned: 1, flowedOut: 1 })
    expect(figures.serviceLevel).toBe(1 / 3)
    expect(figures.asa).toBe(20_500)
    expect(figures.abandonRate).toBe(2 / 5)
    expect(figures.longestWait).toBe(60_000)
  })

  it('RP1: handle time is talk, holds included, and after-work, over the talks', () => {
    const figures = queueFigures([
      stay('talk', 0, 100, 'closed-by-agent'),
      stay('hold', 10, 30),
      stay('wrap-up', 100, 120, 'finished'),
      stay('talk', 200, 260, 'handed-over'),
    ])
    expect(figures).toMatchObject({ handled: 2, talkTime: 160_000, holdTime: 20_000, wrapTime: 20_000, transferred: 1 })
    expect(figures.aht).toBe(90_000)
    expect(figures).toMatchObject({ averageTalk: 70_000, averageHold: 10_000, averageWrap: 10_000, transferRate: 0.5 })
    expect([figures.serviceLevel, figures.asa, figures.abandonRate]).toEqual([null, null, null])
  })
})

const times: readonly AgentInterval[] = [
  ['available', true, false, 0, 100],
  ['available', true, true, 100, 400],
  ['busy', true, true, 400, 500],
  ['away', true, false, 500, 600],
  ['away', false, false, 600, 700],
  ['offline', false, false, 700, null],
].map(([presence, connected, occupied, from, to], id) => ({
  ...{ id, version: 1, reason: null, notResponding: false },
  presence: presence as AgentInterval['presence'],
  connected: connected === true,
  occupied: occupied === true,
  beganAt: Number(from) * 1_000,
  endedAt: to === null ? null : Number(to) * 1_000,
}))

function agentFigures(from: number, to: number) {
  const report = new AgentReport([{ from, to }], 900_000)
  for (const time of times) report.addTime('ada', time)
  const sum = report.rows()[0]?.sum
  if (sum === undefined) throw new Error('nobody was there')
  return { ...sum, ...agentRates(sum) }
}

describe('the figures of an agent', () => {
  it('RP1: occupancy is over working and waiting for work, utilisation over all signed-in time', () => {
    const figures = agentFigures(0, 900_000)
    expect(figures).toMatchObject({ signedInTime: 600_000, occupiedTime: 400_000, idleTime: 100_000 })
    expect(figures).toMatchObject({ availableTime: 400_000, busyTime: 100_000, awayTime: 100_000 })
    expect([figures.occupancy, figures.utilisation]).toEqual([0.8, 400 / 600])
  })

  it('RP2: times are cut at the ends of the span', () => {
    expect(agentFigures(50_000, 150_000)).toMatchObject({
      signedInTime: 100_000,
      occupiedTime: 50_000,
      idleTime: 50_000,
    })
  })
})

const outcome = fc.constantFrom<SegmentOutcome>('answered', 'abandoned', 'moved', 'elsewhere', 'fallback')

/** From 0 to `to`, all of a length but the last. */
const spansOf = (to: number, length: number) =>
  Array.from({ length: Math.ceil(to / length) }, (_, n) => ({ from: n * length, to: Math.min(to, (n + 1) * length) }))

describe('spans', () => {
  it('RP2: add up to the whole, and in each of them offered is what came of it', () => {
    const queue = fc
      .tuple(fc.nat(900), fc.nat(200), outcome)
      .map(([from, took, how]) => stay('queue', from, from + took, how))
    fc.assert(
      fc.property(fc.array(queue, { minLength: 1 }), fc.integer({ min: 7, max: 400 }), (stays, every) => {
        const day = { from: 0, to: 1_200_000 }
        const parts = new QueueReport(spansOf(day.to, every * 1_000), targets)
        for (const segment of stays) parts.add(segment)
        const rows = parts.rows().map(({ sum }) => sum)
        const whole = queueFigures(stays, day.from, day.to)
        const sumOf = (key: 'offered' | 'answered' | 'abandonTime') => rows.reduce((sum, row) => sum + row[key], 0)
        for (const key of ['offered', 'answered', 'abandonTime'] as const) expect(sumOf(key)).toBe(whole[key])
        for (const row of rows) expect(row.offered).toBe(row.answered + row.abandoned + row.flowedOut)
      }),
    )
  })
})

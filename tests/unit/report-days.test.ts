/** Rows of a report: days as clocks make them, and sums whose rates are those of all. */
import { describe, expect, it } from 'vitest'
import {
  agentRates,
  agentsTogether,
  noAgentFigures,
  noQueueFigures,
  queueRates,
  queuesTogether,
} from '../../core/reports/figures.ts'
import { clockSpans } from '../../core/reports/spans.ts'

const HOUR = 3_600_000

describe('the rows of a report', () => {
  it('OF2: are days of the zone where its clocks are put back and forward', () => {
    // Midnight in Berlin before and after the last Sunday of October and of March.
    const autumn = { from: Date.parse('2026-10-24T22:00Z'), to: Date.parse('2026-10-26T23:00Z') }
    const lengths = (span: typeof autumn, zone = 'Europe/Berlin') =>
      clockSpans(span, 'day', zone, 100).map(({ from, to }) => (to - from) / HOUR)
    expect(lengths(autumn)).toEqual([25, 24])
    const spring = { from: Date.parse('2026-03-28T23:00Z'), to: Date.parse('2026-03-30T22:00Z') }
    expect(lengths(spring)).toEqual([23, 24])
    expect(lengths(autumn, 'UTC')).toEqual([2, 24, 23])
    expect(clockSpans(autumn, 'hour', 'Europe/Berlin', 100)).toHaveLength(49)
  })
})

describe('figures together', () => {
  it('OF2: have the rates of their sums, and the longest of all waits', () => {
    const sum = queuesTogether([
      { ...noQueueFigures, offered: 9, answered: 9, answeredWithin: 9, answerTime: 9_000, longestWait: 2_000 },
      { ...noQueueFigures, offered: 1, answered: 0, abandoned: 1, longestWait: 60_000 },
    ])
    expect(sum.longestWait).toBe(60_000)
    expect(queueRates(sum)).toMatchObject({ serviceLevel: 0.9, asa: 1_000, abandonRate: 0.1 })
    const agents = agentsTogether([
      { ...noAgentFigures, handled: 1, talkTime: 10_000, occupiedTime: 3, idleTime: 1 },
      { ...noAgentFigures, handled: 3, talkTime: 10_000, occupiedTime: 1, idleTime: 3 },
    ])
    expect(agentRates(agents)).toMatchObject({ aht: 5_000, occupancy: 0.5 })
  })
})

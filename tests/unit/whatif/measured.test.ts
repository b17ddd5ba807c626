/** What a simulation draws from: patience, the contacts of a record, files; and how sure a mean is. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Segment } from '../../../core/protocol/segments.ts'
import { compare } from '../../../core/whatif/compare.ts'
import { dayOf, readContacts, readShifts, writeContacts, writeShifts } from '../../../core/whatif/file.ts'
import { estimateOf, quantile } from '../../../core/whatif/interval.ts'
import { Patience } from '../../../core/whatif/patience.ts'
import { contactsOf } from '../../../core/whatif/stays.ts'
import { begin, busy, centre, contact, day, targets } from './scene.ts'

describe('patience', () => {
  it('WI5: is estimated by Kaplan and Meier, the answered censored', () => {
    // Freireich's remission times of patients under 6-MP, in weeks, the standard example: 9 of 21 events.
    const events = [6, 6, 6, 7, 10, 13, 16, 22, 23].map((waited) => ({ waited, left: true }))
    const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((waited) => ({ waited, left: false }))
    const curve = new Patience([...events, ...censored])
    const published = { 6: 0.857, 7: 0.807, 10: 0.753, 13: 0.69, 16: 0.627, 22: 0.538, 23: 0.448 }
    for (const [at, share] of Object.entries(published)) expect(curve.longerThan(Number(at))).toBeCloseTo(share, 3)
    expect(curve.at(0.6)).toBe(22)
    expect(curve.at(curve.longerThan(70))).toBeCloseTo(70)
  })

  it('WI5: is without end where nobody ever left', () => {
    expect(new Patience([{ waited: 5, left: false }]).at(0.01)).toBe(Number.POSITIVE_INFINITY)
    expect(new Patience([]).at(0.01)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('the contacts of a record', () => {
  const stay = (
    kind: Segment['kind'],
    from: number,
    to: number,
    more: Partial<Segment>,
  ): { conversation: string; segment: Segment } => ({
    conversation: 'c1',
    segment: {
      ...{
        id: `${kind}:${from}:${more.queue}`,
        version: 1,
        kind,
        queue: 'sales',
        agent: null,
        lease: null,
        outcome: null,
      },
      ...{ beganAt: begin + from, endedAt: begin + to, first: from, last: to, ...more },
    },
  })

  it('WI6: are waits, however many queues each was in', () => {
    const stays = [
      stay('queue', 1, 30, { outcome: 'moved' }),
      stay('queue', 30, 50, { queue: 'south', outcome: 'answered' }),
      stay('queue', 30, 50, { queue: 'north', outcome: 'elsewhere' }),
      stay('ring', 40, 50, { queue: 'south', lease: 1, outcome: 'accepted' }),
      stay('talk', 50, 90, { queue: 'south', lease: 1, outcome: 'transferred' }),
      stay('wrap-up', 90, 95, { queue: 'south', lease: 1, outcome: 'finished', first: null, last: null }),
      stay('queue', 90, 200, { queue: 'south', outcome: 'abandoned' }),
    ]
    expect(contactsOf(stays, { from: begin, to: begin + 1_000 })).toMatchObject([
      { at: begin + 1, queue: null, via: 'south', end: 'answered', waited: 49, ring: 10, talk: 40, wrap: 5 },
      { at: begin + 90, queue: 'south', via: 'south', end: 'abandoned', waited: 110, talk: null },
    ])
  })
})

describe('a file of traffic', () => {
  it('WI7: says what was written into it', () => {
    const contacts = [contact(0, { need: 'lang = "zh"' }), ...busy(5, { hours: 1 })].map((each) => ({
      ...each,
      at: Math.round(each.at),
      waited: Math.round(each.waited),
    }))
    expect(readContacts(writeContacts(contacts))).toEqual({ ok: true, value: contacts })
    const { shifts } = day([], { agents: 2 })
    expect(readShifts(writeShifts(shifts))).toEqual({ ok: true, value: shifts })
    expect(dayOf(contacts, null, ['ada'])).toMatchObject({ from: begin, shifts: [{ agent: 'ada', from: begin }] })
  })

  it.each([
    ['', 'line 1: the header is missing'],
    ['at,end\n', 'line 1, column waited: is missing'],
    ['at,end,waited,mood\n', 'line 1, column mood: is not known'],
    ['at,end,waited,at\n', 'line 1, column at: is there twice'],
    ['at,end,waited\n2026-11-20T09:00,answered,1\n', 'line 2, column at: expected an instant with its zone'],
    ['at,end,waited\n\n"2026-11-20T09:00:00Z",answered,-1\n', 'line 3, column waited: expected seconds'],
    ['at,end,waited\n2026-11-20T09:00:00Z,gone,1\n', 'line 2, column end: expected answered, abandoned or other'],
    ['at,end,waited\n2026-11-20T09:00:00Z,answered,1,2\n', 'line 2: 4 cells under 3 columns'],
    ['at,end,waited,queue\n2026-11-20T09:00:00Z,other,1,A B\n', 'line 2, column queue: expected the key of a queue'],
    ['at,end,waited,need\n2026-11-20T09:00:00Z,other,1,lang =\n', 'line 2, column need: expected an expression'],
  ])('WI7: is refused with line and column: %j', (text, message) => {
    const read = readContacts(text)
    expect(read.ok ? '' : read.error.message).toContain(message)
  })

  it('WI7: never throws, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('at', 'end', ',', '"', '\n', '\r', "'", '1') }),
        (text) => void readContacts(text),
      ),
    )
  })
})

describe('the answer', () => {
  it('WI8: has an interval, by Student’s t', () => {
    expect([1, 4, 9, 30].map((n) => Number(quantile(n).toFixed(3)))).toEqual([12.706, 2.776, 2.262, 2.042])
    expect(estimateOf([1, 2, 3])).toMatchObject({ mean: 2, half: expect.closeTo(2.484, 3) })
    expect(estimateOf([1])).toEqual({ mean: 1, half: null, spread: null })
  })

  it('WI8: says when there is too little to go by', () => {
    const config = centre(1)
    const traffic = { ...day([contact(0), contact(1, { queue: 'closed' })], { agents: 0 }) }
    const { doubts } = compare({ traffic, config, change: { config, agents: {} }, targets }, 2)
    expect(doubts).toEqual([
      { is: 'no-shifts' },
      { is: 'few-talks', count: 2 },
      { is: 'few-abandoned', count: 0 },
      { is: 'unfinished', count: 1 },
      { is: 'lost', count: 1 },
    ])
  })
})

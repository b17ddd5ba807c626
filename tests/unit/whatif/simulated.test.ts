/** Days that are simulated by the actors' models. */
import { describe, expect, it } from 'vitest'
import { live } from '../../../core/whatif/centre.ts'
import { Chances } from '../../../core/whatif/chances.ts'
import { compare } from '../../../core/whatif/compare.ts'
import { simulated } from '../../../core/whatif/figures.ts'
import { trafficOf } from '../../../core/whatif/recorded.ts'
import { begin, busy, centre, contact, day, targets } from './scene.ts'

const config = centre(6)
const same = (agents = {}) => ({ config, agents })

describe('a simulated day', () => {
  it('WI1: goes as the plan, the queues and the agents say', () => {
    const traffic = day([contact(0), contact(10), contact(20, { queue: 'south' })], { agents: 1 })
    const { stays } = live(config, traffic, new Chances(traffic), 1)
    const waits = stays.filter(({ segment }) => segment.kind === 'queue').map(({ segment }) => segment)
    expect(waits.map(({ queue, agent, outcome, endedAt }) => [queue, agent, outcome, (endedAt ?? 0) - begin])).toEqual([
      ['sales', 'a0', 'answered', 0],
      ['sales', 'a0', 'answered', 60_000],
      ['south', 'a0', 'answered', 120_000],
    ])
  })

  it('WI1: holds to after-work, capacity and the steps of the plan', () => {
    const steps = [
      { after: 0, queues: [{ queue: 'sales' }] },
      { after: 30_000, end: 'Nobody is free.' },
    ]
    const more = {
      plans: { chat: { name: 'Chat', steps } },
      media: {
        chat: { capacity: 2, exclusive: false, wrap: 90_000, grace: 90_000 },
        voice: { capacity: 1, exclusive: true, wrap: 0, grace: 10_000 },
      },
    }
    const slow = centre(1, { ...more, agents: { a0: { name: 'Ada', queues: [{ queue: 'sales' }] } } })
    const traffic = day(
      [0, 1, 2, 3].map((at) => contact(at, { talk: 5_000, wrap: 20_000, ring: 1_000 })),
      { agents: 1 },
    )
    const lived = live(slow, traffic, new Chances(traffic), 1)
    expect(simulated(lived, traffic, targets).whole).toMatchObject({ answered: 4, flowedOut: 0, longestWait: 25_000 })
    const one = {
      ...slow,
      agents: {
        a0: {
          name: 'Ada',
          queues: [{ queue: 'sales', level: 1 }],
          skills: {},
          capacity: { chat: 1 },
          strict: false,
          autoAnswer: false,
        },
      },
    }
    const crowded = live(one, traffic, new Chances(traffic), 1)
    expect(simulated(crowded, traffic, targets).whole).toMatchObject({ answered: 2, flowedOut: 2, longestWait: 30_000 })
  })

  it('WI1: asks nothing of simulated people that they cannot know, nor waits for what they do not do', () => {
    const queues = {
      sales: { name: 'Sales', pull: 'only', dispositionRequired: true },
      south: { name: 'South' },
    } as const
    const hours = { never: { zone: 'UTC', weekly: {} } }
    const shut = centre(1, { queues, hours, widget: { hours: 'never', outsideHours: 'closed' } })
    const traffic = day([contact(0)], { agents: 1 })
    const lived = live(shut, traffic, new Chances(traffic), 1)
    expect(simulated(lived, traffic, targets)).toMatchObject({ whole: { answered: 1 }, lost: 0, unfinished: 0 })
  })

  it('WI2: is the same for the same seed, and another for another', () => {
    const traffic = day(busy(1, { hours: 0.3 }), { agents: 6 })
    const play = (seed: number) => live(config, traffic, new Chances(traffic), seed)
    expect(play(1)).toEqual(play(1))
    expect(play(2)).not.toEqual(play(1))
  })

  it('WI3: without agents ends in everybody leaving', () => {
    const contacts = busy(2, { hours: 0.5 })
    const { whole } = compare({ traffic: day(contacts, { hours: 30 }), config, change: same(), targets }, 3)
    expect(whole.figures.abandoned.today?.mean).toBe(contacts.length)
    expect(whole.figures.answered.today?.mean).toBe(0)
  })

  it.each([
    [1, 1],
    [-2, -1],
  ])('WI3: is on average no worse with more agents, no better with fewer: %i', (more, sign) => {
    const ten = centre(10)
    const traffic = day(busy(3, { hours: 0.5 }), { agents: 10 })
    const { whole } = compare({ traffic, config: ten, change: { config: ten, agents: { sales: more } }, targets }, 4)
    const { asa, serviceLevel, abandonRate } = whole.figures
    for (const [figure, better] of [
      [serviceLevel, 1],
      [asa, -1],
      [abandonRate, -1],
    ] as const) {
      const { mean, half } = figure.difference ?? { mean: Number.NaN, half: null }
      expect(mean * sign * better).toBeGreaterThanOrEqual(-(half ?? 0))
    }
  })

  it('WI4: reproduces a day that went as the models go, and says when it does not', () => {
    const source = day(busy(4, { hours: 0.75 }), { agents: 10 })
    const ten = centre(10)
    const { stays, times } = live(ten, source, new Chances(source), 77)
    const traffic = trafficOf(stays, times, source, source.to)
    const record = { traffic, config: ten, change: { config: ten, agents: {} }, targets }
    const good = compare(record, 4)
    expect(good.doubts.filter(({ is }) => is === 'unlike')).toEqual([])
    expect(good.whole.figures.offered.recorded).toBe(source.contacts.length)
    expect(good.whole.figures.occupancy.recorded).toBeCloseTo(good.whole.figures.occupancy.today?.mean ?? 0, 1)
    const few = { ...traffic, shifts: traffic.shifts.filter(({ agent }) => agent > 'a5') }
    expect(compare({ ...record, traffic: few }, 4).doubts.map(({ is }) => is)).toContain('unlike')
  })
})

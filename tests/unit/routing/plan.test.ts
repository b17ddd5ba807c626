import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Config, Hours } from '../../../core/protocol/config.ts'
import { Plan } from '../../../core/protocol/plan.ts'
import { type Around, checkPlans } from '../../../core/routing/plan/check.ts'
import {
  advance as advanceSteps,
  begin,
  type Course,
  type Facts,
  standing as standingIn,
  stepsOf,
  watched,
} from '../../../core/routing/plan/course.ts'
import { rehearse } from '../../../core/routing/plan/rehearsal.ts'

const S = 1_000
const advance = (of: Plan, course: Course, facts: Facts, now: number) => {
  const steps = stepsOf(of)
  const all = advanceSteps(steps, course, facts, now)
  return { ...all, watch: all.over === null ? [...watched(steps, all.course).keys()].sort() : [] }
}
const standing = (of: Plan, course: Course) => standingIn(stepsOf(of), course)
const HOUR = 3_600 * S
const office = Hours.parse({ zone: 'UTC', weekly: { thu: [{ from: '09:00', to: '17:00' }] } })
/** The first day of 1970 was a Thursday. */
const NINE = 9 * HOUR
const none: Facts = { queues: {}, hours: { office } }
const waiting = (n: number): Facts => ({
  ...none,
  queues: { billing: { waiting: n, agents: 2, predicted: n * 60 * S } },
})

const plan = Plan.parse({
  name: 'Billing',
  steps: [
    { after: 0, when: [{ is: 'hours', hours: 'office', open: false }], plan: 'night' },
    { after: 0, queues: [{ queue: 'billing', need: { level: 3, skills: { refund: 2 }, where: 'lang = zh' } }] },
    { after: 0, when: [{ is: 'waiting', queue: 'billing', least: 10 }], offer: 'callback', say: 'It takes a while.' },
    { after: 30 * S, also: [{ queue: 'general' }], relax: { lower: 2, waive: ['lang'] }, raise: 5 },
  ],
  fallback: { after: 300 * S, notice: 'Please leave a message.' },
})

describe('a plan', () => {
  it('RT7: begins where it says, wakes when its next step is due, and ends', () => {
    const first = advance(plan, begin(NINE), none, NINE)
    expect(first).toMatchObject({ took: [{ after: 0 }], wakeAt: NINE + 30 * S, watch: ['billing'], over: null })
    expect(standing(plan, first.course)).toEqual({
      queues: { billing: { level: 3, skills: { refund: 2 }, where: 'lang = zh' } },
      raise: 0,
      offer: null,
    })
    const second = advance(plan, first.course, none, NINE + 30 * S)
    expect(second).toMatchObject({ wakeAt: NINE + 300 * S, watch: [], over: null })
    expect(standing(plan, second.course)).toEqual({
      queues: { billing: { level: 1, skills: { refund: 0 } }, general: { level: 0, skills: {} } },
      raise: 5,
      offer: null,
    })
    const last = advance(plan, second.course, none, NINE + 300 * S)
    expect(last).toMatchObject({ wakeAt: null, watch: [], over: { end: 'Please leave a message.' } })
  })

  it('RT7: takes a watched step when its queue tells figures, once, and not after a later one', () => {
    const first = advance(plan, begin(NINE), waiting(3), NINE)
    const told = advance(plan, first.course, waiting(10), NINE + 5 * S)
    expect(told.took).toMatchObject([{ offer: 'callback' }])
    expect(advance(plan, told.course, waiting(12), NINE + 6 * S)).toMatchObject({ took: [], watch: [] })
    const late = advance(plan, first.course, waiting(3), NINE + 30 * S)
    expect(advance(plan, late.course, waiting(20), NINE + 31 * S).took).toEqual([])
  })

  it('RT7: goes on with another plan outside of opening hours, and looks again when they change', () => {
    expect(advance(plan, begin(0), none, 0)).toMatchObject({ over: { plan: 'night' }, wakeAt: null })
    const closing = NINE + 8 * HOUR
    const evening = Plan.parse({
      name: 'Evening',
      steps: [
        { after: 0, queues: [{ queue: 'billing' }] },
        { after: 0, when: [{ is: 'hours', hours: 'office', open: false }], end: 'We have closed.' },
      ],
    })
    const first = advance(evening, begin(closing - S), none, closing - S)
    expect(first).toMatchObject({ wakeAt: closing, over: null })
    expect(advance(evening, first.course, none, closing).over).toEqual({ end: 'We have closed.' })
  })

  it.each<[object, object, boolean]>([
    [{ is: 'agents', most: 0 }, { agents: 0 }, true],
    [{ is: 'agents', most: 0 }, { agents: 1 }, false],
    [{ is: 'agents', most: 0 }, {}, false],
    [{ is: 'predicted', least: 60_000 }, { predicted: 60_000 }, true],
    [{ is: 'predicted', least: 60_000 }, { predicted: null }, false],
    [{ is: 'waiting', least: 2, most: 4 }, { waiting: 5 }, false],
    [{ is: 'waiting', least: 2, most: 4 }, { waiting: 2 }, true],
  ])('RT7: %j of %j: %s; what is not known holds in no way', (condition, figures, expected) => {
    const asked = Plan.parse({
      name: 'Asks',
      steps: [
        { after: 0, queues: [{ queue: 'q' }] },
        { after: 0, when: [{ queue: 'q', ...condition }], raise: 1 },
      ],
    })
    const facts = { hours: {}, queues: { q: { waiting: null, agents: null, predicted: null, ...figures } } }
    expect(advance(asked, begin(0), facts, 0).took).toHaveLength(expected ? 2 : 1)
  })

  it('RT7: looked at only when it says, or when watched figures change, it does all that a look at each moment would', () => {
    const when = fc.oneof(
      fc.constant([]),
      fc
        .record({ is: fc.constant('waiting'), queue: fc.constantFrom('a', 'b'), least: fc.nat({ max: 3 }) })
        .map((c) => [c]),
      fc.record({ is: fc.constant('hours'), hours: fc.constant('office'), open: fc.boolean() }).map((c) => [c]),
    )
    const step = fc.record({ wait: fc.nat({ max: 3 }), when, leads: fc.constantFrom({}, {}, {}, { end: 'over' }) })
    const plans = fc.array(step, { minLength: 1, maxLength: 5 }).map((steps) => {
      let after = 0
      const timed = steps.map(({ wait, when, leads }, i) => {
        after += wait * S
        return { after, when, raise: i, ...leads }
      })
      return Plan.parse({ name: 'By chance', steps: timed })
    })
    const told = fc.array(fc.record({ queue: fc.constantFrom('a', 'b'), waiting: fc.nat({ max: 4 }) }), {
      maxLength: 12,
    })
    const begins = fc.constantFrom(NINE - 5 * S, NINE, NINE + 8 * HOUR - 3 * S)
    fc.assert(
      fc.property(plans, told, begins, (chosen, news, from) => {
        const follow = (everySecond: boolean) => {
          let at = advance(chosen, begin(from), none, from)
          let facts = none
          const seen = at.took.map((each) => [from, each.raise])
          for (let now = from + S; now <= from + 20 * S; now += S) {
            const change = news[(now - from) / S - 1]
            if (change !== undefined) {
              const figures = { waiting: change.waiting, agents: null, predicted: null }
              facts = { ...facts, queues: { ...facts.queues, [change.queue]: figures } }
            }
            const isTold = change !== undefined && at.watch.includes(change.queue)
            if (at.over !== null || !(everySecond || isTold || (at.wakeAt !== null && at.wakeAt <= now))) continue
            expect(at.wakeAt ?? now).toBeGreaterThanOrEqual(everySecond ? 0 : now)
            at = advance(chosen, at.course, facts, now)
            seen.push(...at.took.map((each) => [now, each.raise]))
          }
          return seen
        }
        expect(follow(false)).toEqual(follow(true))
      }),
      { numRuns: 300 },
    )
  })

  it('RT7: what was stored before there were conditions is a plan, and takes the same course', () => {
    const stored = Plan.parse({
      name: 'Old',
      steps: [
        { after: 0, queues: [{ queue: 'billing', need: { level: 2 } }] },
        { after: 20 * S, queues: [{ queue: 'general' }], raise: 3 },
      ],
      fallback: { after: 60 * S, notice: 'Nobody is free.' },
    })
    const read = Plan.parse(JSON.parse(JSON.stringify(stored)))
    const first = advance(read, begin(0), none, 0)
    expect(standing(read, first.course).queues).toEqual({ billing: { level: 2, skills: {} } })
    const second = advance(read, first.course, none, 20 * S)
    expect(standing(read, second.course)).toEqual({
      queues: { general: { level: 1, skills: {} } },
      raise: 3,
      offer: null,
    })
    expect(advance(read, second.course, none, 60 * S).over).toEqual({ end: 'Nobody is free.' })
  })
})

const { queues, agents } = Config.parse({
  organisation: 'Acme',
  queues: { billing: { name: 'Billing' } },
  plans: {},
  entrances: { chat: 'x' },
  agents: { ada: { name: 'Ada', queues: [{ queue: 'billing', level: 3 }], skills: { refund: 2 } } },
})
const here = [{ queue: 'billing' }]
const checked = (plans: Record<string, unknown>) => {
  const around: Around = {
    plans: Object.fromEntries(Object.entries(plans).map(([id, p]) => [id, Plan.parse(p)])),
    ...{ queues, agents, hours: { office } },
  }
  return checkPlans(around).map(({ weight, field, what }) => `${weight} ${field}: ${what}`)
}
const named = (steps: object[], fallback: object | null = { after: 60 * S, notice: '' }) => ({
  name: 'P',
  steps,
  fallback,
})

describe('the check of plans', () => {
  it('RT8: finds nothing wrong where nothing is', () => {
    expect(checked({ day: named([{ after: 0, queues: here }]) })).toEqual([])
  })

  it.each<[string, object[], string]>([
    ['nobody waits anywhere at first', [{ after: 5, queues: here }], 'plans.p.steps.0.after: the first step'],
    [
      'every step has conditions',
      [{ after: 0, when: [{ is: 'hours', hours: 'office', open: true }], queues: here }],
      'plans.p.steps.0: the first step',
    ],
    [
      'steps go back',
      [
        { after: 0, queues: here },
        { after: 9, raise: 1 },
        { after: 3, raise: 1 },
      ],
      'plans.p.steps.2.after: steps come',
    ],
    [
      'a step after the last',
      [
        { after: 0, end: 'x' },
        { after: 3, queues: here },
      ],
      'plans.p.steps.1: this step is never reached',
    ],
    [
      'an end with a way on',
      [
        { after: 0, queues: here },
        { after: 9, end: 'x', plan: 'p' },
      ],
      'plans.p.steps.1.end: a step goes on',
    ],
    ['an end that raises', [{ after: 0, end: 'x', raise: 1 }], 'plans.p.steps.0: a step that leaves'],
    [
      'no such queue',
      [{ after: 0, queues: here, also: [{ queue: 'nope' }] }],
      'plans.p.steps.0.also.0.queue: there is no queue nope',
    ],
    [
      'no such plan',
      [
        { after: 0, queues: here },
        { after: 9, plan: 'nope' },
      ],
      'plans.p.steps.1.plan: there is no plan nope',
    ],
    [
      'no such hours',
      [
        { after: 0, queues: here },
        { after: 0, when: [{ is: 'hours', hours: 'nope', open: true }] },
      ],
      'plans.p.steps.1.when.0.hours: there is no',
    ],
    [
      'a condition on no such queue',
      [
        { after: 0, queues: here },
        { after: 0, when: [{ is: 'agents', queue: 'nope', most: 0 }] },
      ],
      'plans.p.steps.1.when.0.queue: there is no',
    ],
    [
      'empty bounds',
      [
        { after: 0, queues: here },
        { after: 0, when: [{ is: 'waiting', queue: 'billing', least: 3, most: 2 }] },
      ],
      'plans.p.steps.1.when.0.least: no figure',
    ],
    ['a plan that leads to itself at once', [{ after: 0, plan: 'p' }], 'plans.p.steps.0.plan: p leads back'],
  ])('RT8: refuses it when %s', (_, steps, expected) => {
    const refused = checked({ p: named(steps, null) }).filter((line) => line.startsWith('refused'))
    expect(refused).toEqual([expect.stringContaining(`refused ${expected}`)])
  })

  it('RT8: refuses plans that go in circles without any waiting, and lets those pass that wait', () => {
    const open = [{ is: 'hours', hours: 'office', open: true }]
    const circle = (after: number) => ({
      day: named([
        { after: 0, plan: 'night', when: open },
        { after: 0, queues: here },
      ]),
      night: named(
        [
          { after: 0, queues: here },
          { after, plan: 'day' },
        ],
        null,
      ),
    })
    expect(checked(circle(0)).filter((line) => line.startsWith('refused'))).toHaveLength(2)
    expect(checked(circle(5 * S))).toEqual([])
  })

  it('RT8: warns of a wait without an end, and of a need that nobody meets', () => {
    expect(checked({ p: named([{ after: 0, queues: here }], null) })).toEqual([
      expect.stringContaining('warned plans.p: '),
    ])
    const need = { level: 1, skills: {}, where: 'refund >= 3' }
    expect(checked({ p: named([{ after: 0, queues: [{ queue: 'billing', need }] }]) })).toEqual([
      'warned plans.p.steps.0.queues.0.need: no agent in billing meets this',
    ])
    const around = {
      a: named(
        [
          { after: 0, queues: here },
          { after: 5, plan: 'b' },
        ],
        null,
      ),
    }
    expect(
      checked({
        ...around,
        b: named(
          [
            { after: 0, queues: here },
            { after: 5, plan: 'a' },
          ],
          null,
        ),
      }),
    ).toHaveLength(2)
    expect(checked({ ...around, b: named([{ after: 0, end: 'Bye' }], null) })).toEqual([])
  })
})

describe('the rehearsal of a plan', () => {
  const night = Plan.parse({
    name: 'Night',
    steps: [{ after: 0, queues: [{ queue: 'general' }], raise: 1, say: 'We are few at night.' }],
    fallback: { after: 60 * S, notice: 'Write tomorrow.' },
  })
  const scene = { plans: { day: plan, night }, hours: { office }, figures: {}, length: 600 * S }

  it('RT9: says what happens when to who is not served, by day', () => {
    const figures = { billing: { waiting: 12, agents: 1, predicted: null } }
    expect(rehearse({ ...scene, figures, from: NINE }, 'day')).toMatchObject([
      {
        after: 0,
        waits: [{ queue: 'billing', asks: 'lang = zh and level >= 3 and refund >= 2' }],
        says: ['It takes a while.'],
        offer: 'callback',
      },
      {
        after: 30 * S,
        waits: [
          { queue: 'billing', asks: 'level >= 1' },
          { queue: 'general', asks: 'anybody' },
        ],
        raise: 5,
        end: null,
      },
      { after: 300 * S, waits: [], end: 'Please leave a message.' },
    ])
    expect(rehearse({ ...scene, from: NINE }, 'day')[0]?.offer).toBeNull()
    expect(rehearse({ ...scene, from: NINE, length: 60 * S }, 'day')).toHaveLength(2)
  })

  it('RT9: follows it into another plan, whose time begins then', () => {
    expect(rehearse({ ...scene, from: 0 }, 'day')).toMatchObject([
      { after: 0, plan: 'day', waits: [], leads: 'night' },
      { after: 0, plan: 'night', waits: [{ queue: 'general' }], says: ['We are few at night.'], raise: 1 },
      { after: 60 * S, plan: 'night', end: 'Write tomorrow.' },
    ])
  })
})

/** How a conversation follows its plan: conditions, what steps do, where they lead, what the customer is told. */
import { describe, expect, it } from 'vitest'
import { type Hours, Hours as HoursSchema } from '../../core/protocol/config.ts'
import type { Message } from '../../core/protocol/messages.ts'
import { Plan } from '../../core/protocol/plan.ts'
import { queue } from '../support/harness.ts'
import { book, codeOf, customer, type PlanInput, pinned, queueName, startOf, Talk, thread } from '../support/talk.ts'

const S = 1_000
const MINUTE = 60_000
const sales = [{ queue: 'sales' }]
const care = [{ queue: 'care' }]
const waitsIn = (t: Talk) => Object.keys(t.talk.sent)
const figures = (t: Talk, id: string, more: { waiting?: number; agents?: number; predicted?: number }) =>
  t.h.receive(queueName(id), {
    ...{ type: 'figures', queue: queue(id), waiting: null, agents: null, predicted: null },
    ...more,
  })

const byFigures: PlanInput = {
  name: 'By figures',
  steps: [
    { after: 0, when: [{ is: 'agents', queue: 'sales', most: 0 }], plan: 'away' },
    { after: 0, queues: sales },
    { after: 10 * S, when: [{ is: 'waiting', queue: 'care', most: 2 }], also: care, raise: 2 },
  ],
}

const away = Plan.parse({ name: 'Away', steps: [{ after: 0, queues: care }] })

describe('a plan that depends on queues', () => {
  it('RT13: asks them first, and waits where their answer says', async () => {
    const t = new Talk(byFigures, {}, { plans: { away } })
    t.say()
    expect(await t.h.sentOf('ask-figures')).toMatchObject([
      { conditions: [{ is: 'agents', most: 0 }] },
      { conditions: [{ is: 'waiting', most: 2 }] },
    ])
    expect([waitsIn(t), t.view('public').status]).toEqual([[], 'waiting'])
    figures(t, 'sales', { agents: 0 })
    expect(waitsIn(t)).toEqual(['care'])
  })

  it('RT13: an answer that does not come is waited for two seconds', () => {
    const t = new Talk(byFigures, {}, { plans: { away } })
    t.say()
    t.h.evict()
    t.h.advance(1_999)
    expect(waitsIn(t)).toEqual([])
    t.h.advance(1)
    expect(waitsIn(t)).toEqual(['sales'])
  })

  it('RT13: goes on when a queue tells that a condition has turned, and has it told no more then', async () => {
    const t = new Talk(byFigures, {}, { plans: { away } })
    t.say()
    figures(t, 'sales', { agents: 3 })
    figures(t, 'care', { waiting: 9 })
    t.h.advance(20 * S)
    expect(waitsIn(t)).toEqual(['sales'])
    expect(t.h.timers().filter((name) => name === 'step')).toEqual([])
    await t.h.sent()
    figures(t, 'care', { waiting: 2 })
    expect(waitsIn(t).sort()).toEqual(['care', 'sales'])
    expect(t.view('staff').priority).toBe(2)
    expect(await t.h.sentOf('ask-figures')).toMatchObject([{ conditions: [] }])
  })

  it('RT13: whoever is found, or leaves, watches no longer', async () => {
    const t = new Talk(byFigures, {}, { plans: { away } })
    t.say()
    await t.h.sent()
    t.h.command(customer, 'leave', {})
    expect((await t.h.sentOf('ask-figures')).map(({ conditions }) => conditions)).toEqual([[], []])
    figures(t, 'sales', { agents: 0 })
    expect(t.talk.figures).toEqual({})
  })
})

describe('what a step does', () => {
  const lead: PlanInput = {
    name: 'Lead',
    steps: [
      { after: 0, queues: sales, raise: 1 },
      { after: 5 * S, plan: 'night' },
    ],
  }
  const night = Plan.parse({
    name: 'Night',
    steps: [{ after: 0, queues: care, raise: 2, say: 'We are few at night.' }],
    fallback: { after: 60 * S, notice: 'Please write tomorrow.' },
  })

  it('RT14: leads to another plan, whose time begins then; points stay', () => {
    const t = new Talk(lead, {}, { plans: { night } })
    t.say()
    t.h.advance(5 * S)
    expect([waitsIn(t), t.view('staff').priority]).toEqual([['care'], 3])
    expect(t.log.at(-2)?.body).toMatchObject({ from: { role: 'system' }, body: { text: 'We are few at night.' } })
    t.h.evict()
    t.h.advance(60 * S)
    expect(t.view('public')).toMatchObject({ status: 'fallback', notice: 'Please write tomorrow.' })
  })

  it('RT14: by opening hours, it looks again when they change', () => {
    const now = new Talk().h.now
    const clock = (at: number) => new Date(at).toISOString().slice(11, 16)
    const day = { from: '00:00', to: clock(now + 2 * MINUTE) }
    const office: Hours = HoursSchema.parse({ zone: 'UTC', weekly: { thu: [day] } })
    const plan: PlanInput = {
      name: 'Day',
      steps: [
        { after: 0, queues: sales },
        { after: 0, when: [{ is: 'hours', hours: 'office', open: false }], end: 'We have closed.' },
      ],
    }
    const t = new Talk(plan, {}, { hours: { office } })
    t.say()
    expect(t.view('public').status).toBe('waiting')
    t.h.advance(2 * MINUTE)
    expect(t.view('public')).toMatchObject({ status: 'fallback', notice: 'We have closed.' })
  })

  const message: PlanInput = {
    name: 'Message',
    steps: [
      { after: 0, queues: sales },
      { after: 10 * S, offer: 'message' },
    ],
    fallback: { after: 60 * S, notice: 'Nobody is free.' },
  }
  const left = { text: 'Call me back', name: 'Mia', email: 'mia@example.com' }

  it('RT14: offers to leave a message; then the wait has no end, and its agent knows that nobody sits and waits', () => {
    const t = new Talk(message)
    t.say()
    expect(t.view('public').offer).toBeUndefined()
    t.h.advance(10 * S)
    expect(t.view('public').offer).toBe('message')
    expect(codeOf(t.h.command(customer, 'leave-message', left))).toBe('ok')
    expect(t.view('public').offer).toBeUndefined()
    t.h.advance(3_600 * S)
    expect([t.view('public').status, waitsIn(t)]).toEqual(['waiting', ['sales']])
    t.claim('ada')
    expect(t.talk.left).toBe(true)
    t.accept('ada')
    expect(t.talk.left).toBe(false)
  })

  const first = (by: object): PlanInput => ({
    name: 'First',
    steps: [{ after: 0, queues: sales, prefer: { ring: 20 * S, ...by } as never }],
  })

  it('RT15: rings at who served this customer last; declined, it waits in the queues of the step', async () => {
    const t = new Talk()
    t.h.state.talk.patch({ begun: null })
    t.h.receive(thread, { ...startOf(pinned(first({ by: 'last' }))), lastAgent: 'ada' as never })
    t.h.state.known.patch({ pinned: pinned(first({ by: 'last' })) })
    t.say()
    expect(await t.h.sentOf('assign')).toMatchObject([{ ring: 20 * S, force: false, lease: 1 }])
    expect([t.talk.offer?.agent, waitsIn(t)]).toEqual(['ada', []])
    t.decline('ada')
    expect([t.talk.offer, waitsIn(t)]).toEqual([null, ['sales']])
    expect(await t.h.sentOf('assign')).toEqual([])
  })

  it.each([
    ['ada', 'ada'],
    ['no agent!', undefined],
    [7, undefined],
  ])('RT15: rings at whom the customer brings along as %s: %s', (manager, expected) => {
    const t = new Talk(first({ by: 'attribute', name: 'manager' }))
    const { begun } = t.talk
    if (begun === null) throw new Error('not begun')
    t.h.state.talk.patch({ begun: { ...begun, customer: { ...begun.customer, attributes: { manager } } } })
    t.say()
    expect(t.talk.offer?.agent).toBe(expected)
  })

  it('RT15: a thread remembers who had the conversation that ended', async () => {
    const t = new Talk()
    t.ownedBy('ada')
    t.h.command(customer, 'leave', {})
    expect(await t.h.sentOf('current')).toMatchObject([{ open: false, agent: 'ada' }])
  })
})

describe('a search that an earlier program has begun', () => {
  it('RT7: goes on where it was', () => {
    const plan = {
      name: 'Old',
      steps: [
        { after: 0, queues: sales },
        { after: 30 * S, queues: care, raise: 2 },
      ],
    }
    const t = new Talk(plan)
    t.say()
    const { seek } = t.talk
    if (seek === null) throw new Error('nobody is sought')
    const { steps, t0 } = JSON.parse(JSON.stringify(seek))
    t.h.state.talk.patch({ seek: { steps, t0, step: 0 } })
    expect(waitsIn(t)).toEqual(['sales'])
    t.h.advance(30 * S)
    expect([waitsIn(t), t.view('staff').priority]).toEqual([['care'], 2])
  })
})

describe('the expected wait', () => {
  const place = (t: Talk, id: string, at: number, minutes?: number): void => {
    const wait = minutes === undefined ? undefined : minutes * MINUTE
    const message: Message = { type: 'place', queue: queue(id), stay: t.talk.stay, place: at }
    t.h.receive(
      queueName(id),
      wait === undefined ? message : { ...message, wait: { low: wait, expected: wait, high: wait } },
    )
  }

  it('RT10: is told as that of the soonest queue, and of none where nobody knows', () => {
    const t = new Talk({ name: 'Two', steps: [{ after: 0, queues: [...sales, ...care] }] })
    t.say()
    place(t, 'sales', 4)
    expect(t.view('public').wait).toBeUndefined()
    place(t, 'sales', 4, 15)
    place(t, 'care', 2, 5)
    expect([t.view('public').wait, t.view('staff').wait]).toEqual([
      { from: 3, to: 5 },
      { from: 3, to: 5 },
    ])
    t.claim('ada')
    t.accept('ada')
    expect(t.view('public').wait).toBeUndefined()
  })

  it('RT11: rises by one step at most within one wait, also when an offer was declined in between', () => {
    const t = new Talk()
    t.say()
    place(t, 'sales', 2, 5)
    place(t, 'sales', 2, 45)
    expect(t.view('public').wait).toEqual({ from: 5, to: 7 })
    t.claim('ada')
    t.decline('ada')
    place(t, 'sales', 2, 120)
    expect(t.view('public').wait).toEqual({ from: 5, to: 7 })
    t.h.receive(book, { type: 'plan', pinned: pinned() })
    expect(t.view('public').wait).toEqual({ from: 5, to: 7 })
  })
})

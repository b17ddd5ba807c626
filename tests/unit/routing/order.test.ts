import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  byContactOrder,
  byShownOrder,
  type Comparable,
  ContactOrder,
  mayStarve,
  orderKey,
} from '../../../core/routing/contacts.ts'
import { byRank, rank } from '../../../core/routing/rank.ts'

const MINUTE = 60_000
const contacts: readonly Comparable[] = [
  { conversation: 'old', since: 0, priority: 0 },
  { conversation: 'vip', since: 4 * MINUTE, priority: 0, grade: 3 },
  { conversation: 'raised', since: 5 * MINUTE, priority: 4, channel: 'chat' },
  { conversation: 'call', since: 6 * MINUTE, priority: 0, channel: 'voice', deadline: 7 * MINUTE },
  { conversation: 'gold', since: 7 * MINUTE, priority: 0, attributes: { plan: 'gold', basket: 300 } },
  { conversation: 'iron', since: 7 * MINUTE, priority: 0, attributes: { plan: 'iron', basket: 20 } },
]
const sorted = (order: ContactOrder) =>
  [...contacts].sort(byContactOrder(ContactOrder.parse(order))).map(({ conversation }) => conversation)

const contact: fc.Arbitrary<Comparable> = fc.record(
  {
    conversation: fc.string({ minLength: 1, maxLength: 3 }),
    since: fc.integer({ min: 0, max: 3 }).map((n) => n * MINUTE),
    priority: fc.integer({ min: 0, max: 2 }),
    grade: fc.integer({ min: 0, max: 2 }),
    deadline: fc.integer({ min: 0, max: 2 }),
    channel: fc.constantFrom('chat', 'voice', 'mail'),
    attributes: fc.dictionary(fc.constantFrom('plan', 'basket'), fc.constantFrom('gold', 'iron', 'wood', 1, 2)),
  },
  { requiredKeys: ['conversation', 'since', 'priority'] },
)
const direction = fc.constantFrom('asc' as const, 'desc' as const)
const order: fc.Arbitrary<ContactOrder> = fc.oneof(
  fc.constant<ContactOrder>({
    by: 'score',
    boosts: [
      { by: 'grade', minutes: 2 },
      { by: 'channel', values: { voice: 5 } },
      { by: 'attribute', name: 'plan', minutes: 1, values: { gold: 3 } },
    ],
  }),
  fc
    .array(
      fc.oneof(
        fc.record({ by: fc.constantFrom('grade', 'priority', 'waiting', 'deadline'), direction }),
        fc.record({
          by: fc.constant('channel' as const),
          values: fc.shuffledSubarray(['voice', 'chat'], { minLength: 1 }),
        }),
        fc.record({
          by: fc.constant('attribute' as const),
          name: fc.constantFrom('plan', 'basket'),
          direction,
          values: fc.subarray(['gold', 'iron'], { minLength: 1 }),
        }),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((list) => ({ by: 'list' as const, list })),
)

describe('the order of contacts', () => {
  it('RT20: is told by what a row shows of it', () => {
    const rowOf = (by: ContactOrder, each: Comparable) => {
      const { conversation, since, priority } = each
      const row = { conversation, rank: rank(since, priority), ...orderKey(by)(each) }
      return { ...row, ...JSON.parse(JSON.stringify(row)) }
    }
    fc.assert(
      fc.property(order, fc.array(contact, { maxLength: 8 }), (by, all) => {
        const shown = all.map((each) => rowOf(by, each)).sort(byShownOrder)
        const real = [...all].sort(byContactOrder(by)).map((each) => rowOf(by, each))
        expect(shown).toEqual(real)
      }),
    )
    expect(orderKey({ by: 'score', boosts: [] })({ conversation: 'x', since: 0, priority: 0 })).toEqual({})
  })

  it('RT4: by score, age with priority and boosts', () => {
    expect(sorted({ by: 'score', boosts: [] })).toEqual(['old', 'raised', 'vip', 'call', 'gold', 'iron'])
    const boosts: ContactOrder = {
      by: 'score',
      boosts: [
        { by: 'grade', minutes: 2 },
        { by: 'channel', values: { voice: 6.5 } },
        { by: 'attribute', name: 'plan', minutes: 0, values: { gold: 30 } },
        { by: 'attribute', name: 'basket', minutes: 0.01, values: {} },
      ],
    }
    expect(sorted(boosts)).toEqual(['gold', 'vip', 'call', 'old', 'raised', 'iron'])
  })

  it.each<[ContactOrder & { by: 'list' }, string]>([
    [{ by: 'list', list: [{ by: 'waiting', direction: 'desc' }] }, 'old vip raised call gold iron'],
    [{ by: 'list', list: [{ by: 'waiting', direction: 'asc' }] }, 'gold iron call raised vip old'],
    [{ by: 'list', list: [{ by: 'grade', direction: 'desc' }] }, 'vip old raised call gold iron'],
    [{ by: 'list', list: [{ by: 'deadline', direction: 'desc' }] }, 'call old raised vip gold iron'],
    [{ by: 'list', list: [{ by: 'channel', values: ['voice', 'chat'] }] }, 'call raised old vip gold iron'],
    [
      { by: 'list', list: [{ by: 'attribute', name: 'plan', direction: 'desc', values: ['gold', 'iron'] }] },
      'iron gold old raised vip call',
    ],
    [{ by: 'list', list: [{ by: 'attribute', name: 'basket', direction: 'asc' }] }, 'iron gold old raised vip call'],
    [
      {
        by: 'list',
        list: [
          { by: 'priority', direction: 'desc' },
          { by: 'grade', direction: 'desc' },
          { by: 'waiting', direction: 'asc' },
        ],
      },
      'raised vip gold iron call old',
    ],
  ])('RT4: by %j', (list, expected) => {
    expect(sorted(list).join(' ')).toBe(expected)
  })

  it('RT4: whatever the configuration, it is total and the same for everybody', () => {
    fc.assert(
      fc.property(order, contact, contact, contact, (o, a, b, c) => {
        const compare = byContactOrder(o)
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) || 0)
        if (a.conversation !== b.conversation) expect(compare(a, b)).not.toBe(0)
        if (compare(a, b) < 0 && compare(b, c) < 0) expect(compare(a, c)).toBeLessThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it('RT4: without boosts it is the rank that queues and agents have always had', () => {
    fc.assert(
      fc.property(contact, contact, (a, b) => {
        expect(Math.sign(byContactOrder({ by: 'score', boosts: [] })(a, b))).toBe(Math.sign(byRank(a, b)))
      }),
    )
  })

  it('RT4: only by score, or with the longest wait first, can nobody wait for ever', () => {
    expect(mayStarve({ by: 'score', boosts: [] })).toBe(false)
    expect(mayStarve({ by: 'list', list: [{ by: 'waiting', direction: 'desc' }] })).toBe(false)
    expect(mayStarve({ by: 'list', list: [{ by: 'waiting', direction: 'asc' }] })).toBe(true)
    expect(mayStarve({ by: 'list', list: [{ by: 'grade', direction: 'desc' }] })).toBe(true)
  })
})

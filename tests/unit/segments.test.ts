/** From entries to segments. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StaffEntry } from '../../core/protocol/conversation.ts'
import { foldEntry, type Open, segmentsOf } from '../../core/segments/fold.ts'
import { recordsOf } from '../../core/segments/records.ts'

type Body = StaffEntry['body']

/** Entries a second apart, numbered from 1. */
const entries = (...bodies: Body[]): StaffEntry[] =>
  bodies.map((body, i) => ({
    stream: 'staff',
    seq: i + 1,
    pub: null,
    at: 1_000 * (i + 1),
    id: `command${i}`,
    from: { role: 'system' },
    body,
  }))

/** One line for each segment. */
const lines = (...bodies: Body[]) =>
  segmentsOf(entries(...bodies)).map(({ id, agent, beganAt, endedAt, outcome }) => {
    const times = `${beganAt / 1_000}-${endedAt === null ? '' : endedAt / 1_000}`
    return [id, agent, times, outcome].filter((part) => part !== null).join(' ')
  })

const waiting = (...queues: string[]): Body => ({ type: 'waiting', queues, step: 0 })
const offered = (agent: string, lease: number, via?: string): Body =>
  via === undefined ? { type: 'offered', agent, lease } : { type: 'offered', agent, lease, via }
const declined = (agent: string, lease: number, how: 'declined' | 'missed' = 'declined'): Body => ({
  type: 'declined',
  agent,
  lease,
  why: 'at lunch',
  how,
})
const joined: Body = { type: 'joined', name: 'Ada' }
const left: Body = { type: 'left', name: 'Ada' }
const closed = (by: 'customer' | 'agent' | 'system'): Body => ({ type: 'closed', by })

describe('the segments of a conversation', () => {
  it('RC1: are its stays, each with what began and what ended it', () => {
    const rows = segmentsOf(entries(waiting('sales'), offered('ada', 1, 'sales'), joined, closed('agent')))
    expect(rows).toMatchObject([
      { id: 'queue:1:sales', version: 3, queue: 'sales', agent: 'ada', outcome: 'answered', first: 1, last: 3 },
      { id: 'ring:2', version: 3, queue: 'sales', agent: 'ada', lease: 1, outcome: 'accepted', first: 2, last: 3 },
      { id: 'talk:3', version: 4, queue: 'sales', agent: 'ada', lease: 1, outcome: 'closed-by-agent', last: 4 },
    ])
  })

  it('RC1: wait on in their queue while agents decline and miss', () => {
    expect(lines(waiting('sales'), offered('ada', 1, 'sales'), declined('ada', 1), offered('ben', 2, 'sales'))).toEqual(
      ['queue:1:sales 1-', 'ring:2 ada 2-3 declined', 'ring:4 ben 4-'],
    )
    expect(lines(waiting('sales'), offered('ada', 1, 'sales'), declined('ada', 1, 'missed'))).toContain(
      'ring:2 ada 2-3 missed',
    )
  })

  it('RC1: tell the queue that was served from those it also waited in', () => {
    expect(lines(waiting('sales', 'care'), offered('ada', 1, 'care'), joined)).toEqual([
      'queue:1:sales 1-3 elsewhere',
      'queue:1:care ada 1-3 answered',
      'ring:2 ada 2-3 accepted',
      'talk:3 ada 3-',
    ])
  })

  it('RC1: leave the queues that the next step does not name', () => {
    expect(lines(waiting('sales', 'care'), waiting('care', 'night'), closed('customer'))).toEqual([
      'queue:1:sales 1-2 moved',
      'queue:1:care 1-3 abandoned',
      'queue:2:night 2-3 abandoned',
    ])
  })

  it('RC1: tell a hand-over from a transfer, a loss and an offer by hand', () => {
    const talk = [waiting('sales'), offered('ada', 1, 'sales'), joined]
    const transfer: Body = { type: 'transferred', to: 'care', warm: false }
    expect(lines(...talk, transfer, left, waiting('care')).slice(2)).toEqual([
      'talk:3 ada 3-4 transferred',
      'queue:6:care 6-',
    ])
    const warm: Body = { type: 'transferred', to: 'care', warm: true }
    expect(lines(...talk, warm, waiting('care'), offered('ben', 2, 'care'), left, joined).slice(2)).toEqual([
      'talk:3 ada 3-7 handed-over',
      'queue:5:care ben 5-8 answered',
      'ring:6 ben 6-8 accepted',
      'talk:8 ben 8-',
    ])
    const lost: Body = { type: 'lost', agent: 'ada', lease: 1 }
    expect(lines(...talk, lost, left, waiting('sales'))).toContain('talk:3 ada 3-4 lost')
    expect(lines(waiting('sales'), offered('ada', 1, 'sales'), offered('ben', 2), joined)).toEqual([
      'queue:1:sales 1-4 elsewhere',
      'ring:2 ada 2-3 withdrawn',
      'ring:3 ben 3-4 accepted',
      'talk:4 ben 4-',
    ])
  })

  it('RC1: do not call it abandoned when the customer leaves a talk', () => {
    const warm: Body = { type: 'transferred', to: 'care', warm: true }
    expect(
      lines(waiting('sales'), offered('ada', 1, 'sales'), joined, warm, waiting('care'), closed('customer')).slice(2),
    ).toEqual(['talk:3 ada 3-6 closed-by-customer', 'queue:5:care 5-6 withdrawn'])
  })

  it('RC1: stay in the fallback until somebody takes it, it waits again or is closed', () => {
    const fallback: Body = { type: 'fallback', to: 'Leave a message' }
    expect(lines(waiting('sales'), fallback, waiting('sales'), fallback, closed('customer'))).toEqual([
      'queue:1:sales 1-2 fallback',
      'fallback:2 2-3 resumed',
      'queue:3:sales 3-4 fallback',
      'fallback:4 4-5 closed-by-customer',
    ])
  })

  it('RC1: are laid aside and taken up again', () => {
    const talk = [waiting('sales'), offered('ada', 1, 'sales'), joined]
    const laid: Body = { type: 'snoozed', until: 9_000, why: 'agent' }
    const woken: Body = { type: 'woken', by: 'time' }
    expect(lines(...talk, laid, left, woken, waiting('sales'), offered('ada', 2), joined).slice(2)).toEqual([
      'talk:3 ada 3-4 laid-aside',
      'snooze:4 ada 4-6 woken',
      'queue:7:sales 7-9 elsewhere',
      'ring:8 ada 8-9 accepted',
      'talk:9 ada 9-',
    ])
    expect(lines({ type: 'snoozed', until: 9_000, why: 'hours' }, closed('customer'))).toEqual([
      'snooze:1 1-2 closed-by-customer',
    ])
  })

  it('RC1: begin with the flow that leads, until it passes on, is asked for a person, breaks, closes or is taken from', () => {
    const bot: Body = { type: 'bot', flow: 'menu', version: 3 }
    const ended = (how: 'passed-on' | 'hung-up' | 'person' | 'broken' | 'taken'): Body => ({ type: 'bot-ended', how })
    expect(lines(bot, ended('passed-on'), waiting('sales'))).toEqual(['bot:1 1-2 passed-on', 'queue:3:sales 3-'])
    expect(lines(bot, ended('person'))).toEqual(['bot:1 1-2 asked-for-person'])
    expect(lines(bot, ended('broken'))).toEqual(['bot:1 1-2 broken'])
    expect(lines(bot, ended('hung-up'), closed('system'))).toEqual(['bot:1 1-2 closed-by-system'])
    expect(lines(bot, offered('ada', 1), ended('taken'), joined)).toEqual([
      'bot:1 1-3 elsewhere',
      'ring:2 ada 2-4 accepted',
      'talk:4 ada 4-',
    ])
    expect(lines(bot, closed('customer'))).toEqual(['bot:1 1-2 closed-by-customer'])
    expect(lines(bot)).toEqual(['bot:1 1-'])
  })

  it('RC1: never end before they began, though a clock was set back', () => {
    const [first, second] = entries(waiting('sales'), closed('customer'))
    if (first === undefined || second === undefined) throw new Error('two were made')
    expect(segmentsOf([first, { ...second, at: 5 }])).toMatchObject([{ beganAt: 1_000, endedAt: 1_000 }])
  })
})

const queue = fc.constantFrom('sales', 'care', 'night')
const lease = fc.integer({ min: 1, max: 4 })
const agent = fc.constantFrom('ada', 'ben')
const body: fc.Arbitrary<Body> = fc.oneof(
  fc.uniqueArray(queue).map((queues) => waiting(...queues)),
  fc.tuple(agent, lease, fc.option(queue, { nil: undefined })).map(([who, n, via]) => offered(who, n, via)),
  fc.tuple(agent, lease).map(([who, n]) => declined(who, n)),
  fc.constantFrom(joined, left, closed('agent'), closed('customer')),
  fc.boolean().map((warm): Body => ({ type: 'transferred', to: 'care', warm })),
  fc.tuple(agent, lease).map(([who, n]): Body => ({ type: 'lost', agent: who, lease: n })),
  fc.constantFrom<Body>(
    { type: 'bot', flow: 'menu', version: 1 },
    { type: 'bot-ended', how: 'passed-on' },
    { type: 'bot-ended', how: 'taken' },
  ),
  fc.constantFrom<Body>({ type: 'fallback', to: '' }, { type: 'reopened' }, { type: 'message', text: 'Hello' }),
)

describe('any history', () => {
  it('RC2: comes to the same rows in whatever batches it is told', () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 30 }), fc.array(fc.integer({ min: 1, max: 6 })), (bodies, sizes) => {
        const all = entries(...bodies)
        const told = new Map<string, object>()
        let open: Open = []
        for (let from = 0, i = 0; from < all.length; i += 1) {
          const to = from + (sizes[i % Math.max(1, sizes.length)] ?? 3)
          const batch = recordsOf({ org: 'acme', id: 'c1' }, open, all.slice(from, to))
          open = batch.open
          for (const record of batch.records) if (record.type === 'segment') told.set(record.segment.id, record.segment)
          from = to
        }
        expect([...told.values()]).toEqual(expect.arrayContaining(segmentsOf(all)))
        expect(told.size).toBe(segmentsOf(all).length)
      }),
    )
  })

  it('RC2: has versions that grow, ids of its own, and an end for what is over', () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 30 }), (bodies) => {
        const versions = new Map<string, number>()
        let open: Open = []
        for (const entry of entries(...bodies)) {
          const folded = foldEntry(open, entry)
          for (const segment of folded.changed) {
            expect(segment.version).toBeGreaterThan(versions.get(segment.id) ?? 0)
            versions.set(segment.id, segment.version)
            expect(segment.endedAt === null).toBe(segment.outcome === null)
          }
          open = folded.open
          expect(open.every(({ endedAt }) => endedAt === null)).toBe(true)
        }
      }),
    )
  })
})

/** The expected wait as its customer reads it, whatever happens to the conversation while it waits. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { steps } from '../../core/routing/estimate.ts'
import { queue } from '../support/harness.ts'
import { book, pinned, queueName, Talk } from '../support/talk.ts'

const MINUTE = 60_000
const two = {
  name: 'Two',
  steps: [
    { after: 0, queues: [{ queue: 'sales' }] },
    { after: 60_000, also: [{ queue: 'care' }] },
  ],
}
const other = { name: 'Two', steps: [{ after: 0, queues: [{ queue: 'sales' }, { queue: 'billing' }] }] }

const event = fc.oneof(
  fc.record({
    is: fc.constant('told' as const),
    by: fc.constantFrom('sales', 'care', 'billing'),
    wait: fc.nat({ max: 300 }),
  }),
  fc.record({ is: fc.constantFrom('declined', 'published', 'evicted', 'time', 'writes') }),
)

it('RT11: within one wait nothing its customer reads is more than one step above anything read before', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const t = new Talk(two)
      t.say()
      let least = Number.POSITIVE_INFINITY
      let version = 1
      for (const each of events) {
        if ('wait' in each) {
          const wait = { low: (each.wait / 3) * MINUTE, expected: each.wait * MINUTE, high: each.wait * MINUTE }
          t.h.receive(queueName(each.by), { type: 'place', queue: queue(each.by), stay: t.talk.stay, place: 3, wait })
        } else if (each.is === 'declined') {
          t.claim('ada')
          t.decline('ada')
        } else if (each.is === 'published') {
          version += 1
          t.h.receive(book, { type: 'plan', pinned: { ...pinned(version % 2 === 0 ? other : two), version } })
        } else if (each.is === 'evicted') t.h.evict()
        else if (each.is === 'writes') t.say('Still here')
        else t.h.advance(20_000)
        const { status, wait } = t.view('public')
        expect(status).toBe('waiting')
        if (wait === undefined) continue
        const at = steps.findIndex((minutes) => minutes >= wait.to)
        expect(at).toBeLessThanOrEqual(least + 1)
        least = Math.min(least, at)
      }
    }),
    { numRuns: 300 },
  )
})

it('RT11: a queue that is gone begins no new wait, and what it had told is forgotten', () => {
  const t = new Talk(two)
  t.ownedBy('ada')
  t.asOwner('ada', 'transfer', { queue: 'billing', warm: false })
  const told = (by: string, wait: number) =>
    t.h.receive(queueName(by), {
      ...{ type: 'place', queue: queue(by), stay: t.talk.stay, place: 3 },
      wait: { low: wait, expected: wait, high: wait },
    })
  told('billing', 2 * MINUTE)
  expect(t.view('public').wait?.to).toBe(2)
  t.h.receive(queueName('billing'), { type: 'gone', queue: queue('billing'), version: 2 })
  expect(t.view('public')).toMatchObject({ place: null })
  expect(t.view('public').wait).toBeUndefined()
  told('sales', 200 * MINUTE)
  expect(t.view('public').wait?.to).toBe(3)
})

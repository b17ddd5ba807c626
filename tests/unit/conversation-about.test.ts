/** What staff note about a conversation, and what its customer thinks of it: CV19 and CV20. */
import { describe, expect, it } from 'vitest'
import type { Pinned } from '../../core/protocol/book-messages.ts'
import type { Result } from '../../core/result.ts'
import { staff } from '../support/harness.ts'
import { codeOf, customer, Talk } from '../support/talk.ts'

const more: Partial<Pinned> = {
  desk: {
    tags: ['vip', 'angry'],
    dispositions: {
      sold: { noteRequired: false, requires: ['order'] },
      spam: { noteRequired: true, requires: [] },
      lost: { noteRequired: false, requires: [], queues: ['billing'] },
      done: { noteRequired: false, requires: [] },
    },
    attributes: {
      order: { name: 'Order', type: 'text' },
      due: { name: 'Due', type: 'date' },
      size: { name: 'Size', type: 'list', values: ['small', 'large'] },
      total: { name: 'Total', type: 'number' },
    },
  },
  dispositionRequired: ['sales'],
}
const owned = () => {
  const t = new Talk(undefined, { prefer: 0 }, more)
  t.ownedBy('ada')
  return t
}
const refusal = (code: string, field: string) => ({ ok: false, error: { code, field } })

describe('tags', () => {
  it('CV19: are the configuration\u2019s, added and taken away, each once', () => {
    const t = owned()
    const tag = (body: object) => t.h.command(staff('ben'), 'tag', body)
    expect(codeOf(tag({ add: ['vip', 'vip', 'angry'] }))).toBe('ok')
    expect(codeOf(tag({ add: ['vip'], remove: ['angry'] }))).toBe('ok')
    expect(t.view('staff').tags).toEqual(['vip'])
    expect(t.types.filter((type) => type === 'tagged')).toHaveLength(2)
    expect(tag({ add: ['no-such'] })).toMatchObject(refusal('not_ready', 'add'))
    t.h.evict()
    expect(t.view('staff').tags).toEqual(['vip'])
  })
})

describe('a disposition', () => {
  const close = (t: Talk, disposition?: string): Result<unknown> =>
    t.asOwner('ada', 'close', disposition === undefined ? {} : { disposition })

  it('CV19: is asked for at the close where the queue wants one, and the refusal names the field', () => {
    const t = owned()
    expect(close(t)).toMatchObject(refusal('bad_input', 'disposition'))
    expect(t.talk.owner?.agent).toBe('ada')
    expect(codeOf(close(t, 'done'))).toBe('ok')
    expect(t.view('staff')).toMatchObject({ status: 'closed', disposition: 'done' })
  })

  it('CV19: wants its note, its attributes and its queue', () => {
    const t = owned()
    for (const one of ['spam', 'sold', 'lost']) expect(close(t, one)).toMatchObject(refusal('bad_input', 'disposition'))
    t.h.command(staff('ben'), 'note', { text: 'Nonsense' })
    expect(codeOf(t.asOwner('ada', 'dispose', { disposition: 'spam' }))).toBe('ok')
    t.h.command(staff('ben'), 'describe', { attributes: { order: '4711' } })
    expect(codeOf(close(t, 'sold'))).toBe('ok')
    // After the close, by whoever had it last.
    expect(codeOf(t.h.command(staff('ada'), 'dispose', { disposition: 'done' }))).toBe('ok')
    expect(codeOf(t.h.command(staff('ben'), 'dispose', { disposition: null }))).toBe('forbidden')
  })
})

describe('attributes', () => {
  it('CV19: hold what their type allows; null empties one', () => {
    const t = owned()
    const set = (attributes: object) => t.h.command(staff('ben'), 'describe', { attributes })
    expect(codeOf(set({ order: '4711', due: '2026-12-31', size: 'small', total: 7.5 }))).toBe('ok')
    expect(codeOf(set({ total: null }))).toBe('ok')
    expect(t.view('staff').attributes).toEqual({ order: '4711', due: '2026-12-31', size: 'small' })
    const bad: [string, unknown][] = [
      ['due', '2026-02-30'],
      ['size', 'huge'],
      ['total', '7'],
      ['order', 7],
    ]
    for (const [id, value] of bad) expect(set({ [id]: value })).toMatchObject(refusal('bad_input', `attributes.${id}`))
    expect(set({ constructor: 'x' })).toMatchObject(refusal('not_ready', 'attributes.constructor'))
  })
})

describe('a rating', () => {
  const rate = (t: Talk, rating: number, comment = '') => t.h.command(customer, 'rate', { rating, comment })

  it('CV20: is for a conversation that is over, replaces the one before, and is the customer\u2019s only', () => {
    const t = owned()
    expect(codeOf(rate(t, 5))).toBe('conflict')
    expect(t.view('public').rate).toBeUndefined()
    t.asOwner('ada', 'close', { disposition: 'done' })
    expect(t.view('public').rate).toMatchObject({ rating: null })
    expect(codeOf(rate(t, 2, 'Slow'))).toBe('ok')
    expect(codeOf(rate(t, 4, 'But kind'))).toBe('ok')
    expect(t.view('staff').rating).toMatchObject({ rating: 4, comment: 'But kind' })
    expect(t.types.filter((type) => type === 'rated')).toHaveLength(2)
    expect(rate(t, 6)).toMatchObject(refusal('bad_input', 'rating'))
  })

  it('CV20: comes within the time for it', () => {
    const t = owned()
    t.asOwner('ada', 'close', { disposition: 'done' })
    // Nothing is due meanwhile; a week of alarms would only send again what nobody takes here.
    t.h.clock.time += 7 * 86_400_000 + 1
    expect(codeOf(rate(t, 5))).toBe('closed')
  })
})

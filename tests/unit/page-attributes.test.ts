/** What a page says of its user: PC8 on the real models. */
import { expect, it } from 'vitest'
import { pinChat } from '../../core/book/model.ts'
import { conversationRecord } from '../../core/conversation/model.ts'
import { asId } from '../../core/ids.ts'
import type { Customer } from '../../core/protocol/actors.ts'
import { Config } from '../../core/protocol/config.ts'
import { detailRows } from '../../worker/db/details.ts'
import { input } from '../fixtures/config.ts'
import { org, staff } from '../support/harness.ts'
import { codeOf, customer, Talk } from '../support/talk.ts'

const config = Config.parse({
  ...input,
  attributes: {
    customer: {
      company: { name: 'Company', type: 'text' },
      size: { name: 'Size', type: 'list', values: ['small', 'large'] },
      seats: { name: 'Seats', type: 'number' },
    },
    conversation: { order: { name: 'Order', type: 'text' } },
  },
  widget: { preChat: [{ field: 'customer.company', required: true }, { field: 'customer.size' }] },
})
const { desk, asked } = pinChat({ version: 1, config }) ?? {}
const visitor: Customer = { id: asId('mia'), name: 'Visitor', verified: false }
const begin = (who: Customer = visitor) =>
  new Talk(undefined, {}, { ...(desk === undefined ? {} : { desk }), ...(asked === undefined ? {} : { asked }) }, who)
const set = (t: Talk, attributes: object) => t.h.command(customer, 'set-attributes', { attributes })
const detailsOf = (t: Talk) => t.view('staff').customer.details
const record = (t: Talk) => conversationRecord(t.h.state, { org, kind: 'conversation', id: 'c1' })

it('PC8: is told to staff and the record with the first word and then at once, each change once, to customers never', () => {
  const t = begin()
  expect(codeOf(set(t, { company: 'Acme', seats: 3 }))).toBe('ok')
  expect(detailsOf(t)).toEqual({ 'customer.company': 'Acme', 'customer.seats': 3 })
  // It is known by now, and nobody is asked for it.
  expect(t.view('public').ask?.map(({ field }) => field)).toEqual(['customer.size'])
  expect(t.log).toEqual([])
  t.h.evict()
  t.say('Hello')
  expect(t.types.slice(0, 2)).toEqual(['introduced', 'message'])
  set(t, { company: 'Acme', seats: 3 })
  expect(t.types.filter((type) => type === 'introduced')).toHaveLength(1)
  set(t, { company: 'Acme', seats: 4 })
  expect(t.log.at(-1)).toMatchObject({ pub: null, body: { body: { fields: { 'customer.seats': 4 }, page: true } } })
  expect(detailRows(record(t)).map(({ field, value }) => [field, value])).toEqual([
    ['customer.company', '"Acme"'],
    ['customer.seats', '4'],
  ])
})

it.each<[field: string, attributes: object]>([
  ['attributes.size', { company: 'Acme', size: 'huge' }],
  ['attributes.seats', { company: 'Acme', seats: '3' }],
  ['attributes.order', { company: 'Acme', order: '4711' }],
  ['attributes.constructor', { company: 'Acme', constructor: 'x' }],
])('PC8: refuses by %s, and changes nothing', (field, attributes) => {
  const t = begin()
  expect(set(t, attributes)).toMatchObject({ ok: false, error: { code: 'bad_input', field } })
  expect(detailsOf(t)).toEqual({})
})

it('PC8: cannot change what the shop says, and an older program that told no types takes nothing', () => {
  const t = begin({ ...visitor, verified: true, attributes: { company: 'Acme' } })
  expect(codeOf(set(t, { company: 'Evil', seats: 1 }))).toBe('ok')
  expect(detailsOf(t)).toMatchObject({ 'customer.company': 'Acme', 'customer.seats': 1 })
  const old = new Talk(
    undefined,
    {},
    { desk: { tags: [], dispositions: {}, attributes: {}, customers: { seats: {} } } },
  )
  expect(set(old, { seats: 1 })).toMatchObject({ ok: false, error: { field: 'attributes.seats' } })
})

it('PC8: what somebody takes away is gone, whatever else the page has said', () => {
  const t = begin()
  set(t, { company: 'Acme' })
  t.say('Hello')
  set(t, { seats: 4 })
  const [first] = t.log
  t.h.command(staff('sam', 'administrator'), 'remove', { entry: first?.seq, why: 'personal' })
  expect(detailsOf(t)).toEqual({ 'customer.seats': 4 })
  expect(detailRows(record(t)).map(({ field }) => field)).toEqual(['customer.seats'])
})

/** What is asked before the first word: PC1 to PC4 and PC6 on the real models. */
import { describe, expect, it } from 'vitest'
import { pinChat } from '../../core/book/model.ts'
import { mayAttach } from '../../core/conversation/files.ts'
import { conversationRecord } from '../../core/conversation/model.ts'
import { address, asId } from '../../core/ids.ts'
import type { Customer } from '../../core/protocol/actors.ts'
import type { Pinned } from '../../core/protocol/book-messages.ts'
import { Config, type ConfigInput } from '../../core/protocol/config.ts'
import type { Details } from '../../core/protocol/conversation.ts'
import { openThread, threadModel } from '../../core/thread/model.ts'
import { input } from '../fixtures/config.ts'
import { Harness, org, staff } from '../support/harness.ts'
import { codeOf, customer, pinned, Talk, thread } from '../support/talk.ts'

const config = (preChat: NonNullable<ConfigInput['widget']>['preChat']): Config =>
  Config.parse({
    ...input,
    attributes: {
      customer: {
        company: { name: 'Company', type: 'text' },
        size: { name: 'Size', type: 'list', values: ['small', 'large'] },
        news: { name: 'News', type: 'boolean' },
        since: { name: 'Since', type: 'date' },
        seats: { name: 'Seats', type: 'number' },
      },
      conversation: { order: { name: 'Order', type: 'text' } },
    },
    widget: { preChat },
  })
const formOf = (preChat: NonNullable<ConfigInput['widget']>['preChat']): Partial<Pinned> => {
  const pin = pinChat({ version: 1, config: config(preChat) })
  return { asked: pin?.asked ?? [], ...(pin?.desk === undefined ? {} : { desk: pin.desk }) }
}

const visitor: Customer = { id: asId('mia'), name: 'Visitor', verified: false }
/** Somebody whose chat begins with a form. */
function begin(preChat: NonNullable<ConfigInput['widget']>['preChat'], who: Customer = visitor): Talk {
  return new Talk(undefined, {}, formOf(preChat), who)
}
const wanted = (t: Talk) => t.view('public').ask?.map(({ field }) => field) ?? []
const introduce = (t: Talk, fields: Details) => t.h.command(customer, 'introduce', { fields })
const all = [
  { field: 'name', required: true },
  { field: 'email' },
  { field: 'phone' },
  { field: 'customer.company', label: { en: 'Your company', zh: '公司' } },
  { field: 'customer.size' },
  { field: 'customer.news', required: true },
  { field: 'customer.since' },
  { field: 'customer.seats' },
  { field: 'conversation.order' },
]

describe('the form', () => {
  it('PC1: asks what is configured, with the kind, the name and the choices of each attribute', () => {
    const t = begin(all)
    expect(t.view('public').ask).toMatchObject([
      { field: 'name', kind: 'name', required: true },
      { field: 'email', kind: 'email', required: false },
      { field: 'phone', kind: 'phone' },
      { field: 'customer.company', kind: 'text', name: 'Company', label: { en: 'Your company', zh: '公司' } },
      { field: 'customer.size', kind: 'list', values: ['small', 'large'] },
      { kind: 'boolean' },
      { kind: 'date' },
      { kind: 'number' },
      { field: 'conversation.order', kind: 'text', name: 'Order' },
    ])
    expect(begin([]).view('public').ask).toBeUndefined()
  })

  it('PC1: does not ask again what was said before, or what the shop says', () => {
    const before = { ...visitor, name: 'Mia', details: { name: 'Mia', 'customer.company': 'Acme' } }
    expect(
      wanted(begin([{ field: 'name' }, { field: 'customer.company' }, { field: 'conversation.order' }], before)),
    ).toEqual(['conversation.order'])
    const known = { ...visitor, verified: true, details: { email: 'm@example.org' }, attributes: { size: 'small' } }
    expect(wanted(begin(all, known))).toEqual(
      all.map(({ field }) => field).filter((field) => !['name', 'email', 'customer.size'].includes(field)),
    )
    const t = begin([{ field: 'name' }])
    t.say()
    expect(wanted(t)).toEqual([])
  })

  it('PC2: takes all answers at once, whatever comes twice', () => {
    const t = begin(all)
    const fields = {
      ...{ name: ' Mia ', email: 'mia@example.org', phone: '+49 30 1234', 'customer.company': 'Acme' },
      ...{ 'customer.size': 'large', 'customer.news': true, 'customer.since': '2020-02-29', 'customer.seats': 7 },
      'conversation.order': '4711',
    }
    const command = { id: 'the-form', name: 'introduce', body: { fields } }
    expect(codeOf(t.h.actor.command(customer, command))).toBe('ok')
    t.h.evict()
    expect(codeOf(t.h.actor.command(customer, command))).toBe('ok')
    expect(wanted(t)).toEqual([])
    expect(t.view('staff')).toMatchObject({
      customer: { name: 'Mia', details: { phone: '+49 30 1234', 'customer.company': 'Acme', 'customer.seats': 7 } },
      attributes: { order: '4711' },
    })
    expect(t.view('staff').customer.details).not.toHaveProperty('conversation.order')
    t.say()
    expect(t.types.filter((type) => type === 'introduced')).toHaveLength(1)
  })

  it.each<[field: string, fields: Details]>([
    ['fields.name', { 'customer.news': true }],
    ['fields.customer.news', { name: 'Mia' }],
    ['fields.customer.news', { name: 'Mia', 'customer.news': false }],
    ['fields.email', { name: 'Mia', 'customer.news': true, email: 'mia' }],
    ['fields.phone', { name: 'Mia', 'customer.news': true, phone: 'call me' }],
    ['fields.customer.size', { name: 'Mia', 'customer.news': true, 'customer.size': 'huge' }],
    ['fields.customer.since', { name: 'Mia', 'customer.news': true, 'customer.since': '2021-02-29' }],
    ['fields.customer.seats', { name: 'Mia', 'customer.news': true, 'customer.seats': '7' }],
    ['fields.customer.grade', { name: 'Mia', 'customer.news': true, 'customer.grade': 99 }],
    ['fields.constructor', { name: 'Mia', 'customer.news': true, constructor: 'x' }],
  ])('PC2: refuses by %s and changes nothing', (field, fields) => {
    const t = begin(all)
    const before = t.view('staff')
    expect(introduce(t, fields)).toMatchObject({ ok: false, error: { code: 'bad_input', field } })
    expect(t.view('staff')).toEqual(before)
    expect(wanted(t)).toHaveLength(all.length)
  })

  it('PC3: is told to staff with the first word, and to the record; to the customer never', async () => {
    const t = begin([{ field: 'name' }, { field: 'conversation.order' }])
    introduce(t, { name: 'Mia', 'conversation.order': '4711' })
    expect(t.log).toEqual([])
    t.say('Hello')
    expect(t.types.slice(0, 2)).toEqual(['introduced', 'message'])
    expect(t.log[0]?.pub).toBeNull()
    const record = conversationRecord(t.h.state, { org, kind: 'conversation', id: 'c1' })
    expect(record).toMatchObject({ customerName: 'Mia', introduced: { details: { name: 'Mia' } } })
    expect(record.introduced?.details).not.toHaveProperty('conversation.order')
  })

  it('PC3: cannot change what the shop says', () => {
    const known = { ...visitor, name: 'Mia', verified: true, attributes: { company: 'Acme' } }
    const t = begin(all, known)
    const fields = { 'customer.news': true }
    for (const [field, value] of [
      ['name', 'Max'],
      ['customer.company', 'Other'],
    ] as const) {
      expect(introduce(t, { ...fields, [field]: value })).toMatchObject({
        ok: false,
        error: { field: `fields.${field}` },
      })
    }
    expect(codeOf(introduce(t, fields))).toBe('ok')
    expect(t.view('staff').customer).toMatchObject({ name: 'Mia', details: { 'customer.company': 'Acme' } })
  })

  it('PC4: is read by the order of queues, where the shop says nothing else', async () => {
    const t = begin(all, { ...visitor, grade: 3, attributes: { size: 'small' } })
    introduce(t, { name: 'Mia', 'customer.news': true, 'customer.seats': 7, 'customer.company': 'x'.repeat(81) })
    t.say()
    const [first] = await t.waits()
    expect(first?.wait.entry).toMatchObject({ customer: 'Mia', grade: 3 })
    expect(first?.wait.entry?.attributes).toEqual({ size: 'small', news: 'true', seats: 7 })
  })

  it('PC4: names the agent who is preferred', () => {
    const plan = {
      name: 'Chat',
      steps: [
        { after: 0, queues: [{ queue: 'sales' }], prefer: { by: 'attribute' as const, name: 'company', ring: 5_000 } },
      ],
    }
    const t = new Talk(plan, {}, formOf([{ field: 'customer.company' }]), visitor)
    introduce(t, { 'customer.company': 'ada' })
    t.say()
    expect(t.talk.offer?.agent).toBe('ada')
  })
})

describe('a field that has to be answered', () => {
  const refused = { ok: false, error: { code: 'bad_input', field: 'fields.name' } }
  const reach = { text: 'Hello', name: 'Mia', email: 'mia@example.org' }

  it('PC9: comes before any word and any file; what is asked beside it may stay open', () => {
    const t = begin([{ field: 'phone' }, { field: 'name', required: true }])
    expect(t.say('Hello', 'the-first')).toMatchObject(refused)
    expect(mayAttach(t.h.state, customer, 0, 0)).toMatchObject(refused)
    expect(t.log).toEqual([])
    introduce(t, { name: 'Mia' })
    expect(mayAttach(t.h.state, customer, 0, 0).ok).toBe(true)
    expect(codeOf(t.say('Hello', 'the-first'))).toBe('ok')
    expect(codeOf(t.say('It is me'))).toBe('ok')
    expect(t.types.filter((type) => type === 'message')).toHaveLength(2)
  })

  it('PC9: is answered by a message that is left, as far as that says who and where', () => {
    const both: Parameters<typeof begin>[0] = [
      { field: 'name', required: true },
      { field: 'email', required: true },
    ]
    expect(codeOf(begin(both).h.command(customer, 'leave-message', reach))).toBe('ok')
    const t = begin([...both, { field: 'conversation.order', required: true }])
    const wanting = { ok: false, error: { field: 'fields.conversation.order' } }
    expect(t.h.command(customer, 'leave-message', reach)).toMatchObject(wanting)
    expect(t.log).toEqual([])
    introduce(t, { name: 'Mia', email: 'mia@example.org', 'conversation.order': '4711' })
    expect(codeOf(t.h.command(customer, 'leave-message', reach))).toBe('ok')
  })

  it('PC9: that somebody is known for is not waited for', () => {
    const known = { ...visitor, details: { name: 'Mia' } }
    expect(codeOf(begin([{ field: 'name', required: true }], known).say())).toBe('ok')
    expect(codeOf(begin([{ field: 'name' }]).say())).toBe('ok')
  })
})

describe('a removal', () => {
  it('LD12: takes the answers out of all that the conversation knows of its customer', () => {
    const t = begin([{ field: 'name' }, { field: 'customer.company' }, { field: 'conversation.order' }])
    introduce(t, { name: 'Mia', 'customer.company': 'Acme', 'conversation.order': '4711' })
    t.say()
    t.h.command(staff('sue', 'supervisor'), 'remove', { entry: 1, why: 'personal' })
    t.h.evict()
    const { customer: who, attributes } = t.view('staff')
    expect([who.name, who.details, attributes]).toEqual(['Visitor', {}, {}])
    const record = conversationRecord(t.h.state, { org, kind: 'conversation', id: 'c1' })
    const forgotten = [{ field: 'name' }, { field: 'customer.company' }]
    expect(record).toMatchObject({ customerName: 'Visitor', introduced: { details: {} }, forgotten })
    expect(wanted(t)).toEqual([])
  })
})

describe('a form that is published anew', () => {
  it('PC6: is asked of who comes back before the first word, and changes nothing afterwards', async () => {
    const h = new Harness(address(org, 'thread', asId('chat:abc')), threadModel)
    const open = (version: number) =>
      h.actor.decide((state, turn) =>
        openThread(state, turn, { customer: visitor, pinned: { ...pinned(), version }, channel: 'chat' }),
      )
    open(1)
    open(1)
    await h.sent()
    open(2)
    h.evict()
    open(2)
    expect((await h.sent()).map(({ message }) => message.type)).toEqual(['pin-anew'])

    const t = begin([{ field: 'name' }])
    const anew = (version: number, field: string) =>
      t.h.receive(thread, { type: 'pin-anew', pinned: { ...pinned(), version, ...formOf([{ field }]) } })
    anew(3, 'email')
    anew(2, 'phone')
    expect(wanted(t)).toEqual(['email'])
    t.say()
    anew(4, 'name')
    expect(t.h.state.known.get().pinned?.version).toBe(3)
  })
})

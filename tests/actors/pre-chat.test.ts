/** What is asked before the first word, from the widget's socket to the record, the export and the erasure: PC1 to PC6. */
import { beforeAll, expect, it, vi } from 'vitest'
import { ChatSession, Desk } from '../../core/protocol/api.ts'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { PublicView } from '../../core/protocol/conversation.ts'
import { writeRecords } from '../../worker/db/projection.ts'
import { call, configOf, found, memberOf, publish } from './callers.ts'
import { env } from './env.ts'
import { dial } from './kit/company.ts'

const olga = { as: memberOf('olga') }
const asking = (preChat: NonNullable<ConfigInput['widget']>['preChat']): ConfigInput => ({
  ...configOf('acme'),
  attributes: {
    customer: {
      company: { name: 'Company', type: 'text' },
      risk: { name: 'Risk', type: 'text', visibleTo: ['manager'] },
    },
  },
  // Nobody is given a conversation that is over.
  timings: { reopen: 0 },
  widget: { preChat },
})

beforeAll(async () => {
  await found()
  expect((await publish(asking([{ field: 'name', required: true }, { field: 'customer.company' }]))).status).toBe(200)
})

async function visit(visitor?: string) {
  const body = { command: crypto.randomUUID(), ...(visitor === undefined ? {} : { visitor }) }
  const session = ChatSession.parse(await (await call('POST', '/channels/chat/acme/session', { body })).json())
  const line = await dial(`/connect/conversation/${session.conversation}`, `parley.v1, ticket.${session.ticket}`)
  await line.hello()
  await line.until((frames) => frames.find(({ t }) => t === 'view'))
  return { ...session, line }
}
type Visit = Awaited<ReturnType<typeof visit>>
const askedIn = ({ line }: Visit) => {
  const views = line.frames.flatMap((frame) => (frame.t === 'view' ? [PublicView.parse(frame.body)] : []))
  return views.at(-1)?.ask?.map(({ field }) => field) ?? []
}
const rows = async (customer: string) => {
  const sql = 'select field, value from customer_details where org_id = ? and customer_id = ? order by field'
  return (await env.DB.prepare(sql).bind('acme', customer).all()).results.map(({ field, value }) => [field, value])
}
const customerOf = async (id: string) => {
  const find = () =>
    env.DB.prepare('select customer_id, customer_name from conversations where id = ?').bind(id).first()
  const row = await vi.waitUntil(find, { timeout: 9_000, interval: 50 })
  return { id: String(row['customer_id']), name: row['customer_name'] }
}

it('PC1 PC2 PC3 PC5: a visitor is asked once, the record knows, and the person can take it all away', async () => {
  const first = await visit()
  expect(askedIn(first)).toEqual(['name', 'customer.company'])
  const refused = await first.line.command('introduce', { fields: { 'customer.company': 'Figleaf' } })
  expect(refused).toMatchObject({ t: 'refused', error: { code: 'bad_input', field: 'fields.name' } })
  const fields = { name: 'Mia Fig', 'customer.company': 'Figleaf' }
  expect(await first.line.command('introduce', { fields })).toMatchObject({ t: 'reply' })
  await first.line.command('post', { text: 'Hello' })
  await first.line.command('leave', {})
  const customer = await customerOf(first.conversation)
  expect(customer.name).toBe('Mia Fig')
  expect(await rows(customer.id)).toEqual([
    ['customer.company', '"Figleaf"'],
    ['name', '"Mia Fig"'],
  ])

  const second = await visit(first.visitor)
  expect(second.conversation).not.toBe(first.conversation)
  expect(second.customer.name).toBe('Mia Fig')
  expect(askedIn(second)).toEqual([])

  // What comes late, and what was said before, changes nothing.
  const record = (at: number, company: string) =>
    writeRecords(env.DB, [
      {
        ...{
          type: 'conversation',
          org: 'acme',
          id: 'another',
          version: at,
          customer: customer.id,
          customerName: 'Mia',
        },
        ...{ channel: 'chat', status: 'closed', owner: null, openedAt: 1, closedAt: 2, entries: 1 },
        introduced: { at, details: { 'customer.company': company } },
      },
    ])
  await record(1, 'Before')
  expect(await rows(customer.id)).toContainEqual(['customer.company', '"Figleaf"'])

  const exported = await (await call('GET', `/api/v1/customers/${customer.id}/export`, olga)).text()
  const lines = exported
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.filter(({ type }) => type === 'detail')).toMatchObject([
    { field: 'customer.company', value: 'Figleaf' },
    { field: 'name', value: 'Mia Fig' },
  ])
  const proof = await (await call('POST', `/api/v1/customers/${customer.id}/erasure`, olga)).json()
  expect(proof).toMatchObject({ found: { customers: 1, details: 2 } })
  await record(Date.now(), 'After')
  expect(await rows(customer.id)).toEqual([])
  expect(askedIn(await visit(first.visitor))).toEqual(['name', 'customer.company'])
})

it('LD12: what is taken out of the answers is in no row any more, and nothing that comes late brings it back', async () => {
  const first = await visit()
  expect(await first.line.command('post', { text: 'Hello' })).toMatchObject({
    t: 'refused',
    error: { code: 'bad_input', field: 'fields.name' },
  })
  await first.line.command('introduce', { fields: { name: 'Quince', 'customer.company': 'Quince & Sons' } })
  await first.line.command('post', { text: 'Hello' })
  const { id } = await customerOf(first.conversation)
  const known = async () => {
    const row = await env.DB.prepare('select name from customers where id = ?').bind(id).first()
    return [row?.['name'], await rows(id)]
  }
  const details = [
    ['customer.company', '"Quince & Sons"'],
    ['name', '"Quince"'],
  ]
  await vi.waitFor(async () => expect(await known()).toEqual(['Quince', details]), { timeout: 9_000, interval: 50 })
  const before = await env.DB.prepare('select at from customer_details where customer_id = ?').bind(id).first()
  const body = { id: crypto.randomUUID(), name: 'remove', body: { entry: 1, why: 'personal' } }
  const path = `/api/v1/conversations/${first.conversation}/commands`
  expect((await call('POST', path, { as: memberOf('sam'), body })).status).toBe(200)
  await vi.waitFor(async () => expect(await known()).toEqual(['Visitor', []]), { timeout: 9_000, interval: 50 })
  await writeRecords(env.DB, [
    {
      ...{ type: 'conversation', org: 'acme', id: first.conversation, version: 2, customer: id },
      ...{ customerName: 'Quince', channel: 'chat', status: 'waiting', owner: null, openedAt: 1, closedAt: null },
      ...{ entries: 2, introduced: { at: Number(before?.['at']), details: { name: 'Quince' } } },
    },
  ])
  expect(await known()).toEqual(['Visitor', []])
  expect(askedIn(await visit())).toEqual(['name', 'customer.company'])
})

it('PC6: who has written nothing yet is asked what was published meanwhile', async () => {
  const first = await visit()
  expect(askedIn(first)).toEqual(['name', 'customer.company'])
  await publish(asking([{ field: 'email' }]))
  // An isolate trusts what Book said for five seconds.
  await vi.waitFor(async () => expect(askedIn(await visit(first.visitor))).toEqual(['email']), {
    timeout: 9_000,
    interval: 500,
  })
})

it('PC3: the desk names the customers’ attributes to those who may see them', async () => {
  const names = async (who: string) => {
    const desk = Desk.parse(await (await call('GET', '/api/v1/desk', { as: memberOf(who) })).json())
    return desk.customerAttributes.map(({ name }) => name)
  }
  expect(await names('max')).toEqual(['Company', 'Risk'])
  expect(await names('ada')).toEqual(['Company'])
})

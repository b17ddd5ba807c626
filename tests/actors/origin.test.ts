/** What a conversation that was split off was begun with, as it is read in the new one. */
import { beforeAll, expect, it } from 'vitest'
import { EntryList } from '../../core/protocol/api.ts'
import { call, configOf, found, memberOf } from './callers.ts'
import { Company } from './kit/company.ts'

let acme: Company
beforeAll(async () => {
  await found()
  acme = await Company.found('acme', configOf('acme'))
})

it('MG5: is read by whoever may read the new one, from where it was said, and nothing beside it', async () => {
  const ada = await acme.console('ada')
  const { conversation, line } = await acme.visitor('mia')
  for (const text of ['before', 'first', 'a card number', 'last', 'after']) await line.command('post', { text })
  const lease = await ada.accept(conversation)
  const order = (id: string, as: string, name: string, body: object) =>
    call('POST', `/api/v1/conversations/${id}/commands`, {
      as: memberOf(as),
      body: { id: crypto.randomUUID(), name, body },
    })
  const { entries } = await acme.conversation(conversation).transcript(0)
  const seqOf = (text: string) => entries.find(({ body }) => body.type === 'message' && body.text === text)?.seq ?? 0
  const range = { from: seqOf('first'), to: seqOf('last') }
  // It waits in another team's queue now: whoever is of that team may not read the old one.
  const made = await order(conversation, 'ada', 'split', { ...range, lease, queue: 'acme-south' })
  const next = String(Object(Object(await made.json()).value).conversation)
  expect((await order(conversation, 'sam', 'remove', { entry: seqOf('a card number'), why: 'payment' })).status).toBe(
    200,
  )

  const read = (id: string, as: string, query = '') =>
    call('GET', `/api/v1/conversations/${id}/origin${query}`, { as: memberOf(as) })
  const { items } = EntryList.parse(await (await read(next, 'cyd')).json())
  const words = items.flatMap(({ pub, body }) =>
    pub === null ? [] : [body.type === 'message' ? body.text : body.type],
  )
  expect(words).toEqual(['first', 'removed', 'last'])
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_, n) => range.from + n))
  const page = EntryList.parse(await (await read(next, 'cyd', '?limit=1')).json())
  expect(page).toMatchObject({ items: [{ seq: range.from }], next: String(range.from) })
  expect(EntryList.parse(await (await read(next, 'cyd', `?after=${page.next}`)).json()).items).toEqual(items.slice(1))

  expect((await order(conversation, 'cyd', 'history', { before: 9 })).status).toBe(403)
  expect((await read(conversation, 'sam')).status).toBe(404)
  expect((await read(next, 'bea')).status).toBe(404)
  expect((await read(next, 'eve')).status).toBe(403)
})

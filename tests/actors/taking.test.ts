/** Several are rung, and agents take from lists, through real actors and sockets. */
import { expect, it } from 'vitest'
import { call, found, memberOf } from './callers.ts'
import { Company, type Console, simple } from './kit/company.ts'

const agents = Object.fromEntries(['ada', 'ben', 'cyd'].map((id) => [id, { name: id, queues: [{ queue: 'sales' }] }]))
const companyWith = (org: string, queue: object) =>
  Company.found(org, { ...simple, queues: { sales: { name: 'Sales', ...queue } }, agents })

const goneAt = (console: Console, conversation: string) =>
  console.line.until(() => {
    const found = console.line.events.find(({ body }) => Object(body).key === `gone/${conversation}`)
    return found === undefined ? undefined : Object(found.body).by
  })

it('RM2 RM3: all are rung, one accepts, the others read who it was, and accepting then is no error', async () => {
  const acme = await companyWith('several', { ringAtOnce: 3 })
  const consoles = await Promise.all(['ada', 'ben', 'cyd'].map((id) => acme.console(id)))
  const { conversation, line } = await acme.visitor('mia')
  await line.command('post', { text: 'Hello' })
  const rows = await Promise.all(
    consoles.map((console) =>
      console.line.until(() => {
        const row = console.rows().get(`item/${conversation}`)
        return row?.others === 2 ? row : undefined
      }),
    ),
  )
  const [ada, ben, cyd] = consoles
  if (ada === undefined || ben === undefined || cyd === undefined) throw new Error('not all are there')
  await ben.accept(conversation)
  expect(await goneAt(ada, conversation)).toBe('ben')
  expect(await goneAt(cyd, conversation)).toBe('ben')
  const answer = await ada.line.command('accept', { conversation, lease: rows[0]?.lease })
  expect(answer).toMatchObject({ t: 'reply', value: { takenBy: 'ben' } })
  await ada.line.until(() => (ada.rows().has(`item/${conversation}`) ? undefined : true))
})

it('RM2: all accept at the same moment, and one has it', async () => {
  const acme = await companyWith('at-once', { ringAtOnce: 3 })
  const consoles = await Promise.all(['ada', 'ben', 'cyd'].map((id) => acme.console(id)))
  const { conversation, line } = await acme.visitor('mia')
  await line.command('post', { text: 'Hello' })
  const rows = await Promise.all(consoles.map((console) => console.item(conversation, 'ringing')))
  await Promise.all(
    consoles.map((console, i) => console.line.command('accept', { conversation, lease: rows[i]?.lease })),
  )
  const losers = await Promise.race([
    ...[0, 1, 2].map(async (winner) => {
      const others = consoles.filter((_, i) => i !== winner)
      return Promise.all(others.map((console) => goneAt(console, conversation)))
    }),
  ])
  expect(new Set(losers).size).toBe(1)
  const [winner] = losers
  for (const console of consoles) {
    if (console.id === winner) await console.item(conversation, 'owned')
    else await console.line.until(() => (console.rows().has(`item/${conversation}`) ? undefined : true))
  }
})

it('RM5 RM6: two take the same contact at the same moment: one has it, the other is told', async () => {
  const acme = await companyWith('lists', { pull: 'only' })
  const [ada, ben] = await Promise.all([acme.console('ada'), acme.console('ben')])
  const { conversation, line } = await acme.visitor('mia')
  await line.command('post', { text: 'Hello' })
  const list = await acme.connect('queue', 'sales', { ...acme.staff('ada'), serves: true })
  await list.hello()
  await list.until(() => {
    const row = list.events.findLast(({ body }) => Object(body).key === `waiting/${conversation}`)
    return Object(row?.body).pull === true ? row : undefined
  })
  const take = (id: string) =>
    acme
      .queue('sales')
      .command({ ...acme.staff(id), serves: true }, { id: `take-by-${id}`, name: 'take', body: { conversation } })
  const answers = await Promise.all([take('ada'), take('ben')])
  expect(answers.map((answer) => answer.ok).sort()).toEqual([false, true])
  const refused = answers.find((answer) => !answer.ok)
  expect(refused).toMatchObject({ error: { code: 'conflict', field: 'conversation' } })
  const winner = answers[0]?.ok ? ada : ben
  await winner.item(conversation, 'owned')
})

it('PE2 queue.take is for agents who serve the queue, and nobody else', async () => {
  await found()
  const take = (who: string, queue: string) =>
    call('POST', `/api/v1/queues/${queue}/commands`, {
      as: memberOf(who),
      body: { id: `take-${who}-${queue}`, name: 'take', body: { conversation: 'none' } },
    })
  const codeOf = async (response: Response) => [response.status, Object(await response.json()).code]
  expect(await codeOf(await take('ada', 'acme-sales'))).toEqual([409, 'conflict'])
  expect((await take('ada', 'acme-south')).status).toBe(403)
  expect((await take('bea', 'acme-sales')).status).toBe(404)
})

/** Why a contact waits and why an agent got it, asked over HTTP: EX1, EX2, EX3. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Explanation } from '../../core/protocol/explanation.ts'
import { call, configOf, found, memberOf } from './callers.ts'
import { Company } from './kit/company.ts'

let acme: Company

beforeAll(async () => {
  await found()
  acme = await Company.found('acme', configOf('acme'))
})

async function explanation(conversation: string, who = 'max'): Promise<Explanation> {
  const answer = await call('GET', `/api/v1/conversations/${conversation}/explanation`, { as: memberOf(who) })
  expect(answer.status).toBe(200)
  return Explanation.parse(await answer.json())
}

describe('an explanation', () => {
  it('EX1 EX2: goes with a contact from its wait to its agent, and stays', async () => {
    const { conversation, line } = await acme.visitor('mia')
    expect((await explanation(conversation)).standing).toMatchObject({ is: 'new', queues: [] })
    await line.command('post', { text: 'hello' })
    const waiting = await explanation(conversation)
    expect(waiting.standing).toMatchObject({
      is: 'waiting',
      queues: [{ queue: 'acme-sales', now: { before: 0, counts: {} } }],
    })
    expect(waiting.assignments).toEqual([])

    const ada = await acme.console('ada')
    await ada.item(conversation, 'ringing')
    expect((await explanation(conversation)).standing).toMatchObject({ is: 'ringing', agent: 'ada', preferred: false })
    await ada.accept(conversation)
    const taken = await explanation(conversation)
    expect(taken.standing).toMatchObject({ is: 'talking', agent: 'ada' })
    expect(taken.assignments).toMatchObject([
      {
        ...{ agent: 'ada', via: 'acme-sales', outcome: 'accepted' },
        decision: {
          order: ['level desc', 'idle asc', 'load asc'],
          rivals: [],
          idle: 1,
          before: 0,
          by: 'rank',
          others: [],
        },
      },
    ])

    // What was recorded does not change with what comes later.
    const ben = await acme.console('ben')
    expect((await explanation(conversation)).assignments).toEqual(taken.assignments)

    const byHand = { id: 'by-hand-to-ben', name: 'assign', body: { agent: 'ben', force: true } }
    const path = `/api/v1/conversations/${conversation}/commands`
    expect((await call('POST', path, { as: memberOf('max'), body: byHand })).status).toBe(200)
    await ben.accept(conversation)
    expect((await explanation(conversation)).assignments).toMatchObject([
      { agent: 'ben', via: null, decision: null, outcome: 'accepted' },
      { agent: 'ada', outcome: 'accepted' },
    ])
  })

  it('EX3: is for those who may look at the conversation', async () => {
    const { conversation, line } = await acme.visitor('noa')
    await line.command('post', { text: 'hello' })
    const ask = (who: string) =>
      call('GET', `/api/v1/conversations/${conversation}/explanation`, { as: memberOf(who) }).then(
        ({ status }) => status,
      )
    expect(await ask('sam')).toBe(200)
    expect(await ask('dan')).toBe(403)
    expect(await ask('bea')).toBe(404)
  })
})

/** Commands by POST that an actor can only answer when it has asked Book: answered at once, as far as the sender can see. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Problem } from '../../core/protocol/api.ts'
import { Book } from '../../durable-objects/book.ts'
import { call, configOf, found, memberOf } from './callers.ts'
import { Company } from './kit/company.ts'

let acme: Company
let path: string
beforeAll(async () => {
  await found()
  acme = await Company.found('acme', configOf('acme'))
  const { conversation, line } = await acme.visitor('mia')
  await line.command('post', { text: 'Hello' })
  path = `/api/v1/conversations/${conversation}/commands`
})
afterEach(() => {
  vi.restoreAllMocks()
})

const give = (name: string, body: object, id = crypto.randomUUID()) =>
  call('POST', path, { as: memberOf('max'), body: { id, name, body } })
const problemOf = async (response: Response) => Problem.parse(await response.json())

describe('a command that names what the conversation has not heard of', () => {
  it('AP10 is answered when Book has been asked', async () => {
    expect((await give('assign', { agent: 'ben', force: false })).status).toBe(200)
    const nobody = await problemOf(await give('assign', { agent: 'nobody', force: false }))
    expect(nobody).toMatchObject({ status: 400, errors: [{ field: 'body.agent' }] })
    const nothing = await problemOf(await give('tag', { add: ['nothing'], remove: [] }))
    expect(nothing).toMatchObject({ status: 400, errors: [{ field: 'body.add' }] })
  })

  it('AP10 is to be sent again when Book does not hear, and is then carried out once', async () => {
    const deaf = vi.spyOn(Book.prototype, 'receive').mockRejectedValue(new Error('Book is away'))
    const id = crypto.randomUUID()
    const cyd = () => give('assign', { agent: 'cyd', force: false }, id)
    const refused = await cyd()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([409, '1'])
    expect(await problemOf(refused)).toMatchObject({ code: 'conflict', errors: [{ field: 'body.agent' }] })
    deaf.mockRestore()
    const answered = await vi.waitUntil(
      async () => {
        const answer = await cyd()
        return answer.status === 409 ? null : answer
      },
      { timeout: 9_000 },
    )
    expect([answered.status, (await cyd()).status]).toEqual([200, 200])
  })
})

/** What each caller of the API gets of the desk and of a conversation's attributes: by role, by team, by key. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { Desk, EntryList, Problem } from '../../core/protocol/api.ts'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { writeRecords } from '../../worker/db/projection.ts'
import { type Asking, call, configOf, found, keyFor, memberOf, publish } from './callers.ts'
import { env } from './env.ts'
import { Company } from './kit/company.ts'

const attributes = {
  open: { name: 'Open', type: 'text' },
  agents: { name: 'For agents', type: 'text', visibleTo: ['agent'] },
  leaders: { name: 'For leaders', type: 'text', visibleTo: ['supervisor', 'manager', 'analyst'] },
  chief: { name: 'For the chief', type: 'text', visibleTo: ['administrator'] },
} satisfies NonNullable<NonNullable<ConfigInput['attributes']>['conversation']>

const config: ConfigInput = {
  ...configOf('acme'),
  attributes: { conversation: attributes },
  cannedReplies: {
    all: { shortcut: 'all', text: 'For everybody' },
    north: { shortcut: 'north', text: 'For the north', teams: ['north'], language: 'en' },
    both: { shortcut: 'both', text: 'For the north, and in a queue', teams: ['north'], queues: ['acme-south'] },
    sales: { shortcut: 'sales', text: 'In a queue', queues: ['acme-sales'] },
  },
}

let acme: Company
beforeAll(async () => {
  await found()
  acme = await Company.found('acme', config)
  const at = { stream: 'staff', pub: null, at: 1, from: { role: 'system' } } as const
  const about = { tags: [], disposition: null, rating: null, snoozedUntil: null, mergedInto: null, splitFrom: null }
  await writeRecords(env.DB, [
    {
      ...{ type: 'conversation', org: 'acme', id: 'recorded', version: 5, customer: 'mia', customerName: 'Mia', about },
      ...{
        channel: 'chat',
        status: 'talking',
        owner: 'ada',
        openedAt: 1,
        closedAt: null,
        entries: 5,
        teams: ['north'],
      },
    },
    ...[...Object.keys(attributes), 'gone'].map((key, n) => ({
      ...{ type: 'entry' as const, org: 'acme', conversation: 'recorded' },
      entry: {
        ...at,
        seq: n + 1,
        id: `command-${n}`,
        body: { type: 'described' as const, attributes: { [key]: 'x' } },
      },
    })),
  ])
})

const deskOf = async (as: Asking['as']) => Desk.parse(await (await call('GET', '/api/v1/desk', { as })).json())
const namesOf = ({ attributes }: Desk) => attributes.map(({ id }) => id)

const sees = {
  ada: ['open', 'agents'],
  sam: ['open', 'leaders'],
  max: ['open', 'leaders'],
  ana: ['open', 'leaders'],
  olga: ['open', 'chief'],
} as const

describe('attributes', () => {
  it.each(Object.entries(sees))('VI1: %s is told of those of the own role', async (who, seen) => {
    expect(namesOf(await deskOf(memberOf(who)))).toEqual(seen)
  })

  it.each(['sam', 'max', 'ana', 'olga'] as const)(
    'VI1: %s reads those in the record, under their numbers',
    async (who) => {
      const answer = await call('GET', '/api/v1/conversations/recorded/entries', { as: memberOf(who) })
      const { items } = EntryList.parse(await answer.json())
      expect(items.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
      const read = items.flatMap(({ body }) => (body.type === 'described' ? Object.keys(body.attributes) : []))
      expect(read).toEqual([...sees[who], ...(who === 'olga' ? ['gone'] : [])])
    },
  )

  it('VI1: a program, which has no role, sees what every role does', async () => {
    const as = await keyFor(['names.desk', 'record.read'])
    expect(namesOf(await deskOf(as))).toEqual(['open'])
    const answer = await call('GET', '/api/v1/conversations/recorded/entries', { as })
    const { items } = EntryList.parse(await answer.json())
    expect(items.map(({ body }) => body)).toMatchObject([{ attributes: { open: 'x' } }, {}, {}, {}, {}])
    expect(JSON.stringify(items)).not.toMatch(/agents|leaders|chief|gone/)
  })

  it('VI2 VI3: are changed by those who see them, as a publication says from then on', async () => {
    const { conversation, line } = await acme.visitor('nils')
    await line.command('post', { text: 'hello' })
    const describe = (who: string, values: object) =>
      call('POST', `/api/v1/conversations/${conversation}/commands`, {
        as: memberOf(who),
        body: { id: crypto.randomUUID(), name: 'describe', body: { attributes: values } },
      })
    const history = async (who: string) => {
      const body = { id: crypto.randomUUID(), name: 'history', body: { before: 99 } }
      const asked = { as: memberOf(who), body }
      return JSON.stringify(await (await call('POST', `/api/v1/conversations/${conversation}/commands`, asked)).json())
    }
    const refused = await describe('sam', { open: 'by sam', agents: 'by sam' })
    expect(refused.status).toBe(403)
    expect(Problem.parse(await refused.json()).errors?.[0]?.field).toBe('body.attributes.agents')
    expect((await describe('sam', { leaders: 'by sam', open: 'by sam' })).status).toBe(200)
    expect(await history('sam')).toContain('"leaders":"by sam"')
    expect(await history('max')).toContain('"leaders":"by sam"')
    expect(await history('olga')).not.toContain('leaders')

    const { leaders, ...rest } = attributes
    const narrow = { ...leaders, visibleTo: ['manager'] }
    expect((await publish({ ...config, attributes: { conversation: { ...rest, leaders: narrow } } })).status).toBe(200)
    await vi.waitFor(async () => expect(await history('sam')).not.toContain('leaders'), { timeout: 9_000 })
    expect(await history('max')).toContain('"leaders":"by sam"')
    expect((await describe('sam', { leaders: 'again' })).status).toBe(403)
  })
})

describe('canned replies', () => {
  const offered = async (who: string) => (await deskOf(memberOf(who))).replies.map(({ id, queues }) => [id, queues])

  it('CR2: are told to whom they are for: everybody, a team, or whoever has a conversation of a queue', async () => {
    expect(await offered('ada')).toEqual([
      ['all', undefined],
      ['north', undefined],
      ['both', undefined],
      ['sales', ['acme-sales']],
    ])
    expect(await offered('cyd')).toEqual([
      ['all', undefined],
      ['both', ['acme-south']],
      ['sales', ['acme-sales']],
    ])
  })

  it('CR2: are not told to who writes to nobody', async () => {
    expect(await offered('ana')).toEqual([])
    expect((await deskOf(await keyFor(['names.desk']))).replies).toEqual([])
  })
})

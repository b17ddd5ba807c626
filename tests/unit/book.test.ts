/** The published configuration: BK1 and BK2 on the real model. */
import { describe, expect, it } from 'vitest'
import { bookModel, pinChat, publish, read } from '../../core/book/model.ts'
import { versions } from '../../core/book/versions.ts'
import { address } from '../../core/ids.ts'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { agent, Harness, org, queue, staff } from '../support/harness.ts'
import { codeOf } from '../support/talk.ts'

const make = () => new Harness(address(org, 'book', 'book'), bookModel)
type H = ReturnType<typeof make>
let keys = 0
const put = (h: H, config: unknown, key = `key-${++keys}`) =>
  h.actor.once('olga', key, (state, turn) => publish(state, turn, { by: 'olga', config }))

const base: ConfigInput = {
  organisation: 'Acme',
  queues: { sales: { name: 'Sales' }, care: { name: 'Care' } },
  plans: {
    chat: {
      name: 'Chat',
      steps: [
        { after: 0, queues: [{ queue: 'sales' }] },
        { after: 9, queues: [{ queue: 'care' }] },
      ],
    },
  },
  entrances: { chat: 'chat' },
  agents: { ada: { name: 'Ada', queues: [{ queue: 'sales' }] } },
}
const queueName = (id: string) => address(org, 'queue', queue(id))
const agentName = (id: string) => address(org, 'agent', agent(id))
const receivers = async (h: H) => (await h.sent()).map(({ to, message }) => [to, Object(message).config === null])

describe('publishing', () => {
  it('BK1: makes the next version, with its defaults, to be read whole', () => {
    const h = make()
    expect(read(h.state)).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(put(h, base)).toEqual({ ok: true, value: { version: 1 } })
    h.evict()
    const one = read(h.state)
    expect(one).toMatchObject({ value: { version: 1, config: { organisation: 'Acme', timings: { ring: 15_000 } } } })
    put(h, { ...base, organisation: 'Acme & Co' })
    expect(read(h.state)).toMatchObject({ value: { version: 2, config: { organisation: 'Acme & Co' } } })
    expect(read(h.state, 1)).toEqual(one)
    expect(codeOf(read(h.state, 3))).toBe('not_found')
  })

  it('BK1: under the same key again makes no second version', async () => {
    const h = make()
    expect(put(h, base, 'once')).toEqual(put(h, { ...base, organisation: 'Other' }, 'once'))
    expect(read(h.state)).toMatchObject({ value: { version: 1, config: { organisation: 'Acme' } } })
  })

  it.each<[field: string, config: unknown]>([
    ['organisation', { ...base, organisation: ' ' }],
    ['queues.sales.name', { ...base, queues: { ...base.queues, sales: { name: '' } } }],
    ['plans.chat.steps', { ...base, plans: { chat: { name: 'Chat', steps: [] } } }],
    ['plans.chat.steps.0.queues', { ...base, plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [] }] } } }],
    [
      'plans.chat.steps.0.after',
      { ...base, plans: { chat: { name: 'Chat', steps: [{ after: 5, queues: [{ queue: 'sales' }] }] } } },
    ],
    [
      'plans.chat.steps.2.after',
      {
        ...base,
        plans: {
          chat: {
            name: 'Chat',
            steps: [
              { after: 0, queues: [{ queue: 'sales' }] },
              { after: 5, queues: [{ queue: 'sales' }] },
              { after: 4, queues: [{ queue: 'sales' }] },
            ],
          },
        },
      },
    ],
    [
      'plans.chat.steps.0.queues.1.queue',
      {
        ...base,
        plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }, { queue: 'nowhere' }] }] } },
      },
    ],
    ['agents.ada.queues.0.queue', { ...base, agents: { ada: { name: 'Ada', queues: [{ queue: 'constructor' }] } } }],
    [
      'agents.ada.queues.0.level',
      { ...base, agents: { ada: { name: 'Ada', queues: [{ queue: 'sales', level: 11 }] } } },
    ],
    ['entrances.chat', { ...base, entrances: { chat: 'phone' } }],
    ['entrances.chat', { ...base, entrances: { chat: 'constructor' } }],
  ])('BK1: is refused whole, by the path of the field: %s', async (field, config) => {
    const h = make()
    put(h, base)
    await h.sent()
    expect(put(h, config)).toMatchObject({ ok: false, error: { code: 'bad_input', field } })
    expect(read(h.state)).toMatchObject({ value: { version: 1, config: { organisation: 'Acme' } } })
    expect(await h.sent()).toEqual([])
  })

  it.each([null, undefined, 5, 'x', [], {}])('BK1: is refused when it is no configuration at all: %j', (config) => {
    expect(codeOf(put(make(), config))).toBe('bad_input')
  })

  it('BK1: keeps the last fifty versions', () => {
    const h = make()
    for (let n = 1; n <= 60; n += 1) put(h, { ...base, organisation: `Acme ${n}` })
    expect(codeOf(read(h.state, 10))).toBe('not_found')
    expect(read(h.state, 11)).toMatchObject({ value: { config: { organisation: 'Acme 11' } } })
    expect(versions(h.state)).toHaveLength(50)
    h.evict()
    expect(versions(h.state).map(({ version }) => version)).toEqual(Array.from({ length: 50 }, (_, n) => 60 - n))
  })

  it('BK1: pins for a chat what its entrance names', () => {
    const h = make()
    put(h, base)
    const now = read(h.state)
    if (!now.ok) throw new Error('nothing published')
    expect(pinChat(now.value)).toMatchObject({
      version: 1,
      planId: 'chat',
      plan: { name: 'Chat' },
      queueNames: { sales: 'Sales', care: 'Care' },
      timings: { reopen: 600_000 },
    })
    expect(pinChat({ ...now.value, config: { ...now.value.config, entrances: { chat: 'gone' } } })).toBeNull()
  })
})

describe('spreading', () => {
  it('BK2: tells every queue and agent its own part', async () => {
    const h = make()
    put(h, base)
    const sent = await h.sent()
    expect(sent.map(({ to }) => to).sort()).toEqual([agentName('ada'), queueName('care'), queueName('sales')])
    expect(sent.find(({ to }) => to === agentName('ada'))?.message).toMatchObject({
      type: 'agent-config',
      version: 1,
      config: { name: 'Ada', queues: [{ queue: 'sales', level: 1 }] },
      queueNames: { sales: 'Sales' },
      reasons: ['Break', 'Lunch', 'Training', 'Meeting'],
    })
  })

  it('BK2: tells also those that are no longer named', async () => {
    const h = make()
    put(h, base)
    await h.sent()
    const plans = { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }] }] } }
    put(h, { ...base, plans, queues: { sales: { name: 'Sales' } }, agents: {} })
    expect((await receivers(h)).sort()).toEqual([
      [agentName('ada'), true],
      [queueName('care'), true],
      [queueName('sales'), false],
    ])
  })

  it('BK2: answers who knows less, with what it has', async () => {
    const h = make()
    h.receive(queueName('sales'), { type: 'ask-config', have: 0 })
    expect(await h.sent()).toEqual([])
    put(h, base)
    put(h, base)
    await h.sent()
    h.receive(queueName('sales'), { type: 'ask-config', have: 1 })
    h.receive(agentName('nobody'), { type: 'ask-config', have: 0 })
    h.receive(queueName('care'), { type: 'ask-config', have: 2 })
    expect((await h.sent()).map(({ to, message }) => [to, message])).toMatchObject([
      [queueName('sales'), { type: 'queue-config', version: 2 }],
      [agentName('nobody'), { type: 'agent-config', version: 2, config: null }],
    ])
  })

  it('BK2: lets nobody connect or command', () => {
    const h = make()
    const olga = staff('olga', 'administrator')
    expect(h.actor.admit(olga)).toMatchObject({ ok: false })
    expect(h.command(olga, 'publish', {})).toMatchObject({ ok: false })
  })
})

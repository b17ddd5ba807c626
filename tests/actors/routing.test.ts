/** What the routing's rules come to through the real actors: the team first, then all; work that waits for a call. */
import { describe, expect, it } from 'vitest'
import { pinChat } from '../../core/book/model.ts'
import { address, asId, type ConversationId, type CustomerId, type ThreadId } from '../../core/ids.ts'
import type { ConfigInput } from '../../core/protocol/config.ts'
import type { Start } from '../../core/protocol/messages.ts'
import { Company, simple } from './kit/company.ts'

const FIRST = 1_200

const teams: ConfigInput = {
  ...simple,
  teams: { north: { name: 'North' }, south: { name: 'South' } },
  plans: {
    chat: {
      name: 'Chat',
      steps: [
        { after: 0, queues: [{ queue: 'sales', need: { where: 'team = north' } }] },
        { after: FIRST, relax: { waive: ['team'] } },
      ],
    },
  },
  agents: {
    ada: { name: 'Ada', team: 'north', queues: [{ queue: 'sales' }] },
    ben: { name: 'Ben', team: 'south', queues: [{ queue: 'sales' }] },
  },
}

describe('the team first, then all', () => {
  it('RT14: a free agent of the team gets it, though another has been idle for longer', async () => {
    const acme = await Company.found('team-first', teams)
    const ben = await acme.console('ben')
    const ada = await acme.console('ada')
    const { conversation, line } = await acme.visitor('mia')
    await line.command('post', { text: 'hello' })
    await ada.item(conversation, 'ringing')
    expect(ben.rows().size).toBe(0)
  })

  it('RT14: while nobody of the team is free the others get it, and not before the step', async () => {
    const acme = await Company.found('team-then-all', teams)
    const ben = await acme.console('ben')
    const ada = await acme.console('ada')
    await ada.line.command('presence', { presence: 'busy' })
    const { conversation, line } = await acme.visitor('mia')
    await line.command('post', { text: 'hello' })
    await ben.item(conversation, 'ringing')
    const { entries } = await acme.conversation(conversation).transcript(0)
    const at = (type: string) => entries.find(({ body }) => body.type === type)?.at ?? Number.NaN
    expect(entries.filter(({ body }) => body.type === 'offered')).toMatchObject([{ body: { agent: 'ben' } }])
    expect(at('offered') - at('message')).toBeGreaterThanOrEqual(FIRST)
  })
})

describe('work that can wait', () => {
  it('AG12: a chat waits while its agent is in a call, both say so, and it goes on by itself', async () => {
    const config: ConfigInput = {
      ...simple,
      media: {
        chat: { capacity: 4, exclusive: false, interruptible: true, wrap: 0, grace: 90_000 },
        voice: { capacity: 1, exclusive: true, wrap: 0, grace: 10_000 },
      },
    }
    const acme = await Company.found('interrupting', config)
    const ada = await acme.console('ada')
    const { conversation: chat, line } = await acme.visitor('mia')
    await line.command('post', { text: 'hello' })
    const lease = await ada.accept(chat)
    const talk = await ada.look(chat)
    const viewed = (is: (view: object) => boolean) => talk.until(() => (is(Object(talk.view)) ? true : undefined))

    const call = await calls(acme, 'cal')
    const callLease = await ada.accept(call)
    await ada.line.until(() => (ada.rows().get(`item/${chat}`)?.interrupted === undefined ? undefined : true))
    await viewed((view) => Object(Object(view).interrupted).since !== undefined)
    // It is in the agent's hands as before.
    expect(ada.rows().get(`item/${chat}`)).toMatchObject({ state: 'owned', lease })
    await talk.command('post', { text: 'one moment', lease })

    const phone = await ada.look(call)
    await phone.command('close', { lease: callLease })
    await ada.line.until(() => (ada.rows().get(`item/${chat}`)?.interrupted === undefined ? true : undefined))
    await viewed((view) => Object(view).interrupted === null)
    expect(ada.rows().get(`item/${chat}`)).toMatchObject({ state: 'owned', lease })
  })
})

/** Somebody calls, as an entrance for calls would say it. */
async function calls(acme: Company, customer: string): Promise<string> {
  const read = await acme.book.read()
  const pinned = read.ok ? pinChat(read.value) : null
  if (pinned === null) throw new Error('nothing is published')
  const id = asId<ConversationId>(`call-of-${customer}`)
  const from = address(acme.org, 'thread', asId<ThreadId>(`voice:${customer}`))
  const who = { id: asId<CustomerId>(customer), name: customer, verified: false }
  const means = { channel: 'voice', medium: 'voice' } as const
  const message: Start = { type: 'start', org: acme.org, thread: from, ...means, customer: who, pinned }
  await acme.conversation(id).receive({ from, base: 1, rows: [{ n: 1, message }], config: 0 })
  const line = await acme.connect('conversation', id, acme.customerOf(id, customer))
  await line.hello()
  await line.command('post', { text: 'hello' })
  return id
}

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Kept } from '../../../client/net/kept.ts'
import type { UploadPorts } from '../../../client/net/upload-ports.ts'
import { Chat, SessionRefused } from '../../../client/widget/chat.ts'
import { NoToken } from '../../../client/widget/tokens.ts'
import type { ChatSession } from '../../../core/protocol/api.ts'
import type { ServerFrame } from '../../../core/protocol/frames.ts'
import { FakeAround, FakeSocket, newest, pass, welcome } from './around.ts'

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.made = []
})
afterEach(() => void vi.useRealTimers())

const nothingKept: Kept = { save: () => {}, adopt: () => () => {} }
const noFiles: Omit<UploadPorts, 'around'> = {
  send: async () => null,
  held: {
    hold: async () => true,
    letGo: async () => {},
    all: async () => [],
    holds: async () => true,
    alone: (_id, _stop, work) => work(),
  },
  guard: () => () => {},
  measure: async () => ({}),
  code: () => import('../../../client/net/uploads.ts'),
}
const customer = { name: 'Mia', verified: true }

function make() {
  const server = { conversation: 'old', customer, error: null as Error | null, asked: 0 }
  const chat = new Chat({
    around: new FakeAround(),
    async ask(): Promise<ChatSession> {
      server.asked++
      if (server.error !== null) throw server.error
      const { conversation, customer } = server
      return { conversation, customer, visitor: 'v', ticket: `t${server.asked}`, organisation: { name: 'Shop' } }
    },
    kept: () => nothingKept,
    files: () => noFiles,
  })
  return { chat, server }
}

async function open() {
  const made = make()
  void made.chat.start()
  await pass(1)
  newest().accept()
  newest().say(welcome(0))
  return made
}

const say = (chat: Chat, text: string) => void chat.talk.value?.say('post', { text })
const sent = () =>
  newest()
    .frames()
    .filter((frame) => frame.t === 'cmd')
const words = (chat: Chat) => chat.talk.value?.pending.value.map(({ body, state }) => ({ body, state }))
const view = (next: string | null): ServerFrame => ({
  t: 'view',
  body: {
    status: 'closed',
    agent: null,
    place: null,
    notice: null,
    marks: { customer: { delivered: 0, read: 0 }, staff: { delivered: 0, read: 0 } },
    next,
  },
})
const closed = (id: string): ServerFrame => ({ t: 'refused', id, error: { code: 'closed', message: '' } })
async function nextSocket(): Promise<void> {
  const before = FakeSocket.made.length
  for (let i = 0; i < 200 && FakeSocket.made.length === before; i++) await pass(100)
}
const idOf = (at: number) => {
  const frame = sent()[at]
  if (frame?.t !== 'cmd') throw new Error('not sent')
  return frame.id
}

describe("a customer's chat", () => {
  it('waits for the word of a shop that has a user and cannot say who, and stays in its conversation', async () => {
    const { chat, server } = await open()
    server.error = new NoToken()
    newest().drop(1006)
    say(chat, 'meanwhile')
    await pass(60_000)
    expect(chat.talk.value?.conversation).toBe('old')
    expect(words(chat)).toEqual([{ body: { text: 'meanwhile' }, state: 'waiting' }])
    server.error = null
    await nextSocket()
    newest().accept()
    newest().say(welcome(0, { resumed: true }))
    expect(sent()).toMatchObject([{ body: { text: 'meanwhile' } }])
  })

  it('asks again when the word had run out', async () => {
    const { chat, server } = await open()
    server.error = new SessionRefused(401)
    newest().drop(1006)
    await pass(10_000)
    server.error = null
    await nextSocket()
    newest().accept()
    newest().say(welcome(0, { resumed: true }))
    expect(chat.talk.value?.peer.link.value).toBe('live')
  })

  it('takes to the next conversation what the old one refused, under the same id and in order', async () => {
    const { chat, server } = await open()
    say(chat, 'one')
    say(chat, 'two')
    const id = idOf(0)
    server.conversation = 'new'
    newest().say(closed(id))
    newest().say(closed(idOf(1)))
    await pass(10)
    expect(chat.talk.value?.conversation).toBe('new')
    newest().accept()
    newest().say(welcome(0))
    expect(sent()).toMatchObject([{ id, body: { text: 'one' } }])
  })

  it('lets the old conversation say first what became of words on their way', async () => {
    const { chat, server } = await open()
    say(chat, 'taken')
    server.conversation = 'new'
    newest().say(view('new'))
    await pass(1_000)
    expect(chat.talk.value?.conversation).toBe('old')
    newest().say({ t: 'reply', id: idOf(0), ok: true, value: null })
    await pass(10)
    expect(chat.talk.value?.conversation).toBe('new')
    expect(words(chat)).toEqual([])
  })

  it('says that it does not know of words that were sent and never answered; what was never sent goes on', async () => {
    const { chat, server } = await open()
    say(chat, 'sent')
    newest().drop(1006)
    say(chat, 'not sent')
    server.conversation = 'new'
    await pass(2_000)
    expect(chat.talk.value?.conversation).toBe('new')
    newest().accept()
    newest().say(welcome(0))
    expect(words(chat)).toEqual([
      { body: { text: 'sent' }, state: 'failed' },
      { body: { text: 'not sent' }, state: 'waiting' },
    ])
    expect(sent()).toMatchObject([{ body: { text: 'not sent' } }])
  })

  it("takes nothing of one person's to another's conversation", async () => {
    const { chat, server } = await open()
    newest().drop(1006)
    say(chat, 'of Mia')
    server.conversation = 'new'
    server.customer = { name: 'Noah', verified: true }
    await pass(2_000)
    expect(chat.talk.value?.conversation).toBe('new')
    expect(words(chat)).toEqual([])
  })

  it('begins again as somebody else without what was asked before', async () => {
    const { chat, server } = make()
    void chat.start()
    server.conversation = 'other'
    chat.restart(true)
    await pass(1)
    expect(chat.talk.value?.conversation).toBe('other')
  })
})

/** Which conversation of a customer is the current one: TH1 and TH2 on the real model. */
import { describe, expect, it } from 'vitest'
import { address, asId, type ConversationId } from '../../core/ids.ts'
import { openThread, threadModel } from '../../core/thread/model.ts'
import { conversation, Harness, org, staff } from '../support/harness.ts'
import { customer, pinned, startOf } from '../support/talk.ts'

const name = address(org, 'thread', asId('chat:abc'))
const make = () => new Harness(name, threadModel)
type H = ReturnType<typeof make>

const start = startOf(pinned())
const open = (h: H): ConversationId => {
  const { customer: who, pinned: pin } = start
  return h.actor.decide((state, turn) => openThread(state, turn, { customer: who, pinned: pin, channel: 'chat' }))
}
const conversationName = (id: ConversationId) => address(org, 'conversation', id)
const told = (h: H, id: ConversationId, now: { open: boolean; reopenUntil?: number }) =>
  h.receive(conversationName(id), { type: 'current', conversation: id, ...now })

describe('a thread', () => {
  it('TH1: makes a conversation and tells it who its customer is', async () => {
    const h = make()
    const id = open(h)
    expect(await h.sent()).toEqual([{ to: conversationName(id), message: { ...start, thread: name } }])
  })

  it('TH1: gives the same one to whoever asks, also after an eviction', async () => {
    const h = make()
    const id = open(h)
    expect(open(h)).toBe(id)
    h.evict()
    expect(open(h)).toBe(id)
    expect(await h.sent()).toHaveLength(1)
  })

  it('TH2: gives out a closed one until shortly before its time for reopening is over', async () => {
    const h = make()
    const id = open(h)
    await h.sent()
    const reopenUntil = h.now + 600_000
    told(h, id, { open: false, reopenUntil })
    h.advance(594_999)
    expect(open(h)).toBe(id)
    h.evict()
    h.advance(1)
    const next = open(h)
    expect(next).not.toBe(id)
    expect(open(h)).toBe(next)
    const sent = await h.sent()
    expect(sent).toMatchObject([
      { to: conversationName(next), message: { type: 'start' } },
      { to: conversationName(id), message: { type: 'succeeded', next } },
    ])
  })

  it('TH2: goes on with one that was opened again', () => {
    const h = make()
    const id = open(h)
    told(h, id, { open: false, reopenUntil: h.now + 10_000 })
    told(h, id, { open: true })
    h.advance(3_600_000)
    expect(open(h)).toBe(id)
  })

  it('TH2: heeds nothing that a conversation of the past says', () => {
    const h = make()
    const first = open(h)
    told(h, first, { open: false, reopenUntil: h.now })
    const second = open(h)
    told(h, first, { open: false, reopenUntil: h.now })
    told(h, conversation('never'), { open: false, reopenUntil: h.now })
    expect(open(h)).toBe(second)
  })

  it('TH2: takes a closing without a time for one that may not be reopened by it: the talk stays', () => {
    const h = make()
    const id = open(h)
    told(h, id, { open: false })
    expect(open(h)).toBe(id)
  })

  it('TH1: lets nobody connect, and takes no commands', () => {
    const h = make()
    for (const who of [customer, staff('ada', 'administrator')]) {
      expect(h.actor.admit(who)).toMatchObject({ ok: false, error: { code: 'not_found' } })
      expect(h.command(who, 'open', {})).toMatchObject({ ok: false })
    }
  })
})

describe('a thread whose talk goes on in another conversation', () => {
  const other = conversation('c-other')
  const takesOver = (h: H, instead: ConversationId) =>
    h.receive(conversationName(other), { type: 'current', conversation: other, open: true, instead })

  it('TH4: gives out that one from then on', () => {
    const h = make()
    takesOver(h, open(h))
    expect(open(h)).toBe(other)
  })

  it('TH4: tells it when the talk has long gone on in a third', async () => {
    const h = make()
    const id = open(h)
    await h.sent()
    takesOver(h, conversation('c-long-ago'))
    expect(open(h)).toBe(id)
    expect(await h.sent()).toEqual([{ to: conversationName(other), message: { type: 'succeeded', next: id } }])
  })

  it('TH5: keeps the later of a merge and its undoing, in whatever order they come', () => {
    const h = make()
    const id = open(h)
    takesOver(h, id)
    const merged = { type: 'current', conversation: id, open: true, instead: other, turn: 4 } as const
    const undone = { type: 'current', conversation: other, open: true, instead: id, turn: 6 } as const
    h.receive(conversationName(other), undone)
    h.evict()
    h.receive(conversationName(id), merged)
    h.receive(conversationName(id), { type: 'current', conversation: id, open: false, reopenUntil: h.now })
    expect(open(h)).toBe(other)
    h.receive(conversationName(id), { ...merged, turn: 8 })
    expect(open(h)).toBe(id)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isStale } from '../../../client/console/offline/stale.ts'
import { type Item, Outbox } from '../../../client/net/outbox.ts'
import type { ClientFrame } from '../../../core/protocol/frames.ts'
import { FakeAround, pass } from './around.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function make(asks: (item: Item) => boolean = () => false) {
  const sent: string[] = []
  let saved: readonly Item[] = []
  const outbox = new Outbox({
    clock: new FakeAround().clock,
    send: (frame: ClientFrame) => void sent.push(frame.t === 'cmd' ? frame.id : frame.t),
    save: (items) => {
      saved = items
    },
    changed: () => {},
    asks,
  })
  return { outbox, sent, saved: () => saved.map(({ id }) => id) }
}

const post = (outbox: Outbox, id: string) => outbox.command('post', { text: id }, { words: true, id })
const reply = (id: string) => ({ t: 'reply', id, ok: true, value: null }) as const
const refused = (id: string, code: string, retry = false) =>
  ({ t: 'refused', id, error: { code, message: code, retry } }) as const

describe('an outbox', () => {
  it('sends what waits in order once the link is up, and again with the same ids after each reconnect', () => {
    const { outbox, sent } = make()
    void post(outbox, 'one')
    void post(outbox, 'two')
    expect(sent).toEqual([])
    outbox.opened()
    outbox.take(reply('one'))
    outbox.lost()
    void post(outbox, 'three')
    outbox.opened()
    outbox.take(reply('two'))
    expect(sent).toEqual(['one', 'two', 'two', 'three'])
  })

  it('keeps words until they are in the stream, and saves them until they are answered', () => {
    const { outbox, saved } = make()
    outbox.opened()
    void post(outbox, 'one')
    expect(saved()).toEqual(['one'])
    outbox.take(reply('one'))
    expect(saved()).toEqual([])
    expect(outbox.items.map(({ state }) => state)).toEqual(['accepted'])
    outbox.confirm(new Set(['one']))
    expect(outbox.items).toEqual([])
  })

  it('CR4: holds back what can still be taken back, and what comes after it', () => {
    const { outbox, sent } = make()
    outbox.opened()
    void outbox.command('post', {}, { words: true, id: 'held', holdFor: 5_000 })
    void outbox.command('close', {}, { id: 'close' })
    vi.advanceTimersByTime(4_999)
    outbox.lost()
    outbox.opened()
    expect(sent).toEqual([])
    vi.advanceTimersByTime(1)
    expect(sent).toEqual(['held'])
    outbox.take(reply('held'))
    expect(sent).toEqual(['held', 'close'])
    outbox.take(reply('close'))

    void outbox.command('post', {}, { words: true, id: 'back', holdFor: 5_000 })
    void post(outbox, 'next')
    outbox.remove('back')
    expect(sent).toEqual(['held', 'close', 'next'])
    vi.advanceTimersByTime(10_000)
    expect(sent).not.toContain('back')
  })

  it('takes an entry in the stream for the answer that was lost', async () => {
    const { outbox } = make()
    const outcome = post(outbox, 'one')
    outbox.confirm(new Set(['one']))
    expect(outbox.items).toEqual([])
    expect(await outcome).toEqual({ ok: true, value: null })
  })

  it('OL3: asks about what is too old, and lets nothing of its kind overtake it; the rest goes', () => {
    const { outbox, sent, saved } = make((item) => isStale(item, Date.now()))
    const note = (id: string) => outbox.command('note', { text: id }, { words: true, id })
    void post(outbox, 'old')
    void note('old note')
    vi.advanceTimersByTime(10 * 60_000)
    void post(outbox, 'fresh')
    vi.advanceTimersByTime(5 * 60_000)
    outbox.opened()
    expect(sent).toEqual(['old note'])
    outbox.take(reply('old note'))
    expect(sent).toEqual(['old note'])
    expect(saved()).toEqual(['old', 'fresh'])
    outbox.agree('old')
    outbox.take(reply('old'))
    outbox.take(reply('fresh'))
    expect(sent).toEqual(['old note', 'old', 'fresh'])
    expect(saved()).toEqual([])
  })

  it('OL3: goes on when what it asks about is taken away, and asks nothing of what has just been seen to arrive', () => {
    const { outbox, sent } = make((item) => isStale(item, Date.now()))
    for (const id of ['one', 'two', 'three']) void post(outbox, id)
    vi.advanceTimersByTime(15 * 60_000)
    void post(outbox, 'fresh')
    outbox.opened()
    outbox.confirm(new Set(['one']))
    outbox.remove('two')
    expect(sent).toEqual([])
    outbox.remove('three')
    expect(sent).toEqual(['fresh'])
  })

  it('OL3: keeps a tag over a reload, and whoever comes back hears that it failed', () => {
    const { outbox, saved } = make()
    void outbox.command('tag', {}, { keep: true, id: 'one' })
    void outbox.command('tag', {}, { keep: true, id: 'two' })
    expect(saved()).toEqual(['one', 'two'])
    const later = make()
    later.outbox.adopt(outbox.items)
    for (const page of [outbox, later.outbox]) {
      page.opened()
      page.take(reply('one'))
      page.take(refused('two', 'not_found'))
    }
    // Here somebody waits for the answer, there nobody does.
    expect([outbox.items, later.outbox.items].map((items) => items.map(({ state }) => state))).toEqual([[], ['failed']])
  })

  it('SC6: keeps a pace that no server has to stop, and sends all in the end', async () => {
    const { outbox, sent } = make()
    for (let i = 0; i < 40; i += 1) void post(outbox, `word-${i}`)
    outbox.opened()
    const answerAll = () => {
      for (let known = -1; known < sent.length; ) {
        known = sent.length
        outbox.take(reply(sent.at(-1) ?? ''))
      }
    }
    answerAll()
    expect(sent).toHaveLength(15)
    await pass(5_000)
    answerAll()
    expect(sent).toHaveLength(30)
    await pass(5_000)
    answerAll()
    expect(sent).toEqual(Array.from({ length: 40 }, (_, i) => `word-${i}`))
  })

  it('tries again later what may succeed later', async () => {
    const { outbox, sent } = make()
    outbox.opened()
    void post(outbox, 'one')
    outbox.take(refused('one', 'not_ready', true))
    expect(sent).toEqual(['one'])
    await pass(1_000)
    expect(sent).toEqual(['one', 'one'])
    expect(outbox.items[0]?.state).toBe('waiting')
  })

  it('shows what was refused with its reason, over a reload too, and retries it as a new command', async () => {
    const { outbox, sent, saved } = make()
    outbox.opened()
    const outcome = post(outbox, 'one')
    outbox.take(refused('one', 'stale_lease'))
    expect(await outcome).toMatchObject({ ok: false, error: { code: 'stale_lease' } })
    expect(outbox.items[0]).toMatchObject({ state: 'failed', refusal: { code: 'stale_lease' } })
    expect(saved()).toEqual(['one'])
    outbox.retry('one', { text: 'one', lease: 2 })
    expect(sent).toHaveLength(2)
    expect(sent[1]).not.toBe('one')
    expect(outbox.items).toMatchObject([{ state: 'waiting', body: { text: 'one', lease: 2 } }])
  })

  it('sends again what stays without an answer on a link that seems fine', async () => {
    const { outbox, sent } = make()
    outbox.opened()
    void post(outbox, 'one')
    await pass(10_000)
    expect(sent).toEqual(['one', 'one'])
    outbox.take(reply('one'))
    await pass(60_000)
    expect(sent).toEqual(['one', 'one'])
  })

  it('does not save what is no word, and forgets it with its answer', async () => {
    const { outbox, saved } = make()
    outbox.opened()
    const outcome = outbox.command('accept', {}, { id: 'accept-1' })
    expect(saved()).toEqual([])
    outbox.take(refused('accept-1', 'stale_lease'))
    expect(outbox.items).toEqual([])
    expect((await outcome).ok).toBe(false)
  })

  it('adopts each kept command once, oldest first', () => {
    const { outbox, sent } = make()
    const item = (id: string, at: number): Item => {
      return { id, at, name: 'post', body: {}, words: true, sent: false, state: 'waiting', refusal: null }
    }
    outbox.adopt([item('late', 2), item('early', 1)])
    outbox.adopt([item('early', 1)])
    outbox.opened()
    outbox.take(reply('early'))
    expect(sent).toEqual(['early', 'late'])
  })

  it('lets nothing overtake what is to be tried again later', async () => {
    const { outbox, sent } = make()
    outbox.opened()
    void post(outbox, 'one')
    void post(outbox, 'two')
    outbox.take(refused('one', 'not_ready', true))
    void post(outbox, 'three')
    void outbox.command('leave', {}, { id: 'leave' })
    expect(sent).toEqual(['one'])
    await pass(1_000)
    expect(sent).toEqual(['one', 'one'])
    for (const id of ['one', 'two', 'three', 'leave']) outbox.take(reply(id))
    expect(sent).toEqual(['one', 'one', 'two', 'three', 'leave'])
  })

  it('goes on with the next when one fails, or is seen in the stream, or is taken back', () => {
    const { outbox, sent } = make()
    outbox.opened()
    for (const id of ['one', 'two', 'three', 'four']) void post(outbox, id)
    outbox.take(refused('one', 'too_large'))
    outbox.confirm(new Set(['two']))
    outbox.remove('three')
    expect(sent).toEqual(['one', 'two', 'three', 'four'])
  })

  it('lets a mere question pass', () => {
    const { outbox, sent } = make()
    outbox.opened()
    void post(outbox, 'one')
    void outbox.command('history', {}, { id: 'history', aside: true })
    expect(sent).toEqual(['one', 'history'])
  })

  it('knows which words a link has had', () => {
    const { outbox } = make()
    void post(outbox, 'one')
    void post(outbox, 'two')
    outbox.opened()
    outbox.lost()
    expect(outbox.items.map(({ sent }) => sent)).toEqual([true, false])
  })
})

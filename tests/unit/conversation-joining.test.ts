/** Merge and split, each side by itself: MG1 to MG4. That they agree is for the simulation and the canary. */
import { describe, expect, it } from 'vitest'
import { address } from '../../core/ids.ts'
import type { Joined, Message } from '../../core/protocol/messages.ts'
import { conversation, org, staff } from '../support/harness.ts'
import { agentName, asAgent, codeOf, self, Talk, thread } from '../support/talk.ts'

const earlier = conversation('c0')
const later = conversation('c2')
const nameOf = (id: typeof self) => address(org, 'conversation', id)
const by = { role: 'agent', id: 'ada', name: 'Ada' } as const

const owned = () => {
  const t = new Talk(undefined, { prefer: 0 })
  t.ownedBy('ada')
  return t
}
const merge = (t: Talk, into = 'c0') => t.asOwner('ada', 'merge', { into })
const answer = (t: Talk, why: Joined['why'] = null) =>
  t.h.receive(nameOf(earlier), { type: 'joined', conversation: earlier, why })
const joins = (t: Talk, customer = 'mia', agent: string | null = 'ada') => {
  const hand = { agent: agent === null ? null : asAgent(agent), since: 5 }
  t.h.receive(nameOf(later), { type: 'join', conversation: later, customer, thread, by, hand })
}
const sentTo = async (t: Talk, name: string): Promise<Message[]> =>
  (await t.h.sent()).filter(({ to }) => to === name).map(({ message }) => message)

describe('the later one', () => {
  it('MG2: asks first and goes on meanwhile; a refusal leaves it as it was, and is told', async () => {
    const t = owned()
    await t.h.sent()
    expect(codeOf(merge(t))).toBe('ok')
    expect(await sentTo(t, nameOf(earlier))).toMatchObject([
      { type: 'join', conversation: self, customer: 'mia', hand: { agent: 'ada' } },
    ])
    expect(codeOf(t.asOwner('ada', 'post', { text: 'Still here' }))).toBe('ok')
    expect(codeOf(merge(t))).toBe('conflict')
    answer(t, 'other customer')
    expect(t.view('staff')).toMatchObject({ status: 'talking', merge: null })
    expect(t.types.at(-1)).toBe('not-merged')
    expect(merge(t, 'c9')).toMatchObject({ ok: false, error: { code: 'bad_input', field: 'into' } })
  })

  it('MG1: closes and points to the earlier one once that has agreed; nothing of it can be reopened there', async () => {
    const t = owned()
    merge(t)
    const entries = t.log.length
    answer(t)
    answer(t)
    expect(t.view('public')).toMatchObject({ status: 'closed', next: earlier })
    expect(t.types.slice(entries)).toEqual(['merged', 'closed'])
    expect(codeOf(t.say())).toBe('closed')
    expect(await sentTo(t, agentName('ada'))).toContainEqual(expect.objectContaining({ type: 'end', why: 'closed' }))
  })

  it('MG1: closed by its customer meanwhile, it points to the earlier one all the same', () => {
    const t = owned()
    merge(t)
    t.asOwner('ada', 'close')
    answer(t)
    expect(t.view('public').next).toBe(earlier)
    expect(t.types.filter((type) => type === 'closed')).toHaveLength(1)
  })

  it('MG3: taken back, it is open again in the hands of whoever merged it, and current in its thread', async () => {
    const t = owned()
    merge(t)
    answer(t)
    expect(codeOf(t.h.command(staff('ben'), 'unmerge', {}))).toBe('forbidden')
    await t.h.sent()
    t.h.evict()
    expect(codeOf(t.h.command(staff('ada'), 'unmerge', {}))).toBe('ok')
    const sent = await t.h.sent()
    const to = (name: string) => sent.filter((each) => each.to === name).map(({ message }) => message)
    expect(to(thread)).toEqual([
      { type: 'current', conversation: self, open: true, instead: earlier, turn: t.log.length },
    ])
    expect(to(nameOf(earlier))).toMatchObject([{ type: 'part', conversation: self }])
    expect(to(agentName('ada'))).toMatchObject([{ type: 'assign', auto: true, force: true }])
    expect(codeOf(t.h.command(staff('ada'), 'unmerge', {}))).toBe('forbidden')
  })

  it('MG3: for seven days', () => {
    const t = owned()
    merge(t)
    answer(t)
    t.h.clock.time += 7 * 86_400_000 + 1
    expect(codeOf(t.h.command(staff('ada'), 'unmerge', {}))).toBe('closed')
  })
})

describe('the earlier one', () => {
  it('MG1: opens again in the same hands and becomes current; parted, it is closed as before', async () => {
    const t = owned()
    t.asOwner('ada', 'close')
    await t.h.sent()
    joins(t)
    const sent = await t.h.sent()
    const to = (name: string) => sent.filter((each) => each.to === name).map(({ message }) => message)
    expect(to(nameOf(later))).toEqual([{ type: 'joined', conversation: self, why: null }])
    expect(to(thread)).toEqual([{ type: 'current', conversation: self, open: true, instead: later }])
    expect(to(agentName('ada'))).toMatchObject([{ type: 'assign', auto: true, force: true }])
    t.accept('ada')
    expect(t.view('staff')).toMatchObject({ status: 'talking', joined: [later] })
    t.h.evict()
    t.h.receive(nameOf(later), { type: 'part', conversation: later, by })
    expect(t.view('staff')).toMatchObject({ status: 'closed', joined: [] })
    expect(t.view('public').next).toBe(later)
  })

  it('MG3: that was open stays open, with its own agent', () => {
    const t = owned()
    joins(t)
    expect(t.talk.owner?.agent).toBe('ada')
    expect(t.talk.offer).toBeNull()
    t.h.receive(nameOf(later), { type: 'part', conversation: later, by })
    expect(t.view('staff').status).toBe('talking')
  })

  it('MG2: is none for another customer, for nobody, or when it goes on elsewhere itself', async () => {
    const refused = async (t: Talk, customer?: string) => {
      await t.h.sent()
      joins(t, customer)
      return (await sentTo(t, nameOf(later))).map((message) => Object(message).why)
    }
    expect(await refused(owned(), 'zoe')).toEqual(['other customer'])
    expect(await refused(new Talk())).toEqual(['not begun'])
    const merging = owned()
    merge(merging)
    expect(await refused(merging)).toEqual(['elsewhere'])
  })
})

describe('a split', () => {
  it('MG4: closes it and begins another that points to its entries; nothing is copied', async () => {
    const t = owned()
    await t.h.sent()
    const split = t.asOwner('ada', 'split', { from: 2 })
    const next = split.ok ? String(Object(split.value).conversation) : ''
    const last = t.log.length - 2
    const sent = await t.h.sent()
    const start = sent.find(({ message }) => message.type === 'start')
    expect(start?.message).toMatchObject({ origin: { conversation: self, first: 2, last, hand: { agent: 'ada' } } })
    expect(t.view('public')).toMatchObject({ status: 'closed', next })
    expect(t.asOwner('ada', 'split', { from: 1 })).toMatchObject({ ok: false, error: { code: 'closed' } })
    if (start?.message.type !== 'start') throw new Error('no start')

    const fresh = new Talk()
    fresh.h.state.talk.patch({ begun: null })
    fresh.h.receive(nameOf(earlier), start.message)
    expect(fresh.view('staff')).toMatchObject({ status: 'waiting', origin: { conversation: self, first: 2, last } })
    expect(fresh.types).toEqual(['split-from', 'waiting', 'offered'])
    fresh.accept('ada')
    expect(fresh.view('public').agent).toEqual({ name: 'Ada' })
  })

  it('MG4: begins with an entry that there is, and may wait in a queue', () => {
    const t = owned()
    expect(t.asOwner('ada', 'split', { from: 99 })).toMatchObject({ ok: false, error: { field: 'from' } })
    expect(t.asOwner('ada', 'split', { from: 1, queue: 'nowhere' })).toMatchObject({
      ok: false,
      error: { field: 'queue' },
    })
    expect(t.asOwner('ada', 'split', { from: 2, to: 1 })).toMatchObject({ ok: false, error: { field: 'to' } })
    expect(t.asOwner('ada', 'split', { from: 1, to: 99 })).toMatchObject({ ok: false, error: { field: 'to' } })
    expect(codeOf(t.asOwner('ada', 'split', { from: 1, to: 2, queue: 'care' }))).toBe('ok')
    expect(t.log.map(({ body }) => body.body)).toContainEqual(
      expect.objectContaining({ type: 'split', first: 1, last: 2 }),
    )
  })
})

/** Asking a colleague in private, hold, and taking back what was handed over: CS1 to CS6. */
import { describe, expect, it } from 'vitest'
import { toStaff } from '../../core/conversation/entries.ts'
import { close } from '../../core/protocol/link.ts'
import { segmentsOf } from '../../core/segments/fold.ts'
import { queue, staff } from '../support/harness.ts'
import { greet } from '../support/raw-socket.ts'
import { agentName, codeOf, customer, queueName, Talk } from '../support/talk.ts'

const desk = { tags: [], dispositions: {}, attributes: {} }

function owned(): Talk {
  const t = new Talk(undefined, {}, { desk }).knows('ben', 'cyd')
  t.ownedBy('ada')
  return t
}
const consult = (t: Talk, more: object = { agent: 'ben' }) => t.asOwner('ada', 'consult', more)
/** Ben has accepted; the lease of the consult. */
function consulted(t = owned()): Talk {
  expect(codeOf(consult(t))).toBe('ok')
  t.accept('ben')
  return t
}
const sentTo = async (t: Talk, name: string) => (await t.h.sent()).filter(({ to }) => to === name).map((m) => m.message)
const segments = (t: Talk) =>
  segmentsOf(t.log.map(toStaff)).map(({ kind, agent, outcome }) => `${kind} ${agent ?? '-'} ${outcome ?? 'lasts'}`)
const publicTypes = (t: Talk) => t.log.filter(({ pub }) => pub !== null).map(({ body }) => body.body.type)

describe('a consult', () => {
  it('CS1: rings at the colleague with the question and who asks, while the owner keeps the conversation', async () => {
    const t = owned()
    await t.h.sent()
    expect(codeOf(consult(t, { agent: 'ben', note: 'May I refund it?' }))).toBe('ok')
    const [ring] = await sentTo(t, agentName('ben'))
    expect(ring).toMatchObject({
      type: 'assign',
      force: false,
      card: { consult: { by: 'Ada' }, note: 'May I refund it?' },
    })
    expect(t.view('staff')).toMatchObject({
      status: 'talking',
      owner: { agent: 'ada' },
      offer: null,
      consult: { state: 'asked', agent: 'ben' },
    })
    t.accept('ben')
    expect(t.view('staff')).toMatchObject({ owner: { agent: 'ada' }, consult: { state: 'joined', agent: 'ben' } })
  })

  it('CS1: of a queue asks whoever is next there, never the owner, and waits as no contact does', async () => {
    const t = owned()
    await t.waits()
    expect(codeOf(consult(t, { queue: 'billing' }))).toBe('ok')
    expect(await t.waits()).toMatchObject([{ queue: 'billing', wait: { entry: { avoid: ['ada'] } } }])
    expect(t.view('staff').consult).toMatchObject({ state: 'asked', agent: null, queue: 'billing' })
    t.claim('cyd', { via: 'billing' })
    const [grant] = await sentTo(t, agentName('cyd'))
    expect(grant).toMatchObject({ type: 'grant', card: { consult: { by: 'Ada' } } })
    t.accept('cyd')
    expect(t.talk).toMatchObject({ owner: { agent: 'ada' }, consult: { agent: 'cyd' }, seek: null, offer: null })
    t.asOwner('ada', 'close')
    expect(segments(t)).toEqual([
      'queue ada answered',
      'ring ada accepted',
      'talk ada closed-by-agent',
      'ring cyd accepted',
      'consult cyd closed-by-agent',
    ])
  })

  it('CS1: asks one at a time, nobody who is not there, and not by who does not own it', () => {
    const t = owned()
    expect(codeOf(consult(t, {}))).toBe('bad_input')
    expect(codeOf(consult(t, { agent: 'ada' }))).toBe('conflict')
    expect(codeOf(t.h.command(staff('ben'), 'consult', { lease: 1, agent: 'cyd' }))).toBe('forbidden')
    consult(t)
    expect(codeOf(consult(t, { agent: 'cyd' }))).toBe('conflict')
    t.accept('ben')
    expect(codeOf(consult(t, { agent: 'cyd' }))).toBe('conflict')
    expect(codeOf(t.h.command(staff('ben'), 'post', { text: 'x', lease: t.talk.consult?.lease }))).toBe('forbidden')
  })

  it('CS2: shows the colleague the whole talk and takes its notes; the customer sees and hears nothing of it', () => {
    const t = owned()
    const ben = { ...staff('ben'), team: 'another-team' }
    expect(codeOf(t.h.command(ben, 'note', { text: 'x' }))).toBe('forbidden')
    const before = { view: t.view('public'), types: publicTypes(t) }
    consulted(t)
    const socket = greet(t.h, ben)
    expect(socket.frames.length).toBeGreaterThan(0)
    expect(codeOf(t.h.command(ben, 'note', { text: 'Refund it' }))).toBe('ok')
    expect(socket.closed).toBeNull()
    t.h.command(ben, 'end-consult', { lease: t.talk.consult?.lease })
    expect(socket.closed).toMatchObject({ code: close.forbidden })
    expect({ view: t.view('public'), types: publicTypes(t) }).toEqual(before)
    expect(codeOf(t.h.command(ben, 'note', { text: 'x' }))).toBe('forbidden')
  })

  it('CS3: ends by either side, each under its own lease', async () => {
    for (const [who, how] of [
      ['ada', 'ended'],
      ['ben', 'left'],
    ] as const) {
      const t = consulted()
      await t.h.sent()
      const lease = who === 'ada' ? t.talk.owner?.lease : t.talk.consult?.lease
      expect(codeOf(t.h.command(staff(who), 'end-consult', { lease: 99 }))).toBe('stale_lease')
      expect(codeOf(t.h.command(staff(who), 'end-consult', { lease }))).toBe('ok')
      expect(t.talk).toMatchObject({ owner: { agent: 'ada' }, consult: null })
      expect(await sentTo(t, agentName('ben'))).toMatchObject([{ type: 'end', why: 'gone' }])
      expect(segments(t).at(-1)).toBe(`consult ben ${how}`)
    }
  })

  it('CS3: not answered leaves all as it was; withdrawn, it stops ringing', async () => {
    const t = owned()
    consult(t)
    t.decline('ben')
    expect(t.view('staff')).toMatchObject({ owner: { agent: 'ada' }, consult: null })
    consult(t, { agent: 'cyd' })
    await t.h.sent()
    expect(codeOf(t.asOwner('ada', 'end-consult'))).toBe('ok')
    expect(await sentTo(t, agentName('cyd'))).toMatchObject([{ type: 'end', why: 'gone' }])
    expect(t.talk).toMatchObject({ offer: null, seek: null, consult: null })
    expect(segments(t).slice(-2)).toEqual(['ring ben declined', 'ring cyd withdrawn'])
  })

  it('CS3: ends with the lease under which it was asked for, however that ends', async () => {
    const ways: readonly ((t: Talk) => void)[] = [
      (t) => t.lose('ada', t.talk.owner?.lease),
      (t) => t.asOwner('ada', 'close'),
      (t) => t.h.command(customer, 'leave', {}),
      (t) => t.asOwner('ada', 'transfer', { queue: 'billing', warm: false }),
      (t) => t.asOwner('ada', 'snooze', { until: t.h.now + 3_600_000 }),
    ]
    for (const way of ways)
      for (const isAnswered of [true, false]) {
        const t = owned()
        consult(t)
        if (isAnswered) t.accept('ben')
        await t.h.sent()
        if (isAnswered || way !== ways[4]) way(t)
        else t.lose('ada', t.talk.owner?.lease)
        expect(t.talk).toMatchObject({ consult: null, owner: null })
        expect(t.talk.offer?.consult).toBeUndefined()
        expect(t.talk.seek?.consult).toBeUndefined()
        expect(await sentTo(t, agentName('ben'))).toMatchObject([{ type: 'end' }])
        expect(segments(t).filter((line) => /ben lasts/.test(line))).toEqual([])
      }
  })

  it('CS3: ends when the console of the colleague stays away, and the owner notices in the record only', () => {
    const t = consulted()
    t.lose('ben', t.talk.consult?.lease)
    expect(t.talk).toMatchObject({ owner: { agent: 'ada' }, consult: null })
    expect(segments(t).at(-1)).toBe('consult ben lost')
  })

  it('CS3: of a queue that is gone is over', () => {
    const t = owned()
    consult(t, { queue: 'billing' })
    t.h.receive(queueName('billing'), { type: 'gone', queue: queue('billing'), version: 9 })
    expect(t.view('staff')).toMatchObject({ owner: { agent: 'ada' }, consult: null, queues: [] })
  })

  it('CS4: a transfer to who is consulted is taken at once; what the customer reads is that one leaves and one joins', async () => {
    const t = consulted()
    await t.h.sent()
    expect(codeOf(t.asOwner('ada', 'transfer', { agent: 'ben', warm: true }))).toBe('ok')
    expect(await sentTo(t, agentName('ben'))).toMatchObject([
      { type: 'end', why: 'moved' },
      { type: 'assign', force: true, auto: true },
    ])
    t.accept('ben')
    expect(t.talk).toMatchObject({ owner: { agent: 'ben' }, consult: null })
    expect(segments(t).slice(-4)).toEqual([
      'ring ben accepted',
      'consult ben handed-over',
      'ring ben accepted',
      'talk ben lasts',
    ])
    expect(publicTypes(t).slice(-2)).toEqual(['left', 'joined'])
  })
})

describe('a hold', () => {
  it('CS5: tells the customer once that it takes a moment, and that it goes on', () => {
    const t = owned()
    expect(codeOf(t.asOwner('ada', 'hold'))).toBe('ok')
    const { since } = t.view('staff').hold ?? {}
    expect(since).toBe(t.h.now)
    t.h.advance(1_000)
    t.asOwner('ada', 'hold')
    expect(t.view('staff').hold).toEqual({ since })
    t.asOwner('ada', 'resume')
    t.asOwner('ada', 'resume')
    expect(publicTypes(t).slice(-2)).toEqual(['held', 'resumed'])
    expect(codeOf(t.h.command(staff('ben'), 'hold', { lease: 1 }))).toBe('forbidden')
  })

  it('CS5: ends with the owner’s next word to the customer, not with a note or the customer’s word', () => {
    const t = owned()
    t.asOwner('ada', 'hold')
    t.say('Are you there?')
    t.h.command(staff('ada'), 'note', { text: 'Looking it up' })
    expect(t.view('staff').hold).not.toBeNull()
    t.asOwner('ada', 'post', { text: 'Here I am' })
    expect(t.view('staff').hold).toBeNull()
    expect(publicTypes(t).slice(-3)).toEqual(['message', 'resumed', 'message'])
  })

  it('CS5: is a part of the talk: it ends with it, at the same entry and in the same way', () => {
    const ways: readonly [string, (t: Talk) => void][] = [
      ['lost', (t) => t.lose('ada', t.talk.owner?.lease)],
      ['closed-by-agent', (t) => t.asOwner('ada', 'close')],
      ['closed-by-customer', (t) => t.h.command(customer, 'leave', {})],
      ['transferred', (t) => t.asOwner('ada', 'transfer', { queue: 'billing', warm: false })],
      ['laid-aside', (t) => t.asOwner('ada', 'snooze', { until: t.h.now + 3_600_000 })],
    ]
    for (const [outcome, way] of ways) {
      const t = owned()
      t.asOwner('ada', 'hold')
      t.h.advance(5_000)
      way(t)
      expect(t.talk.hold).toBeNull()
      const [talk, hold] = segmentsOf(t.log.map(toStaff)).filter(({ kind }) => kind === 'talk' || kind === 'hold')
      expect(hold).toMatchObject({ kind: 'hold', outcome, agent: 'ada', lease: talk?.lease, last: talk?.last })
      expect((hold?.endedAt ?? 0) - (hold?.beganAt ?? 0)).toBe(5_000)
    }
  })
})

describe('what was handed over', () => {
  const hand = (t: Talk, to: object, warm = false) => t.asOwner('ada', 'transfer', { ...to, warm })
  const pullBack = (t: Talk, id = 'ada') => t.h.command(staff(id), 'pull-back', {})

  it('CS6: is taken back by who handed it over, from whoever is being rung, at its old age', async () => {
    const t = owned()
    const { since } = t.talk
    hand(t, { agent: 'ben' })
    await t.h.sent()
    expect(codeOf(pullBack(t, 'cyd'))).toBe('forbidden')
    expect(codeOf(pullBack(t))).toBe('ok')
    expect(await sentTo(t, agentName('ben'))).toMatchObject([{ type: 'end', why: 'gone' }])
    t.accept('ben', t.talk.lease - 1)
    expect(t.talk.owner).toBeNull()
    t.accept('ada')
    expect(t.talk).toMatchObject({ owner: { agent: 'ada' }, seek: null, offer: null, handed: null, since })
  })

  it('CS6: is taken back from queues too, and not once somebody has accepted it', async () => {
    const t = owned()
    hand(t, { queue: 'billing' })
    expect(t.view('staff').handed).toEqual({ agent: 'ada', name: 'Ada' })
    pullBack(t)
    t.accept('ada')
    expect((await t.waits()).at(-1)?.wait.entry).toBeUndefined()
    hand(t, { queue: 'billing' })
    t.claim('ben', { via: 'billing' })
    t.accept('ben')
    expect(codeOf(pullBack(t))).toBe('forbidden')
    expect(t.view('staff').handed).toBeNull()
  })

  it('CS6: handed over warm, nobody is asked any more and it stays where it is', async () => {
    for (const to of [{ agent: 'ben' }, { queue: 'billing' }]) {
      const t = owned()
      hand(t, to, true)
      expect(codeOf(pullBack(t))).toBe('ok')
      expect(t.talk).toMatchObject({ owner: { agent: 'ada' }, seek: null, offer: null, handed: null })
      expect(codeOf(pullBack(t))).toBe('conflict')
      expect(segments(t).at(-1)).toMatch(/withdrawn$/)
    }
  })

  it('CS6: is a supervisor’s once a supervisor assigns it', () => {
    const t = owned()
    hand(t, { queue: 'billing' })
    t.h.command(staff('sue', 'supervisor'), 'assign', { agent: 'cyd', force: false })
    expect(codeOf(pullBack(t))).toBe('forbidden')
  })
})

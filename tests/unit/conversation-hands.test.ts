/** From hand to hand: transfer to a person, laid aside, coming back, left outside opening hours: CV15 to CV18, CV21, CV22. */
import { describe, expect, it } from 'vitest'
import type { Pinned } from '../../core/protocol/book-messages.ts'
import { staff } from '../support/harness.ts'
import { agentName, book, codeOf, customer, queueName, Talk, thread } from '../support/talk.ts'

const desk = { tags: [], dispositions: {}, attributes: {} }
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const make = (more: Partial<Pinned> = {}) => new Talk(undefined, { prefer: 20_000 }, { desk, ...more }).knows('ben')
const owned = (more?: Partial<Pinned>) => {
  const t = make(more)
  t.ownedBy('ada')
  return t
}
const sentTo = async (t: Talk, name: string) => (await t.h.sent()).filter(({ to }) => to === name).map((m) => m.message)

describe('a transfer to an agent', () => {
  const hand = (t: Talk, warm: boolean, agent = 'ben') =>
    t.asOwner('ada', 'transfer', { agent, warm, note: 'Her order is lost' })

  it('CV15: rings at that agent with the word to the next and the old age; the present one is free', async () => {
    const t = make()
    t.say()
    t.h.advance(5_000)
    const { since } = t.talk
    t.ownedBy('ada')
    await t.h.sent()
    expect(codeOf(hand(t, false))).toBe('ok')
    const sent = await t.h.sent()
    expect(sent.find(({ to }) => to === agentName('ada'))?.message).toMatchObject({ type: 'end', why: 'moved' })
    const card = { note: 'Her order is lost', waitingSince: since }
    expect(sent.find(({ to }) => to === agentName('ben'))?.message).toMatchObject({
      type: 'assign',
      force: false,
      card,
    })
    expect(sent.filter(({ to }) => to === queueName('sales'))).toEqual([])
    t.accept('ben')
    expect(t.talk).toMatchObject({ owner: { agent: 'ben' }, note: null, since })
  })

  it('CV15: that is declined goes to the queues it came from when cold, and stays where it is when warm', () => {
    const cold = owned()
    hand(cold, false)
    cold.decline('ben')
    expect(cold.view('staff')).toMatchObject({ status: 'waiting', queues: ['sales'], owner: null })
    const warm = owned()
    hand(warm, true)
    expect(warm.talk).toMatchObject({ owner: { agent: 'ada' }, offer: { agent: 'ben' } })
    warm.decline('ben')
    expect(warm.talk).toMatchObject({ owner: { agent: 'ada' }, offer: null, seek: null })
  })

  it('CV16: to somebody unknown waits for what Book says, and is refused when that is nobody', async () => {
    const t = owned()
    await t.h.sent()
    expect(hand(t, false, 'eve')).toMatchObject({
      ok: false,
      error: { code: 'not_ready', field: 'agent', retry: true },
    })
    expect(await sentTo(t, book)).toEqual([{ type: 'ask-plan', have: 1, agent: 'eve' }])
    const { pinned } = t.h.state.known.get()
    if (pinned === null) throw new Error('nothing pinned')
    t.h.receive(book, { type: 'plan', pinned, agent: { id: 'eve', name: null } })
    expect(hand(t, false, 'eve')).toMatchObject({ ok: false, error: { code: 'bad_input', field: 'agent' } })
    expect(t.talk.owner?.agent).toBe('ada')
    const byHand = t.h.command(staff('sam', 'supervisor'), 'assign', { agent: 'nobody', force: true })
    expect(codeOf(byHand)).toBe('not_ready')
    expect(t.talk.offer).toBeNull()
  })

  it('CV15: names a queue or an agent, not both and not neither', () => {
    const t = owned()
    for (const body of [{ warm: false }, { warm: false, queue: 'care', agent: 'ben' }])
      expect(t.asOwner('ada', 'transfer', body)).toMatchObject({
        ok: false,
        error: { code: 'bad_input', field: 'queue' },
      })
  })
})

describe('laid aside', () => {
  const snooze = (t: Talk, ms: number) => t.asOwner('ada', 'snooze', { until: t.h.now + ms })

  it('CV17: nobody has it and nobody is sought until its time; then its agent is asked first, and then the queues', async () => {
    const t = owned()
    expect(codeOf(snooze(t, HOUR))).toBe('ok')
    expect(t.view('staff')).toMatchObject({ status: 'waiting', queues: [], owner: null, snooze: { why: 'agent' } })
    expect(t.view('public').later).toEqual({ why: 'agent', until: null })
    t.h.evict()
    t.h.advance(HOUR - 1)
    expect(t.talk).toMatchObject({ owner: null, offer: null, seek: null })
    await t.h.sent()
    t.h.advance(1)
    const asked = await sentTo(t, agentName('ada'))
    expect(asked).toMatchObject([
      { type: 'aside', until: null },
      { type: 'assign', ring: 20_000 },
    ])
    expect(t.talk.since).toBe(t.h.now)
    t.decline('ada')
    expect(t.view('staff')).toMatchObject({ status: 'waiting', queues: ['sales'], snooze: null })
  })

  it('CV17: comes back at once with a word of its customer, or when staff says so', () => {
    const t = owned()
    snooze(t, HOUR)
    t.say('Are you there?')
    expect(t.talk).toMatchObject({ snooze: null, offer: { agent: 'ada' } })
    t.accept('ada')
    snooze(t, HOUR)
    expect(codeOf(t.h.command(staff('ben'), 'wake', {}))).toBe('ok')
    expect(t.talk).toMatchObject({ snooze: null, offer: { agent: 'ada' } })
    expect(codeOf(t.h.command(staff('ben'), 'wake', {}))).toBe('conflict')
  })

  it('CV17: for at least and at most as long as the policy says', () => {
    const t = owned()
    for (const ms of [1, 31 * 24 * HOUR])
      expect(snooze(t, ms)).toMatchObject({ ok: false, error: { code: 'bad_input', field: 'until' } })
    expect(t.talk.owner?.agent).toBe('ada')
  })

  it('CV11: ends when its customer leaves', () => {
    const t = owned()
    snooze(t, HOUR)
    t.h.command(customer, 'leave', {})
    t.h.advance(2 * HOUR)
    expect(t.talk).toMatchObject({ snooze: null, offer: null, seek: null, closed: { by: 'customer' } })
  })
})

describe('coming back', () => {
  it('CV18: rings at the last agent alone, then waits in the queues of the plan', async () => {
    const t = owned()
    t.asOwner('ada', 'close')
    await t.h.sent()
    t.say('One more thing')
    const sent = await t.h.sent()
    expect(sent.filter(({ to }) => to === agentName('ada')).map((m) => m.message)).toMatchObject([
      { type: 'assign', force: false, ring: 20_000 },
    ])
    expect(sent.filter(({ to }) => to === queueName('sales'))).toEqual([])
    t.h.evict()
    t.decline('ada')
    expect((await t.waits()).map(({ queue }) => queue)).toEqual(['sales'])
  })
})

describe('outside opening hours', () => {
  const night: Partial<Pinned> = {
    entrance: { hours: { zone: 'UTC', weekly: {}, exceptions: {} }, outsideHours: 'message' },
  }

  it('CV21: what is written waits for them, is known as a message left, and enters its queue when they begin', async () => {
    const t = make()
    // The harness begins at some hour of the day: open from the next full hour on.
    const opens = new Date(t.h.now + HOUR).getUTCHours()
    const from = `${String(opens).padStart(2, '0')}:00`
    const daily = [{ from, to: `${String((opens + 1) % 24).padStart(2, '0')}:00` }]
    const weekly = Object.fromEntries(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((day) => [day, daily]))
    const pinned = t.h.state.known.get().pinned
    if (pinned === null) throw new Error('nothing pinned')
    const hours = { zone: 'UTC', weekly, exceptions: {} }
    t.h.state.known.patch({ pinned: { ...pinned, entrance: { hours, outsideHours: 'message' } } })
    const body = { text: 'Call me', name: 'Mia', email: 'mia@example.org' }
    expect(codeOf(t.h.command(customer, 'leave-message', body))).toBe('ok')
    expect(t.view('public').later).toEqual({ why: 'hours', until: t.talk.snooze?.until })
    expect(t.view('staff')).toMatchObject({ contact: { name: 'Mia', email: 'mia@example.org' }, queues: [] })
    t.say('Still closed?')
    expect(t.talk.snooze).not.toBeNull()
    await t.h.sent()
    t.h.advance((t.talk.snooze?.until ?? 0) - t.h.now)
    expect((await t.waits()).map(({ queue }) => queue)).toEqual(['sales'])
    t.claim('ben')
    expect(await sentTo(t, agentName('ben'))).toMatchObject([{ type: 'grant', card: { left: true } }])
  })

  it('CV25: where the chat is closed then, nothing is taken that would begin or reopen a talk; what is under way goes on', () => {
    const t = make()
    const { pinned } = t.h.state.known.get()
    if (pinned === null) throw new Error('nothing pinned')
    const shutFrom = (date: string) => {
      const always = [{ from: '00:00', to: '24:00' }]
      const weekly = Object.fromEntries(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((day) => [day, always]))
      const hours = { zone: 'UTC', weekly, exceptions: { [date]: { name: '', open: [] } } }
      t.h.state.known.patch({ pinned: { ...pinned, entrance: { hours, outsideHours: 'closed' } } })
    }
    const today = new Date(t.h.now).toISOString().slice(0, 10)
    shutFrom(today)
    expect(codeOf(t.say('Hello?'))).toBe('not_ready')
    expect(codeOf(t.h.command(customer, 'leave-message', { text: 'Hi', name: 'M', email: 'm@example.org' }))).toBe(
      'not_ready',
    )
    expect(t.log).toEqual([])
    shutFrom('1999-01-01')
    expect(codeOf(t.say('Hello'))).toBe('ok')
    shutFrom(today)
    expect(codeOf(t.say('Still here'))).toBe('ok')
    expect(codeOf(t.h.command(customer, 'leave', {}))).toBe('ok')
    expect(codeOf(t.say('Once more'))).toBe('not_ready')
  })

  it('CV21: hours that never begin are looked at again each day', () => {
    const t = make(night)
    t.say()
    t.h.advance(3 * 24 * HOUR)
    expect(t.talk.snooze?.until).toBeGreaterThan(t.h.now)
  })
})

describe('a conversation that nobody writes to', () => {
  it('CV22: ends after a day, leaves no entry, and its thread makes another', async () => {
    const t = make()
    await t.h.sent()
    t.h.advance(24 * HOUR)
    expect(t.view('public').status).toBe('closed')
    expect(t.log).toEqual([])
    expect(await sentTo(t, thread)).toMatchObject([{ type: 'current', open: false, reopenUntil: t.h.now }])
    t.h.advance(1)
    expect(codeOf(t.say())).toBe('closed')
  })

  it('CV22: does not when there was a word', () => {
    const t = make()
    t.say()
    t.h.advance(25 * HOUR)
    expect(t.talk.closed).toBeNull()
  })
})

/** How a conversation seeks an agent: CV4 to CV7 and CV9, on the real model. */
import { describe, expect, it } from 'vitest'
import { conversation, queue, staff } from '../support/harness.ts'
import {
  agentName,
  book,
  codeOf,
  customer,
  type PlanInput,
  pinned,
  queueName,
  self,
  Talk,
  thread,
} from '../support/talk.ts'

const overflow: PlanInput = {
  name: 'Overflow',
  steps: [
    { after: 0, queues: [{ queue: 'sales', need: { level: 3 } }] },
    { after: 30_000, queues: [{ queue: 'sales' }, { queue: 'care' }], raise: 2 },
    { after: 60_000, queues: [{ queue: 'care' }], raise: 1 },
  ],
  fallback: { after: 90_000, notice: 'Nobody is here' },
}

describe('the search', () => {
  it('CV4: does not begin before the first word', async () => {
    const t = new Talk()
    expect(await t.waits()).toEqual([])
    expect(t.view('public').status).toBe('new')
    t.h.advance(3_600_000)
    expect(await t.waits()).toEqual([])
    t.say()
    expect(await t.waits()).toMatchObject([{ queue: 'sales', wait: { conversation: self, cv: 1, stay: 1 } }])
    expect(t.view('public').status).toBe('waiting')
  })

  it('CV4: tells a queue what it asks of agents, since when, and for whom', async () => {
    const t = new Talk(overflow)
    const since = t.h.now
    t.say()
    const [first] = await t.waits()
    expect(first?.wait.entry).toEqual({
      need: { level: 3, skills: {} },
      medium: 'chat',
      since,
      priority: 0,
      avoid: [],
      customer: 'Mia',
      channel: 'chat',
    })
  })

  it('RT4: tells a queue by when it should be answered, and what the shop says of its customer', async () => {
    const t = new Talk({ ...overflow, answerWithin: 60_000 })
    const { begun } = t.talk
    if (begun === null) throw new Error('not begun')
    const standing = { grade: 3, attributes: { plan: 'gold' } }
    t.h.state.talk.patch({ begun: { ...begun, customer: { ...begun.customer, ...standing } } })
    const since = t.h.now
    t.say()
    const [first] = await t.waits()
    expect(first?.wait.entry).toMatchObject({ ...standing, channel: 'chat', deadline: since + 60_000 })
  })

  it('CV4: asks its customer for patience until it knows that it exists', () => {
    const t = new Talk()
    const blank = new Talk()
    blank.h.state.talk.patch({ begun: null })
    expect(codeOf(blank.say())).toBe('not_ready')
    expect(codeOf(t.say())).toBe('ok')
  })

  it('CV4: ignores a second start', () => {
    const t = new Talk()
    t.say()
    const before = t.talk
    const begun = before.begun
    if (begun === null) throw new Error('not begun')
    t.h.receive(agentName('x'), { ...begun, pinned: pinned(), channel: 'mail' })
    expect(t.talk).toEqual(before)
  })

  it('CV9: takes the next step of the plan at its time: waits elsewhere, and with more weight', async () => {
    const t = new Talk(overflow)
    t.say()
    await t.waits()
    t.h.advance(29_999)
    expect(await t.waits()).toEqual([])
    t.h.advance(1)
    expect(await t.waits()).toMatchObject([
      { queue: 'sales', wait: { cv: 2, stay: 1, entry: { need: { level: 1 }, priority: 2 } } },
      { queue: 'care', wait: { cv: 3, stay: 1, entry: { need: { level: 1 }, priority: 2 } } },
    ])
    t.h.evict()
    t.h.advance(30_000)
    const last = await t.waits()
    expect(last).toMatchObject([
      { queue: 'sales', wait: { cv: 4 } },
      { queue: 'care', wait: { cv: 5, entry: { priority: 3 } } },
    ])
    expect(last[0]?.wait.entry).toBeUndefined()
    expect(t.types.filter((type) => type === 'waiting')).toHaveLength(3)
  })

  it('CV9: falls back at its time: nobody is sought, the customer reads the notice', async () => {
    const t = new Talk(overflow)
    t.say()
    t.h.advance(89_999)
    await t.waits()
    expect(t.view('public')).toMatchObject({ status: 'waiting', notice: null })
    t.h.advance(1)
    expect(t.view('public')).toMatchObject({ status: 'fallback', notice: 'Nobody is here' })
    const left = await t.waits()
    expect(left.map(({ queue, wait }) => [queue, wait.entry])).toEqual([['care', undefined]])
    t.h.advance(3_600_000)
    expect(await t.waits()).toEqual([])
  })

  it('CV9: begins anew when the customer writes after the fallback, with its old age', async () => {
    const t = new Talk(overflow)
    const since = t.h.now
    t.say()
    t.h.advance(100_000)
    await t.waits()
    t.say('Still here')
    expect(t.view('public')).toMatchObject({ status: 'waiting', notice: null })
    expect(await t.waits()).toMatchObject([{ queue: 'sales', wait: { stay: 2, entry: { since, need: { level: 3 } } } }])
  })

  it('CV9: takes a step that comes due while an agent is rung, for when it declines', async () => {
    const t = new Talk(overflow)
    t.say()
    t.claim('ada')
    t.h.advance(30_000)
    await t.waits()
    expect(t.talk.seek?.step).toBe(1)
    t.decline('ada')
    expect(await t.waits()).toMatchObject([{ queue: 'sales', wait: { entry: { priority: 2 } } }, { queue: 'care' }])
  })

  it('CV9: lets the fallback wait for the answer of who is being rung', () => {
    const declined = new Talk(overflow, { ring: 60_000 })
    declined.say()
    declined.h.advance(80_000)
    declined.claim('ada', { via: 'care' })
    declined.h.advance(15_000)
    expect(declined.view('public')).toMatchObject({ status: 'waiting', notice: null })
    declined.decline('ada')
    expect(declined.view('public')).toMatchObject({ status: 'fallback', notice: 'Nobody is here' })

    const accepted = new Talk(overflow, { ring: 60_000 })
    accepted.say()
    accepted.h.advance(80_000)
    accepted.claim('ada', { via: 'care' })
    accepted.h.advance(15_000)
    accepted.accept('ada')
    expect(accepted.view('public')).toMatchObject({ status: 'talking', notice: null })
  })
})

describe('a claim', () => {
  const rung = (t: Talk) => {
    t.say()
    t.claim('ben')
  }
  const declined = (t: Talk) => {
    rung(t)
    t.decline('ben')
  }
  const left = (t: Talk) => {
    t.say()
    t.h.command(customer, 'leave', {})
  }
  const transferring = (t: Talk) => {
    t.ownedBy('ada')
    t.asOwner('ada', 'transfer', { queue: 'sales', warm: true })
  }

  it('CV5: is granted while open, with a card of the customer and a lease of its own', async () => {
    const t = new Talk()
    const since = t.h.now
    t.say()
    await t.h.sent()
    t.h.advance(2_000)
    const res = t.claim('ada')
    const sent = await t.h.sent()
    expect(sent).toMatchObject([
      {
        to: agentName('ada'),
        message: {
          type: 'grant',
          conversation: self,
          res,
          lease: 1,
          card: { customer: { id: 'mia', name: 'Mia', verified: true }, waitingSince: since },
        },
      },
      { message: { type: 'wait', stay: 1 } },
    ])
    expect(t.view('staff')).toMatchObject({ status: 'waiting', offer: { agent: 'ada', lease: 1 }, queues: [] })
    t.decline('ada')
    t.claim('ben')
    expect(t.talk.offer).toMatchObject({ agent: 'ben', lease: 2 })
  })

  it.each<[when: string, before: (t: Talk) => void, more?: { via?: string; stay?: number }]>([
    ['before the first word', () => {}],
    ['while another is rung', rung],
    ['while it is owned', (t) => void t.ownedBy('ben')],
    ['when it is closed', left],
    ['under an older stay', declined, { stay: 1 }],
    ['under a stay that is not yet', (t) => void t.say(), { stay: 2 }],
    ['for a queue of another step', (t) => void t.say(), { via: 'care' }],
    ['for a name of every object', (t) => void t.say(), { via: 'constructor' }],
    ['of the owner, who transfers warmly', transferring],
  ])('CV5: is refused %s', async (_when, before, more = {}) => {
    const t = new Talk()
    before(t)
    const { lease } = t.talk
    const res = t.claim('ada', more)
    const refused = (await t.h.sent()).filter(({ message }) => message.type === 'refuse')
    expect(refused).toMatchObject([{ to: agentName('ada'), message: { res } }])
    expect(t.talk.offer?.agent).not.toBe('ada')
    expect(t.talk.lease).toBe(lease)
  })

  it('CV5: that is refused tells how much of what the agent saw is gone', async () => {
    const t = new Talk()
    t.say()
    t.claim('ben')
    t.claim('ada')
    const closed = await t.h.sentOf('refuse')
    expect(closed).toMatchObject([{ dead: t.talk.cv }])
    t.decline('ben')
    t.claim('ada', { stay: 1 })
    expect(await t.h.sentOf('refuse')).toMatchObject([{ dead: t.talk.cv - 1 }])
  })

  it('CV5: of an agent that answers by itself makes it the owner at once', () => {
    const t = new Talk()
    t.say()
    t.claim('ada', { auto: true })
    expect(t.view('public')).toMatchObject({ status: 'talking', agent: { name: 'Ada' } })
    expect(t.types.slice(-2)).toEqual(['offered', 'joined'])
  })
})

describe('an answer', () => {
  it('CV6: counts under the lease it names, and only then', () => {
    const t = new Talk()
    t.say()
    t.claim('ada')
    t.accept('ada', 7)
    t.decline('ada', { lease: 7 })
    t.decline('ada', { res: 'another' })
    t.decline('ben', { lease: 1 })
    t.lose('ada')
    expect(t.talk.offer?.agent).toBe('ada')
    t.accept('ada')
    expect(t.talk.owner).toMatchObject({ agent: 'ada', lease: 1 })
    t.accept('ada')
    t.lose('ada', 7)
    t.decline('ada', { lease: 7 })
    expect(t.talk.owner).toMatchObject({ agent: 'ada', lease: 1 })
    expect(t.types.filter((type) => type === 'joined')).toHaveLength(1)
  })

  it('CV6: without a lease yet counts by its reservation', () => {
    const t = new Talk()
    t.say()
    const res = t.claim('ada')
    t.decline('ada', { res })
    expect(t.talk.offer).toBeNull()
    expect(t.types.at(-1)).toBe('declined')
  })

  it('CV6: that no belongs to an owner who answered by itself sets the contact free', async () => {
    const t = new Talk()
    t.say()
    const res = t.claim('ada', { auto: true })
    await t.waits()
    t.decline('ada', { res })
    expect(t.view('public').status).toBe('waiting')
    expect(t.types).toContain('left')
    expect(await t.waits()).toMatchObject([{ wait: { entry: { avoid: ['ada'] } } }])
  })

  it('CV6: of an older lease after a new grant changes nothing', () => {
    const t = new Talk()
    t.say()
    t.claim('ada')
    t.decline('ada')
    t.h.advance(6_000)
    t.claim('ada')
    t.accept('ada', 1)
    t.decline('ada', { lease: 1 })
    expect(t.talk.offer).toMatchObject({ agent: 'ada', lease: 2 })
    expect(t.talk.owner).toBeNull()
  })

  it('CV7: no: back under the old age, the same agent not before the cool-down', async () => {
    const t = new Talk()
    const since = t.h.now
    t.say()
    t.h.advance(10_000)
    t.claim('ada')
    await t.waits()
    t.h.advance(1_000)
    t.decline('ada')
    expect(await t.waits()).toMatchObject([{ wait: { stay: 2, entry: { since, priority: 0, avoid: ['ada'] } } }])
    t.h.advance(5_999)
    expect(await t.waits()).toEqual([])
    t.h.evict()
    t.h.advance(1)
    expect(await t.waits()).toMatchObject([{ wait: { stay: 2, entry: { since, avoid: [] } } }])
  })

  it('CV7: none at all: the conversation takes the offer back, long after the ring', async () => {
    const t = new Talk()
    t.say()
    t.claim('ada')
    await t.h.sent()
    t.h.advance(39_999)
    expect(await t.h.sent()).toEqual([])
    t.h.advance(1)
    const sent = await t.h.sent()
    expect(sent[0]).toMatchObject({ to: agentName('ada'), message: { type: 'end', lease: 1, why: 'guard' } })
    expect(sent[1]).toMatchObject({ message: { type: 'wait', entry: { avoid: ['ada'] } } })
  })

  it('CV7: lost: back at once, ahead of its age', async () => {
    const t = new Talk()
    const since = t.h.now
    t.ownedBy('ada')
    await t.waits()
    t.h.advance(60_000)
    t.lose('ada')
    expect(await t.waits()).toMatchObject([{ wait: { stay: 2, entry: { since, priority: 5, avoid: [] } } }])
    expect(t.types.slice(-3)).toEqual(['lost', 'left', 'waiting'])
    expect(t.view('public')).toMatchObject({ status: 'waiting', agent: null })
  })
})

describe('a transfer', () => {
  it('CV8: sets the contact free for another queue, at its old age, without its former owner', async () => {
    const t = new Talk()
    const since = t.h.now
    t.ownedBy('ada')
    await t.h.sent()
    t.h.advance(5_000)
    expect(codeOf(t.asOwner('ada', 'transfer', { queue: 'billing', warm: false }))).toBe('ok')
    expect(await t.h.sent()).toMatchObject([
      { to: agentName('ada'), message: { type: 'end', lease: 1, why: 'moved' } },
      { message: { type: 'wait', entry: { since, avoid: ['ada'] } } },
    ])
    expect(t.view('staff')).toMatchObject({ status: 'waiting', owner: null, queues: ['billing'] })
    t.claim('ben', { via: 'billing' })
    t.accept('ben')
    expect(t.talk.owner).toMatchObject({ agent: 'ben', lease: 2 })
  })

  it('CV8: that is warm keeps the owner until somebody accepts', async () => {
    const t = new Talk()
    const lease = t.ownedBy('ada')
    await t.h.sent()
    t.asOwner('ada', 'transfer', { queue: 'billing', warm: true })
    expect(await t.h.sent()).toMatchObject([{ message: { type: 'wait', entry: { avoid: ['ada'] } } }])
    expect(t.view('public')).toMatchObject({ status: 'talking', agent: { name: 'Ada' } })
    expect(codeOf(t.asOwner('ada', 'post', { text: 'One moment' }))).toBe('ok')
    t.claim('ben', { via: 'billing' })
    expect(t.talk).toMatchObject({ owner: { agent: 'ada' }, offer: { agent: 'ben' } })
    await t.h.sent()
    t.accept('ben')
    expect(await t.h.sentOf('end')).toMatchObject([{ lease, why: 'moved' }])
    expect(t.types.slice(-2)).toEqual(['left', 'joined'])
    expect(t.talk).toMatchObject({ owner: { agent: 'ben' }, offer: null })
  })

  it('CV9: that is warm and finds nobody in time just goes on with its owner', async () => {
    const t = new Talk(overflow)
    t.say()
    t.claim('ada')
    t.accept('ada')
    t.asOwner('ada', 'transfer', { queue: 'billing', warm: true })
    await t.waits()
    t.h.advance(90_000)
    expect(t.view('public')).toMatchObject({ status: 'talking', notice: null })
    const left = await t.waits()
    expect(left.map(({ queue, wait }) => [queue, wait.entry])).toEqual([['billing', undefined]])
    expect(t.talk.seek).toBeNull()
  })

  it('CV8: goes to a queue that there is', () => {
    const t = new Talk()
    t.ownedBy('ada')
    for (const queue of ['nowhere', 'constructor', '__proto__']) {
      const transfer = () => t.asOwner('ada', 'transfer', { queue, warm: false })
      expect(transfer()).toMatchObject({ ok: false, error: { code: 'not_ready', field: 'queue', retry: true } })
      t.h.receive(book, { type: 'plan', pinned: pinned() })
      expect(transfer()).toMatchObject({ ok: false, error: { code: 'bad_input', field: 'queue' } })
    }
    expect(t.talk.owner?.agent).toBe('ada')
  })

  it('CV8: goes to a queue that is newer than the conversation, once Book has told of it', async () => {
    const t = new Talk()
    t.ownedBy('ada')
    await t.h.sent()
    const transfer = () => t.asOwner('ada', 'transfer', { queue: 'returns', warm: false })
    expect(codeOf(transfer())).toBe('not_ready')
    expect(await t.h.sent()).toMatchObject([{ to: book, message: { type: 'ask-plan', have: 1 } }])
    const newer = { ...pinned(), version: 2, queueNames: { sales: 'Sales', returns: 'Returns' } }
    t.h.receive(book, { type: 'plan', pinned: newer })
    expect(codeOf(transfer())).toBe('ok')
    expect((await t.waits()).map(({ queue }) => queue)).toEqual(['returns'])
  })
})

describe('a queue that is no longer configured', () => {
  const other: PlanInput = { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'care' }] }] }
  const gone = (t: Talk, name: string, version = 2) =>
    t.h.receive(queueName(name), { type: 'gone', queue: queue(name), version })

  it('CV4: is left, and Book says where to wait instead', async () => {
    const t = new Talk()
    t.say()
    await t.h.sent()
    gone(t, 'sales')
    const sent = await t.h.sent()
    expect(sent.filter(({ to }) => to === book)).toMatchObject([{ message: { type: 'ask-plan', have: 1 } }])
    t.h.receive(book, { type: 'plan', pinned: { ...pinned(other), version: 2, queueNames: { care: 'Care' } } })
    expect(Object.keys(t.talk.sent)).toEqual(['care'])
    gone(t, 'sales')
    expect(await t.h.sentOf('ask-plan')).toEqual([])
  })

  it('CV4: leaves a contact that was transferred to it to the plan', () => {
    const t = new Talk()
    t.ownedBy('ada')
    t.asOwner('ada', 'transfer', { queue: 'care', warm: false })
    gone(t, 'care', 1)
    expect(Object.keys(t.talk.sent)).toEqual(['sales'])
  })

  it('CV14: a plan that was published anew holds at once, as if it had always been so', () => {
    const t = new Talk()
    t.say()
    t.h.receive(book, { type: 'plan', pinned: { ...pinned(other), version: 2 } })
    expect(Object.keys(t.talk.sent)).toEqual(['care'])
  })
})

describe('a conversation that its customer has left for another', () => {
  it('TH2: closes if it stands open, and takes no more words', () => {
    const t = new Talk()
    t.say()
    t.h.receive(thread, { type: 'succeeded', next: conversation('c2') })
    expect(t.view('public')).toMatchObject({ status: 'closed', next: 'c2' })
    expect(t.talk.sent).toEqual({})
    expect(codeOf(t.say())).toBe('closed')
  })

  it('CV12: a reopening begins with no weight of the last time', () => {
    const t = new Talk()
    t.ownedBy('ada')
    t.lose('ada')
    expect(t.talk.priority).toBeGreaterThan(0)
    t.h.command(customer, 'leave', {})
    t.say('again')
    expect(t.talk.priority).toBe(0)
  })
})

describe('an assignment by hand', () => {
  const assign = (t: Talk, agent: string, by = staff('sam', 'supervisor')) =>
    t.h.command(by, 'assign', { agent, force: false })

  it('CV5: rings the agent under a new lease, and takes back what rings now', async () => {
    const t = new Talk()
    t.say()
    t.claim('ada')
    await t.h.sent()
    expect(codeOf(assign(t, 'ben'))).toBe('ok')
    expect(await t.h.sent()).toMatchObject([
      { to: agentName('ada'), message: { type: 'end', lease: 1, why: 'gone' } },
      { to: agentName('ben'), message: { type: 'assign', lease: 2, stay: 1, force: false, medium: 'chat' } },
    ])
    t.accept('ada', 1)
    expect(t.talk.owner).toBeNull()
    t.accept('ben')
    expect(t.view('public').agent).toEqual({ name: 'Ben' })
  })

  it('CV6: that is declined leaves everything as it was, the owner too', () => {
    const t = new Talk()
    t.ownedBy('ada')
    assign(t, 'ben')
    expect(t.talk.owner?.agent).toBe('ada')
    t.decline('ben')
    expect(t.talk).toMatchObject({ owner: { agent: 'ada' }, offer: null, seek: null })
    const waiting = new Talk()
    waiting.say()
    assign(waiting, 'ben')
    waiting.decline('ben')
    expect(waiting.view('staff')).toMatchObject({ status: 'waiting', queues: ['sales'] })
  })

  it('CV4: out of the fallback that is declined begins a new search', () => {
    const t = new Talk(overflow)
    t.say()
    t.h.advance(100_000)
    assign(t, 'ben')
    expect(t.view('public').status).toBe('waiting')
    t.decline('ben')
    expect(t.view('staff')).toMatchObject({ status: 'waiting', queues: ['sales'] })
  })

  it('CV8: is for supervisors, to an agent that may be, and never to the owner', () => {
    const t = new Talk()
    expect(codeOf(assign(t, 'ben'))).toBe('closed')
    t.ownedBy('ada')
    expect(codeOf(assign(t, 'ben', staff('ada')))).toBe('forbidden')
    expect(codeOf(assign(t, 'ada'))).toBe('conflict')
    expect(codeOf(assign(t, 'no such name/'))).toBe('bad_input')
    t.h.command(customer, 'leave', {})
    expect(codeOf(assign(t, 'ben'))).toBe('closed')
  })
})

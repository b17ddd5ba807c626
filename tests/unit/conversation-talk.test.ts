/** What is said in a conversation, by whom, and how it ends: CV1 to CV3, CV8, CV10 to CV13, on the real model. */
import { describe, expect, it } from 'vitest'
import { toStaff } from '../../core/conversation/entries.ts'
import {
  CustomerCommand,
  PublicEntry,
  PublicView,
  StaffCommand,
  StaffEntry,
  StaffView,
} from '../../core/protocol/conversation.ts'
import { conversation, type FakeSocket, queue, staff } from '../support/harness.ts'
import { agentName, codeOf, customer, queueName, seqOf, Talk, thread } from '../support/talk.ts'

const leave = (t: Talk) => t.h.command(customer, 'leave', {})
const texts = (t: Talk) => t.log.flatMap(({ body }) => ('text' in body.body ? [body.body.text] : []))
const lastView = (socket: FakeSocket) => {
  const view = socket.frames.filter((frame) => frame.t === 'view').at(-1)
  return view?.t === 'view' ? view.body : undefined
}

describe('an entry', () => {
  it('CV1: has the next number, and a public one its own among the public', () => {
    const t = new Talk()
    t.say('one')
    t.say('two')
    t.claim('ada')
    t.accept('ada')
    t.h.command(staff('ben'), 'note', { text: 'Careful' })
    t.asOwner('ada', 'post', { text: 'three' })
    expect(t.log.map(({ seq }) => seq)).toEqual(t.log.map((_, i) => i + 1))
    const isPublic = t.log.filter(({ pub }) => pub !== null)
    expect(isPublic.map(({ pub }) => pub)).toEqual(isPublic.map((_, i) => i + 1))
    expect(t.types).toEqual(['message', 'waiting', 'message', 'offered', 'joined', 'note', 'message'])
    expect(isPublic.map(({ body }) => body.body.type)).toEqual(['message', 'message', 'joined', 'message'])
  })

  it('CV2: is one for a command that is repeated, by whom it may, whenever: also after a day and when closed', () => {
    const t = new Talk()
    const first = t.say('one', 'command-of-mia')
    t.say('two', 'another-command')
    const day = 24 * 3_600_000
    t.h.clock.time += 3 * day
    t.h.evict()
    expect(t.say('one, again', 'command-of-mia')).toEqual(first)
    t.claim('ada')
    t.accept('ada')
    const post = (text: string) => {
      const body = { text, lease: t.talk.owner?.lease ?? 1 }
      return t.h.actor.command(staff('ada'), { id: 'command-of-ada', name: 'post', body })
    }
    const note = (text: string) =>
      t.h.actor.command(staff('ben'), { id: 'command-of-ben', name: 'note', body: { text } })
    const [posted, noted] = [post('three'), note('careful')]
    t.h.evict()
    t.asOwner('ada', 'close')
    t.h.clock.time += 3 * day
    expect([post('again'), note('again'), t.say('again', 'another-command')]).toEqual([
      posted,
      noted,
      { ok: true, value: { seq: 2 } },
    ])
    expect(texts(t)).toEqual(['one', 'two', 'three', 'careful'])
  })

  it('CV2: is another for another sender of the same id', () => {
    const t = new Talk()
    t.ownedBy('mia')
    const id = 'one-and-the-same'
    t.say('one', id)
    t.h.actor.command(staff('mia'), { id, name: 'note', body: { text: 'two' } })
    t.h.actor.command(staff('ben'), { id, name: 'note', body: { text: 'three' } })
    expect(texts(t)).toEqual(['Hello', 'one', 'two', 'three'])
  })

  it('CV2: answers with the number that its sender sees', () => {
    const t = new Talk()
    expect(seqOf(t.say())).toBe(1)
    t.claim('ada')
    t.accept('ada')
    t.h.command(staff('ben'), 'note', { text: 'x' })
    expect(seqOf(t.say())).toBe(3)
    expect(seqOf(t.asOwner('ada', 'post', { text: 'x' }))).toBe(7)
  })

  it('CV1: never changes, and goes to the record as it is', async () => {
    const t = new Talk()
    t.ownedBy('ada')
    const before = t.log
    t.h.advance(1_000)
    await t.h.sent()
    t.asOwner('ada', 'close')
    t.say('And yet')
    t.h.evict()
    expect(t.log.slice(0, before.length)).toEqual(before)
    t.h.advance(1_000)
    await t.h.sent()
    // At least once, and each time the same.
    const told = t.h.link.items.flatMap(({ body }): unknown[] => Object(body).records)
    const entries = told.flatMap((record) => Object(record).entry ?? []).map((entry) => StaffEntry.parse(entry))
    for (const entry of entries) {
      const logged = t.log[entry.seq - 1]
      expect(entry).toEqual(logged && toStaff(logged))
    }
    expect(new Set(entries.map(({ seq }) => seq))).toEqual(new Set(t.log.map(({ seq }) => seq)))
    const versions = told.flatMap((record) => Object(record).version ?? [])
    expect(versions.at(-1)).toBe(t.log.length)
  })
})

describe('what a customer reads', () => {
  /** A life with everything that only staff may know. */
  function lived() {
    const t = new Talk()
    const [mia, ada] = [t.connect(), t.h.connect(staff('ada-s-id'))]
    t.say()
    t.claim('zed-s-id')
    t.decline('zed-s-id')
    t.claim('ada-s-id')
    t.accept('ada-s-id')
    t.h.command(staff('ben-s-id'), 'note', { text: 'A staff note' })
    t.asOwner('ada-s-id', 'post', { text: 'Hello Mia' })
    t.asOwner('ada-s-id', 'transfer', { queue: 'billing', warm: false })
    t.claim('eve-s-id', { via: 'billing' })
    t.accept('eve-s-id')
    t.lose('eve-s-id')
    return { t, mia, ada }
  }

  it('CV3: is made of public entries and the view alone: no note, no offer, no id, no queue', () => {
    const { t, mia } = lived()
    const late = t.connect()
    const history = t.h.command(customer, 'history', { before: 99 })
    for (const said of [mia.frames, late.frames, history]) {
      const text = JSON.stringify(said)
      expect(text).toContain('Hello Mia')
      expect(text).not.toMatch(/-s-id|staff note|sales|billing|lease|queue|priority/i)
      expect(text).not.toMatch(/"type":"(note|waiting|offered|declined|lost|transferred|fallback)"/)
    }
    for (const entry of history.ok ? Object(history.value).entries : []) PublicEntry.parse(entry)
    PublicView.parse(t.view('public'))
  })

  it('CV3: names people by the names they have for customers', () => {
    const { t } = lived()
    const names = t.log.flatMap(({ body }) => ('name' in body.body ? [body.body.name] : []))
    expect(new Set(names)).toEqual(new Set(['Ada', 'Eve']))
  })

  it('CV3: is not what staff read, which is all of it', () => {
    const { t, ada } = lived()
    const history = t.h.command(staff('ben'), 'history', { before: 99 })
    const entries: unknown[] = history.ok ? Object(history.value).entries : []
    expect(entries.map((entry) => StaffEntry.parse(entry).seq)).toEqual(t.log.map(({ seq }) => seq))
    expect(JSON.stringify(ada.frames)).toContain('A staff note')
    StaffView.parse(t.view('staff'))
  })

  it('CV3: is a page of history before a number, the newest last', () => {
    const t = new Talk()
    for (let n = 1; n <= 120; n += 1) t.say(`${n}`)
    const page = t.h.command(customer, 'history', { before: 71 })
    const seqs = page.ok ? Object(page.value).entries.map((entry: unknown) => PublicEntry.parse(entry).seq) : []
    expect(seqs).toEqual(Array.from({ length: 50 }, (_, i) => i + 21))
    expect(t.h.command(customer, 'history', { before: 1 })).toEqual({ ok: true, value: { entries: [] } })
  })

  it('CV3: is nothing for anybody else', () => {
    const t = new Talk()
    for (const other of [
      { ...customer, customer: 'noa' },
      { ...customer, conversation: 'c2' },
      { ...customer, org: 'birch' },
      staff('ada', 'administrator', 'birch'),
    ]) {
      expect(t.h.actor.admit(other)).toMatchObject({ ok: false, error: { code: 'not_found' } })
      expect(codeOf(t.h.command(other, 'history', { before: 9 }))).toBe('not_found')
    }
  })
})

describe('the owner', () => {
  const owners = ['post', 'close', 'transfer']
  const bodies: Record<string, object> = { post: { text: 'x' }, close: {}, transfer: { queue: 'sales', warm: false } }

  it.each(owners)('CV8: and nobody else may %s, under the present lease', (name) => {
    const t = new Talk()
    const asked = (id: string, lease: number) => codeOf(t.h.command(staff(id), name, { ...bodies[name], lease }))
    t.say()
    expect(asked('ada', 1)).toBe('forbidden')
    t.claim('ada')
    expect(asked('ada', 1)).toBe('forbidden')
    t.accept('ada')
    expect(asked('ben', 1)).toBe('forbidden')
    expect(codeOf(t.h.command(staff('sam', 'supervisor'), name, { ...bodies[name], lease: 1 }))).toBe('forbidden')
    expect(asked('ada', 2)).toBe('stale_lease')
    const before = t.talk
    t.lose('ada')
    expect(asked('ada', 1)).toBe('forbidden')
    t.claim('ada')
    t.accept('ada')
    expect(asked('ada', before.owner?.lease ?? 0)).toBe('stale_lease')
    expect(asked('ada', t.talk.lease)).toBe('ok')
    leave(t)
    expect(asked('ada', t.talk.lease)).toBe('closed')
  })

  it('CV8: closes for both sides; what it holds ends, the thread hears of it', async () => {
    const t = new Talk(undefined, { reopen: 60_000 })
    t.ownedBy('ada')
    const [mia, ben] = [t.connect(), t.h.connect(staff('ben'))]
    await t.h.sent()
    const closing = t.asOwner('ada', 'close')
    expect(codeOf(closing)).toBe('ok')
    const reopenUntil = t.h.now + 60_000
    expect((await t.h.sent()).sort((a, b) => (a.to < b.to ? -1 : 1))).toMatchObject([
      { to: agentName('ada'), message: { type: 'end', lease: 1, why: 'closed' } },
      { to: thread, message: { type: 'current', open: false, reopenUntil } },
    ])
    expect([lastView(mia), lastView(ben)]).toMatchObject([{ status: 'closed' }, { status: 'closed' }])
    expect(t.types.at(-1)).toBe('closed')
  })

  it('CV8: a command that is none is refused by its field', () => {
    const t = new Talk()
    t.ownedBy('ada')
    const asked = (name: string, body: unknown) => t.h.command(staff('ada'), name, body)
    const refusal = (field: string) => ({ ok: false, error: { code: 'bad_input', field } })
    expect(asked('dance', {})).toMatchObject(refusal('name'))
    expect(asked('post', { text: '', lease: 1 })).toMatchObject(refusal('text'))
    expect(asked('post', { text: 'x'.repeat(8_001), lease: 1 })).toMatchObject(refusal('text'))
    expect(asked('close', { lease: 'x' })).toMatchObject(refusal('lease'))
    expect(asked('note', null)).toMatchObject(refusal('body'))
    expect(t.h.command(customer, 'note', { text: 'x' })).toMatchObject(refusal('name'))
    expect(t.types).not.toContain('note')
  })

  it('CV8: every command there is has been asked for somewhere in these tests', () => {
    const names = (schema: typeof CustomerCommand | typeof StaffCommand) =>
      schema.def.options.map((option) => option.shape.name.def.values[0])
    const customers = ['post', 'leave', 'history', 'leave-message', 'introduce', 'set-attributes', 'rate']
    expect(names(CustomerCommand)).toEqual(customers)
    const talk = ['post', 'note', 'draft', 'close', 'transfer']
    // The others in those of their own: colleagues, consult, about, aside, joining.
    const asking = ['consult', 'end-consult', 'hold', 'resume', 'pull-back']
    const others = [
      'tag',
      'dispose',
      'describe',
      'snooze',
      'wake',
      'merge',
      'unmerge',
      'split',
      'remove',
      'assign',
      'history',
    ]
    expect(names(StaffCommand)).toEqual([...talk, ...asking, ...others])
  })
})

describe('marks', () => {
  const mark = (t: Talk, socket: FakeSocket, delivered: number, read: number) =>
    t.h.actor.frame(socket, JSON.stringify({ t: 'mark', delivered, read }))

  it('CV10: only grow, never pass the newest entry, and what is read was delivered', () => {
    const t = new Talk()
    const mia = t.connect()
    t.ownedBy('ada')
    t.asOwner('ada', 'post', { text: 'x' })
    mark(t, mia, 2, 1)
    expect(t.view('public').marks.customer).toEqual({ delivered: 2, read: 1 })
    mark(t, mia, 1, 0)
    expect(t.view('public').marks.customer).toEqual({ delivered: 2, read: 1 })
    mark(t, mia, 0, 99)
    expect(t.view('public').marks.customer).toEqual({ delivered: 3, read: 3 })
    t.h.evict()
    expect(t.view('staff').marks).toEqual({ customer: { delivered: 3, read: 3 }, staff: { delivered: 0, read: 0 } })
  })

  it('CV10: of staff are those of the owner; both sides see them', () => {
    const t = new Talk()
    const [mia, ada, ben] = [t.connect(), t.h.connect(staff('ada')), t.h.connect(staff('ben'))]
    t.ownedBy('ada')
    mark(t, ben, 1, 1)
    expect(t.view('staff').marks.staff).toEqual({ delivered: 0, read: 0 })
    mark(t, ada, 2, 1)
    for (const socket of [mia, ada, ben])
      expect(lastView(socket)).toMatchObject({ marks: { staff: { delivered: 2, read: 1 } } })
  })

  it('CV10: that say nothing new write nothing and tell nobody', () => {
    const t = new Talk()
    const mia = t.connect()
    t.say()
    mark(t, mia, 1, 1)
    t.h.store.takeWrites()
    const before = mia.frames.length
    mark(t, mia, 1, 1)
    expect([t.h.store.takeWrites(), mia.frames.length]).toEqual([0, before])
  })

  it('W3: typing goes to the other side, of agents only that of the owner', () => {
    const t = new Talk()
    const [mia, ada, ben] = [t.connect(), t.h.connect(staff('ada')), t.h.connect(staff('ben'))]
    t.ownedBy('ada')
    const type = (socket: FakeSocket) => t.h.actor.frame(socket, JSON.stringify({ t: 'typing', on: true }))
    const heard = (socket: FakeSocket) => socket.frames.flatMap((frame) => (frame.t === 'eph' ? [frame.body] : []))
    for (const socket of [mia, ada, ben]) type(socket)
    expect(heard(mia)).toEqual([{ role: 'agent', name: 'Ada', on: true }])
    expect(heard(ada)).toEqual([{ role: 'customer', on: true }])
    expect(heard(ben)).toEqual([
      { role: 'customer', on: true },
      { role: 'agent', name: 'Ada', on: true },
    ])
  })
})

describe('leaving and coming back', () => {
  it.each<[when: string, before: (t: Talk) => void, ended: string[]]>([
    ['before the first word', () => {}, []],
    ['while it waits', (t) => void t.say(), []],
    [
      'while an agent is rung',
      (t) => {
        t.say()
        t.claim('ada')
      },
      ['ada'],
    ],
    ['while it is owned', (t) => void t.ownedBy('ada'), ['ada']],
    [
      'while it is owned and another is rung',
      (t) => {
        t.ownedBy('ada')
        t.asOwner('ada', 'transfer', { queue: 'sales', warm: true })
        t.claim('ben')
      },
      ['ada', 'ben'],
    ],
  ])('CV11: may be at any time: %s', async (_when, before, ended) => {
    const t = new Talk()
    before(t)
    await t.h.sent()
    expect(codeOf(leave(t))).toBe('ok')
    const sent = await t.h.sent()
    const ends = sent.filter(({ message }) => message.type === 'end')
    expect(ends.map(({ to, message }) => [to, Object(message).why]).sort()).toEqual(
      ended.map((id) => [agentName(id), 'gone']),
    )
    expect(t.talk).toMatchObject({ owner: null, offer: null, seek: null, sent: {}, closed: { by: 'customer' } })
    expect(t.view('public').status).toBe('closed')
    t.h.advance(3_600_000)
    expect((await t.h.sent()).filter(({ message }) => message.type === 'wait')).toEqual([])
  })

  it('CV11: twice is once', () => {
    const t = new Talk()
    t.say()
    leave(t)
    expect(codeOf(leave(t))).toBe('ok')
    expect(t.types.filter((type) => type === 'closed')).toHaveLength(1)
  })

  it('CV12: is coming back when the customer writes in time: a new age, a new search, counters that go on', async () => {
    const t = new Talk(undefined, { reopen: 60_000, prefer: 0 })
    t.ownedBy('ada')
    const before = t.talk
    t.asOwner('ada', 'close')
    await t.h.sent()
    t.h.advance(60_000)
    const mia = t.connect()
    expect(codeOf(t.say('One more thing'))).toBe('ok')
    expect(t.types.slice(-3)).toEqual(['reopened', 'message', 'waiting'])
    const sent = await t.h.sent()
    expect(sent.filter(({ to }) => to === thread)).toMatchObject([{ message: { type: 'current', open: true } }])
    expect(sent.filter(({ message }) => message.type === 'wait')).toMatchObject([
      { message: { stay: before.stay + 1, entry: { since: t.h.now, priority: 0 } } },
    ])
    expect(lastView(mia)).toMatchObject({ status: 'waiting', agent: null })
    t.claim('ben')
    expect(t.talk.offer?.lease).toBe(before.lease + 1)
    expect(t.talk.cv).toBeGreaterThan(before.cv)
    expect(t.log.at(-1)?.seq).toBe(t.log.length)
  })

  it('CV12: is too late after the time for it; the customer is told where the talk goes on', () => {
    const t = new Talk(undefined, { reopen: 60_000 })
    const mia = t.connect()
    t.say()
    leave(t)
    t.h.advance(60_001)
    expect(codeOf(t.say('Too late'))).toBe('closed')
    expect(t.view('public').next).toBeNull()
    t.h.receive(thread, { type: 'succeeded', next: conversation('c2') })
    expect(lastView(mia)).toMatchObject({ status: 'closed', next: 'c2' })
  })

  it('CV12: is not what an agent does: notes may follow, the rest may not', () => {
    const t = new Talk()
    t.ownedBy('ada')
    t.asOwner('ada', 'close')
    expect(codeOf(t.h.command(staff('ada'), 'note', { text: 'They were nice' }))).toBe('ok')
    expect(t.view('staff').status).toBe('closed')
  })
})

describe('the place', () => {
  it('QU6: is the best of those told under the present stay, and gone with it', () => {
    const t = new Talk({ name: 'Two', steps: [{ after: 0, queues: [{ queue: 'sales' }, { queue: 'care' }] }] })
    const place = (from: string, n: number, stay = t.talk.stay) =>
      t.h.receive(queueName(from), { type: 'place', queue: queue(from), stay, place: n })
    t.say()
    place('sales', 7)
    expect(t.view('public').place).toBe(7)
    place('care', 3)
    expect(t.view('public').place).toBe(3)
    place('billing', 1)
    place('sales', 1, 0)
    expect(t.view('public').place).toBe(3)
    t.claim('ada')
    expect(t.view('public').place).toBeNull()
    t.decline('ada')
    expect(t.view('public').place).toBeNull()
    place('sales', 2, 1)
    expect(t.view('public').place).toBeNull()
    place('sales', 2)
    expect(t.view('public').place).toBe(2)
  })
})

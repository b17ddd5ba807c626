/** A flow leads a chat: BT1 to BT7, on the real model. */
import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../core/book/check.ts'
import { pinChat } from '../../core/book/model.ts'
import { toPublic, toStaff } from '../../core/conversation/entries.ts'
import type { Pinned } from '../../core/protocol/book-messages.ts'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { PublicEntry, PublicView, StaffEntry, StaffView } from '../../core/protocol/conversation.ts'
import type { FlowInput } from '../../core/protocol/flow.ts'
import { segmentsOf } from '../../core/segments/fold.ts'
import { staff } from '../support/harness.ts'
import { book, customer, seqOf, Talk } from '../support/talk.ts'

const nodes: FlowInput['nodes'] = {
  menu: {
    do: 'menu',
    prompt: 'Hello {{customer.name}}, what is it about?',
    wrong: 'Please choose.',
    tries: 2,
    timeout: 60_000,
    options: [
      { id: 'order', label: 'My order', next: 'number' },
      { id: 'bye', label: 'Nothing', next: 'bye' },
    ],
    otherwise: 'desk',
  },
  number: {
    do: 'collect',
    prompt: 'Which order?',
    expected: { is: 'digits', least: 4, most: 6 },
    into: 'conversation.order',
    next: 'billing',
    otherwise: 'desk',
  },
  desk: { do: 'queue' },
  billing: { do: 'queue', plan: 'billing', text: 'One moment.' },
  bye: { do: 'hangup', text: 'Goodbye.' },
}
const config: ConfigInput = {
  organisation: 'Maple',
  queues: { sales: { name: 'Sales' }, billing: { name: 'Billing' } },
  plans: {
    chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }] }] },
    billing: { name: 'Billing', steps: [{ after: 0, queues: [{ queue: 'billing' }] }] },
  },
  entrances: { chat: 'chat', flows: { chat: 'shop' } },
  flows: { shop: { name: 'Shop', start: 'menu', nodes } },
  agents: {},
  attributes: { conversation: { order: { type: 'text', name: 'Order' } } },
}

function pin(version: number, input: ConfigInput): Pinned {
  const checked = checkConfig(input)
  if (!checked.ok) throw new Error(checked.error.message)
  const pinned = pinChat({ version, config: checked.value })
  if (pinned === null) throw new Error('nothing is pinned')
  return pinned
}
const newer = (more: FlowInput['nodes']): ConfigInput => ({
  ...config,
  flows: { shop: { name: 'Shop', start: 'menu', nodes: { ...nodes, ...more } } },
})

class BotTalk extends Talk {
  constructor(pinned = pin(1, config)) {
    super(undefined, undefined, pinned)
  }

  /** What customers read, in short. */
  get read(): string[] {
    return this.log.flatMap((entry) => {
      const body = toPublic(entry)?.body
      return body?.type === 'message' ? [body.text] : body === undefined ? [] : [body.type]
    })
  }

  press(id: string) {
    const question = this.log.findLast(({ body: { body } }) => body.type === 'message' && body.choices !== undefined)
    return this.h.command(customer, 'post', { text: id, chosen: { entry: question?.pub ?? 0, id } })
  }

  get queues() {
    return Object.keys(this.talk.sent)
  }
}

const segments = (t: Talk) =>
  segmentsOf(t.log.map(toStaff)).map(({ kind, queue, outcome }) => [kind, queue, outcome].filter(Boolean).join(' '))

describe('a chat with a flow', () => {
  it('BT1: is led from its first word: nobody is sought, and the question has its answers', () => {
    const t = new BotTalk()
    t.say('Hi')
    expect(t.queues).toEqual([])
    expect(t.view('public')).toMatchObject({ status: 'waiting', bot: true, place: null })
    expect(t.view('staff')).toMatchObject({ bot: 'shop', since: null })
    const asked = t.log.map(toPublic).findLast((entry) => entry !== null)
    expect(asked?.body).toEqual({
      type: 'message',
      text: 'Hello Mia, what is it about?',
      choices: [
        { id: 'order', label: 'My order' },
        { id: 'bye', label: 'Nothing' },
      ],
    })
    for (const entry of t.log) StaffEntry.parse(toStaff(entry))
    for (const entry of t.log.map(toPublic)) if (entry !== null) PublicEntry.parse(entry)
    PublicView.parse(t.view('public'))
    StaffView.parse(t.view('staff'))
  })

  it('BT1: hears the first word where it answers the first question', () => {
    const t = new BotTalk()
    t.say('Where is my order')
    expect(t.read).toEqual(['Where is my order', 'Hello Mia, what is it about?', 'Which order?'])
  })

  it('BT2: goes on by buttons and by words, sets attributes, and seeks by the plan that the flow names', () => {
    const t = new BotTalk()
    t.say('Hi')
    seqOf(t.press('order'))
    t.h.evict()
    t.h.advance(30_000)
    t.say('12345')
    expect(t.read.slice(2)).toEqual(['My order', 'Which order?', '12345', 'One moment.'])
    expect(t.queues).toEqual(['billing'])
    expect(t.talk.since).toBe(t.h.clock.time)
    expect(t.h.state.about.get().attributes).toEqual({ order: '12345' })
    expect(t.view('public')).not.toHaveProperty('bot')
    expect(segments(t)).toEqual(['bot passed-on', 'queue billing'])
    t.claim('ada', { via: 'billing' })
    t.accept('ada')
    t.say('Thanks')
    expect(t.types.filter((type) => type === 'bot')).toHaveLength(1)
  })

  it('BT2: an answer to an older question is what its words say', () => {
    const t = new BotTalk()
    t.say('Hi')
    t.press('order')
    t.press('order')
    expect(t.read.slice(-2)).toEqual(['My order', 'Which order?'])
    expect(segments(t)).toEqual(['bot'])
  })

  it('BT3: leads to a person as soon as one is asked for, and on when nothing comes, also after an eviction', () => {
    const asked = new BotTalk()
    asked.say('Hi')
    asked.say('agent please')
    expect([asked.queues, segments(asked)]).toEqual([['sales'], ['bot asked-for-person', 'queue sales']])
    const silent = new BotTalk()
    silent.say('Hi')
    silent.h.evict()
    silent.h.advance(60_000)
    expect(silent.queues).toEqual([])
    silent.h.advance(60_000)
    expect([silent.queues, segments(silent)]).toEqual([['sales'], ['bot passed-on', 'queue sales']])
  })

  it('BT4: keeps the flow with which it began, whatever is published meanwhile; the next one has the newer', () => {
    const t = new BotTalk()
    t.say('Hi')
    const next = pin(2, newer({ number: { do: 'hangup', text: 'Newer' } }))
    t.h.receive(book, { type: 'plan', pinned: next })
    t.press('order')
    expect(t.read.at(-1)).toBe('Which order?')
    t.say('12345')
    expect(t.queues).toEqual(['billing'])
    const fresh = new BotTalk(next)
    fresh.say('Hi')
    fresh.press('order')
    expect(fresh.read.slice(-2)).toEqual(['Newer', 'closed'])
  })

  it('BT4: seeks by what holds now when the plan of its flow is gone', () => {
    const t = new BotTalk()
    t.say('Hi')
    const { flows: _, ...without } = config
    const gone = { ...without, entrances: { chat: 'chat' } }
    t.h.receive(book, { type: 'plan', pinned: pin(2, gone) })
    t.press('order')
    t.say('12345')
    expect(t.queues).toEqual(['sales'])
  })

  it('BT5: is closed by the flow, and led anew when its customer comes back', () => {
    const t = new BotTalk()
    t.say('Hi')
    t.press('bye')
    expect(t.read.slice(-2)).toEqual(['Goodbye.', 'closed'])
    expect(segments(t)).toEqual(['bot closed-by-system'])
    t.say('And yet')
    expect(t.read.slice(-3)).toEqual(['reopened', 'And yet', 'Hello Mia, what is it about?'])
    t.h.command(customer, 'leave', {})
    expect(segments(t)).toEqual(['bot closed-by-system', 'bot closed-by-customer'])
  })

  it('BT6: is over when somebody takes the conversation by hand; declined, it is sought by the plan', () => {
    const t = new BotTalk().knows('ada')
    t.say('Hi')
    t.h.command(staff('sam', 'supervisor'), 'assign', { agent: 'ada', force: false })
    expect(segments(t)).toEqual(['bot elsewhere', 'ring'])
    t.decline('ada')
    t.say('12345')
    expect(t.queues).toEqual(['sales'])
    expect(t.read).toEqual(['Hi', 'Hello Mia, what is it about?', '12345'])
  })

  it('BT7: leads to a person when it breaks, and says to staff why', () => {
    const t = new BotTalk()
    t.say('Hi')
    const leading = t.h.state.bot.get().leading
    if (leading === null) throw new Error('it is led')
    t.h.state.bot.set({ leading: { ...leading, state: { ...leading.state, stack: [{ flow: 'shop', node: 'gone' }] } } })
    t.say('Hm')
    expect(t.queues).toEqual(['sales'])
    expect(t.log.find(({ body }) => body.body.type === 'bot-ended')?.body.body).toMatchObject({
      how: 'broken',
      problem: expect.any(String),
    })
    expect(JSON.stringify(t.log.map(toPublic))).not.toContain('bot-ended')
  })

  it('BT1: has none while it was left outside opening hours, and none without an entrance that names one', () => {
    const closed = { zone: 'Etc/UTC', weekly: {}, exceptions: {} }
    const t = new BotTalk({ ...pin(1, config), entrance: { hours: closed, outsideHours: 'message' } })
    t.say('Hi')
    expect(t.types).toEqual(['message', 'snoozed'])
    const plain = new Talk()
    plain.say('Hi')
    expect(plain.types).toEqual(['message', 'waiting'])
  })
})

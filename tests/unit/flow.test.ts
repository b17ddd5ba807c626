/** Flows by example: FW1, FW3, FW5, FW8. */
import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../core/book/check.ts'
import { changesBetween } from '../../core/book/diff.ts'
import { checkEntrance, checkFlows } from '../../core/flow/check.ts'
import type { FlowInput } from '../../core/protocol/flow.ts'
import { around, flowOf, programOf, Walk } from '../support/flows.ts'

const faults = (nodes: FlowInput['nodes'], more: Partial<FlowInput> = {}) =>
  checkFlows(around({ main: flowOf(nodes, more) })).map(({ field, what, weight }) => `${weight} ${field}: ${what}`)
const end = { do: 'queue' } as const
const menu = {
  do: 'menu',
  prompt: 'Orders or billing?',
  wrong: 'Pardon?',
  tries: 2,
  options: [
    { id: 'orders', label: 'My order', digit: '1', words: ['parcel', '包裹'], next: 'orders' },
    { id: 'billing', label: 'Billing', digit: '2', next: 'end' },
  ],
  otherwise: 'end',
} as const satisfies FlowInput['nodes'][string]
const orders = {
  do: 'collect',
  prompt: 'Which order?',
  expected: { is: 'digits', least: 4, most: 6 },
  into: 'conversation.order',
  next: 'end',
  otherwise: 'end',
} as const satisfies FlowInput['nodes'][string]
const shop = () => programOf({ main: flowOf({ menu, orders, end }) })

describe('the check of a flow', () => {
  it('FW1: names the place and the reason of what leads nowhere', () => {
    expect(faults({ a: { do: 'say', text: 'Hello', next: 'b' } })).toEqual([
      'refused flows.main.nodes.a.next: there is no node b',
    ])
    expect(faults({ a: { do: 'play', sound: 'tune', next: 'end' }, end })).toEqual([
      'refused flows.main.nodes.a.sound: there is no sound tune',
    ])
    expect(faults({ a: { do: 'hours', hours: 'never', open: 'end', closed: 'end' }, end })).toEqual([
      'refused flows.main.nodes.a.hours: there is no opening hours never',
    ])
    expect(faults({ a: { do: 'flow', flow: 'other', next: 'end' }, end })).toEqual([
      'refused flows.main.nodes.a.flow: there is no flow other',
    ])
    expect(faults({ end }, { start: 'begin' })[0]).toBe('refused flows.main.start: there is no node begin')
    expect(faults({ ask: { ...orders, into: 'conversation.number' }, end })).toEqual([
      'refused flows.main.nodes.ask.into: there is no attribute conversation.number',
    ])
  })

  it('FW1: refuses what goes round with nobody answering, silence included, and no more', () => {
    const round = 'goes round for ever if nobody answers'
    expect(faults({ a: { do: 'say', text: 'Hm', next: 'a' } })).toEqual([`refused flows.main.nodes.a: ${round}: a → a`])
    expect(
      faults({ menu: { ...menu, otherwise: 'again' }, again: { do: 'say', text: 'Hm', next: 'menu' }, orders, end }),
    ).toEqual([`refused flows.main.nodes.menu: ${round}: menu → again → menu`])
    const back = { ...menu, options: [{ id: 'back', label: 'Once more', next: 'menu' }] }
    expect(faults({ menu: back, end })).toEqual([])
  })

  it('FW1: refuses flows that contain themselves, and answers that mean two things', () => {
    const flows = {
      main: flowOf({ a: { do: 'flow', flow: 'sub', next: 'end' }, end }),
      sub: flowOf({ a: { do: 'flow', flow: 'main', next: 'end' }, end }),
    }
    expect(checkFlows(around(flows)).map(({ field }) => field)).toEqual([
      'flows.main.nodes.a.flow',
      'flows.sub.nodes.a.flow',
    ])
    const twice = menu.options.map((option) => ({ ...option, id: 'one', digit: '1' }))
    expect(faults({ menu: { ...menu, options: twice }, orders, end })).toEqual([
      'refused flows.main.nodes.menu.options.1.id: stands here twice',
      'refused flows.main.nodes.menu.options.1.digit: means another option already',
    ])
  })

  it('FW1: warns of what nothing leads to, and refuses words that are missing in a language or in the configuration', () => {
    expect(faults({ end, lonely: end })).toEqual(['warned flows.main.nodes.lonely: nothing leads here'])
    expect(faults({ a: { do: 'hangup', text: { zh: '再见' } } })).toEqual([
      'refused flows.main.nodes.a.text: is not said in en, the language of the flow',
    ])
    expect(faults({ a: { do: 'hangup', text: 'Bye {{customer.nmae}}' } })).toEqual([
      'refused flows.main.nodes.a.text: there is nothing named customer.nmae',
    ])
  })

  it('FW7: refuses at a chat what only a telephone can, and by telephone what nobody could say', () => {
    const nodes: FlowInput['nodes'] = {
      a: { do: 'play', sound: 'tune', next: 'b' },
      b: { do: 'transfer', number: '+4930123456', otherwise: 'c' },
      c: { do: 'queue', waiting: { announce: { every: 60_000, text: 'Please wait' } } },
    }
    const flows = { main: flowOf(nodes, { sounds: { tune: { url: 'https://shop.example/a.mp3' } } }) }
    const at = (channel: 'chat' | 'voice') => [...checkEntrance(flows, 'main', channel)].map(({ field }) => field)
    expect(at('chat')).toEqual(['flows.main.nodes.a.do', 'flows.main.nodes.b.do', 'flows.main.nodes.c.waiting'])
    expect(at('voice')).toEqual([])
    const unsaid = { ...menu, options: [{ id: 'one', label: 'One', next: 'end' }] }
    expect([...checkEntrance({ main: flowOf({ unsaid, end }) }, 'main', 'voice')]).toMatchObject([
      { field: 'flows.main.nodes.unsaid.options.0.digit' },
    ])
  })

  it('FW1: is part of the check of a configuration, whose difference shows the node', () => {
    const config = (text: string, flow = 'main') => ({
      organisation: 'Maple',
      queues: { sales: { name: 'Sales' } },
      plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }] }] } },
      agents: {},
      entrances: { chat: 'chat', flows: { chat: flow } },
      flows: { main: { name: 'Main', start: 'hello', nodes: { hello: { do: 'say', text, next: 'end' }, end } } },
    })
    const [before, after] = [checkConfig(config('Hello')), checkConfig(config('Welcome'))]
    if (!before.ok || !after.ok) throw new Error('these are in order')
    expect(changesBetween(before.value, after.value)).toEqual([
      { kind: 'changed', path: 'flows.main.nodes.hello.text', before: 'Hello', after: 'Welcome' },
    ])
    expect(checkConfig(config('Hello', 'other'))).toMatchObject({ ok: false, error: { field: 'entrances.flows.chat' } })
  })
})

describe('an answer', () => {
  it.each([
    ['its digit', { type: 'digits', digits: '1' }],
    ['its digit in words', { type: 'said', text: '1' }],
    ['its label', { type: 'said', text: 'my order!' }],
    ['a word of its own in a sentence', { type: 'said', text: 'Where is my parcel?' }],
    ['a word without spaces around', { type: 'said', text: '我的包裹在哪里' }],
    ['its button', { type: 'chosen', id: 'orders' }],
  ] as const)('FW3: is understood by %s', (_, input) => {
    expect(new Walk(shop()).take(input).said).toEqual(['Orders or billing?', 'Which order?'])
  })

  it('FW3: that is not understood is asked for again, as often as the node says; then it goes on otherwise', () => {
    const walk = new Walk(shop()).say('my order and billing')
    expect(walk.said).toEqual(['Orders or billing?', 'Pardon?', 'Orders or billing?'])
    expect(walk.silence().end).toBe('passed-on')
  })

  it('FW3: that is collected is checked before it is kept', () => {
    const walk = new Walk(shop()).press('1').press('123').press('12345')
    expect(walk.effects('set')).toEqual([{ do: 'set', attributes: { order: '12345' } }])
    expect(walk.end).toBe('passed-on')
  })

  it.each(['agent', 'I want to speak to a human, please', '转人工', '我要找人工客服'])(
    'FW5: %s leads to a person',
    (text) => {
      const walk = new Walk(shop()).press('1').say(text)
      expect(walk.end).toBe('person')
      expect(walk.effects('queue')).toEqual([{ do: 'queue', plan: null }])
    },
  )

  it('FW5: an option of that name goes before; 0 asks for a person where it is no option', () => {
    const options = [{ id: 'agent', label: 'Travel agent', next: 'orders' }]
    const named = programOf({ main: flowOf({ menu: { ...menu, options }, orders, end }) })
    expect(new Walk(named).say('travel agent').said.at(-1)).toBe('Which order?')
    expect(new Walk(shop()).press('0').end).toBe('person')
  })
})

describe('what a flow does', () => {
  it('FW4: goes on in the language that was chosen, in what leads on from here too', () => {
    const sub = flowOf({
      a: { do: 'say', text: { en: 'Hello {{customer.name}}', zh: '{{customer.name}}您好' }, next: 'b' },
      b: { do: 'return' },
    })
    const languages = [
      { language: 'en', label: 'English', digit: '1' },
      { language: 'zh', label: '中文', digit: '2' },
    ]
    const main = flowOf({
      which: { do: 'language', prompt: 'Language?', options: languages, next: 'greet', otherwise: 'greet' },
      greet: { do: 'flow', flow: 'sub', next: 'end' },
      end,
    })
    expect(new Walk(programOf({ main, sub }), 'voice', { 'customer.name': 'Mia' }).say('中文').said).toEqual([
      'Language?',
      'Mia您好',
    ])
  })

  it('FW4: takes what it keeps from a look-up, and goes on otherwise when there is none in time', () => {
    const nodes: FlowInput['nodes'] = {
      look: {
        do: 'lookup',
        url: 'https://shop.example/orders',
        send: { who: 'customer.name' },
        keep: { 'flow.state': 'orders.0.state', 'flow.rest': 'orders' },
        next: 'which',
        otherwise: 'end',
      },
      which: {
        do: 'branch',
        cases: [
          {
            when: [
              { value: 'flow.state', is: 'equal', to: 'sent' },
              { value: 'flow.rest', is: 'unknown' },
            ],
            next: 'tell',
          },
        ],
        otherwise: 'end',
      },
      tell: { do: 'hangup', text: 'It is {{flow.state}}.' },
      end,
    }
    const looking = () => new Walk(programOf({ main: flowOf(nodes) }), 'chat', { 'customer.name': 'Mia' })
    expect(looking().effects('lookup')).toMatchObject([{ send: { who: 'Mia' }, method: 'GET', timeout: 5_000 }])
    const answer = { orders: [{ state: 'sent' }] }
    expect(looking().take({ type: 'looked-up', answer }).said).toEqual(['It is sent.'])
    expect(looking().take({ type: 'looked-up', answer: 'nonsense' }).end).toBe('passed-on')
    expect(looking().take({ type: 'not-looked-up' }).end).toBe('passed-on')
    expect(looking().silence().end).toBe('passed-on')
  })

  it('FW8: announces place and wait, and offers once to call back: the place is kept', () => {
    const waiting = {
      announce: { every: 30_000, text: 'Number {{queue.place}}, {{queue.wait}} minutes.' },
      callback: { after: 45_000, prompt: 'Press 5', digit: '5', said: 'We call.' },
    }
    const walk = new Walk(programOf({ main: flowOf({ end: { do: 'queue', plan: 'vip', waiting } }) }))
    expect(walk.press('5').state.phase.is).toBe('waiting')
    walk.silence()
    walk.world = { ...walk.world, place: 2, wait: 4 }
    walk.silence().silence().silence()
    expect(walk.said).toEqual(['Press 5', 'Number 2, 4 minutes.', 'Number 2, 4 minutes.'])
    expect(walk.press('5').end).toBe('callback')
    expect(walk.done.slice(-2)).toEqual([{ do: 'say', text: 'We call.', language: 'en' }, { do: 'callback' }])
  })

  it('FW6: is broken by a node that is gone, and leads to the fallback; a number that does not answer, to a queue', () => {
    const main = flowOf({ menu, orders, end }, { fallback: { do: 'transfer', number: '+4930123456' } })
    const walk = new Walk(programOf({ main }))
    walk.state = { ...walk.state, stack: [{ flow: 'main', node: 'gone' }] }
    walk.press('1')
    expect(walk.effects('report')).toHaveLength(1)
    expect(walk.effects('dial')).toHaveLength(1)
    expect(walk.take({ type: 'dialled', answered: false }).end).toBe('broken')
    expect(walk.effects('queue')).toEqual([{ do: 'queue', plan: null }])
  })
})

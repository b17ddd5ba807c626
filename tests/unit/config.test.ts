/** The configuration's parts and what they point to: BK3. */
import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../core/book/check.ts'
import { pinChat } from '../../core/book/model.ts'
import { isOpen, nextOpening } from '../../core/calendar/hours.ts'
import { Config, type ConfigInput } from '../../core/protocol/config.ts'
import { fillIn, variablesIn } from '../../core/text/variables.ts'

const base = {
  organisation: 'Acme',
  queues: { sales: { name: 'Sales', team: 'front', hours: 'office', dispositionRequired: true } },
  plans: {
    chat: {
      name: 'Chat',
      steps: [{ after: 0, queues: [{ queue: 'sales', need: { skills: { english: 2 } } }] }],
    },
  },
  entrances: { chat: 'chat' },
  agents: { ada: { name: 'Ada', team: 'front', queues: [{ queue: 'sales' }], skills: { english: 5 } } },
  hours: { office: { zone: 'Europe/Berlin', weekly: { mon: [{ from: '09:00', to: '17:00' }] } } },
  teams: { front: { name: 'Front office' } },
  skills: { english: { name: 'English' } },
  tags: { vip: { name: 'VIP', colour: '#aa3300' } },
  dispositions: {
    sold: { name: 'Sold', queues: ['sales'], requires: ['order'] },
    complaint: { name: 'Complaint' },
    late: { name: 'Too late', parent: 'complaint', noteRequired: true },
  },
  cannedReplies: {
    hello: { shortcut: 'hi', text: 'Hello {{customer.name}}, this is {{agent.name}}.', language: 'en' },
    'hello-zh': {
      shortcut: 'hi',
      text: '您好，{{customer.name}}',
      language: 'zh',
      teams: ['front'],
      queues: ['sales'],
    },
  },
  attributes: {
    customer: { level: { name: 'Level', type: 'list', values: ['Gold', 'Silver'] } },
    conversation: { order: { name: 'Order', type: 'text', visibleTo: ['agent'] } },
  },
  widget: {
    colours: { accent: '#0055aa' },
    texts: { zh: { greeting: '您好' } },
    preChat: [{ field: 'name', required: true }, { field: 'customer.level' }, { field: 'conversation.order' }],
    origins: ['https://shop.example', 'https://*.shop.example', 'http://localhost:3000'],
    hours: 'office',
  },
  policies: { files: { mostBytes: 1_000_000 }, retention: { channels: { chat: 30 } } },
} satisfies ConfigInput

/** The base with one part of it changed. */
const withPart = (part: object): unknown => ({ ...base, ...part })
const reply = (fields: object) => ({
  cannedReplies: { ...base.cannedReplies, one: { shortcut: 'x', text: 'x', ...fields } },
})
const disposition = (fields: object) => ({ dispositions: { ...base.dispositions, one: { name: 'One', ...fields } } })

describe('the parts of a configuration', () => {
  it('BK3: hold together, and come back as they were written', () => {
    const checked = checkConfig(base)
    expect(checked).toMatchObject({ ok: true, value: base })
    if (checked.ok) expect(checkConfig(JSON.parse(JSON.stringify(checked.value)))).toEqual(checked)
  })

  it('BK3: have defaults, each a configuration in itself', () => {
    const { organisation, plans, entrances } = base
    const steps = [{ after: 0, queues: [{ queue: 'sales' }] }]
    const least = {
      organisation,
      plans: { chat: { ...plans.chat, steps } },
      entrances,
      queues: { sales: { name: 'S' } },
      agents: {},
    }
    const config = Config.parse(least)
    expect(config.widget).toEqual({
      colours: {},
      position: 'right',
      offset: { side: 20, bottom: 20 },
      launcher: 'button',
      texts: {},
      preChat: [],
      nudges: {},
      typingPreview: false,
      origins: [],
      outsideHours: 'message',
    })
    expect(config.policies).toMatchObject({
      session: { lifetime: 12 * 3_600_000, idle: 30 * 60_000, totp: [], offline: true },
      csat: { on: true },
    })
    expect(checkConfig(config)).toEqual({ ok: true, value: config })
  })

  it.each<[field: string, part: object]>([
    ['queues.sales.team', { queues: { sales: { name: 'Sales', team: 'back' } } }],
    ['queues.sales.hours', { queues: { sales: { name: 'Sales', hours: 'night' } } }],
    ['agents.ada.team', { agents: { ada: { ...base.agents.ada, team: 'constructor' } } }],
    ['agents.ada.skills.french', { agents: { ada: { ...base.agents.ada, skills: { french: 1 } } } }],
    ['plans.chat.steps.0.queues.0.need.skills.english', { skills: { french: { name: 'French' } } }],
    ['tags.vip.colour', { tags: { vip: { name: 'VIP', colour: 'red' } } }],
    ['dispositions.one.parent', disposition({ parent: 'none' })],
    ['dispositions.one.parent', disposition({ parent: 'one' })],
    ['dispositions.one.queues.1', disposition({ queues: ['sales', 'care'] })],
    ['dispositions.one.requires.0', disposition({ requires: ['level'] })],
    ['cannedReplies.one.shortcut', reply({ shortcut: 'no spaces' })],
    ['cannedReplies.one.shortcut', reply({ shortcut: 'HI', language: 'en' })],
    ['cannedReplies.one.text', reply({ text: 'Dear {{customer.pet}}' })],
    ['cannedReplies.one.teams.0', reply({ teams: ['back'] })],
    ['cannedReplies.one.queues.0', reply({ queues: ['care'] })],
    ['attributes.customer.level.values', { attributes: { customer: { level: { name: 'Level', type: 'list' } } } }],
    ['widget.hours', { widget: { hours: 'night' } }],
    ['widget.origins.0', { widget: { origins: ['https://shop.example/path'] } }],
    ['widget.preChat.0.field', { widget: { preChat: [{ field: 'password' }] } }],
    ['widget.preChat.0.field', { widget: { preChat: [{ field: 'customer.order' }] } }],
    ['widget.preChat.1.field', { widget: { preChat: [{ field: 'name' }, { field: 'name' }] } }],
    ['policies.snooze.least', { policies: { snooze: { least: 10, most: 9 } } }],
  ])('BK3: are refused by the path of the field that points nowhere: %s', (field, part) => {
    expect(checkConfig(withPart(part))).toMatchObject({ ok: false, error: { code: 'bad_input', field } })
  })

  it('BK3: of them a new conversation pins when its entrance is open, and where a disposition is required', () => {
    const checked = checkConfig(base)
    const pinned = checked.ok ? pinChat({ version: 1, config: checked.value }) : null
    expect(pinned).toMatchObject({
      entrance: { hours: { zone: 'Europe/Berlin' }, outsideHours: 'message' },
      dispositionRequired: ['sales'],
    })
    const hours = pinned?.entrance?.hours
    const sunday = Date.UTC(2026, 10, 22, 12)
    expect(hours && [isOpen(hours, sunday), nextOpening(hours, sunday)]).toEqual([false, Date.UTC(2026, 10, 23, 8)])
    expect(hours && nextOpening(hours, Date.UTC(2026, 10, 23, 9))).toBe(Date.UTC(2026, 10, 23, 9))
    const always = checkConfig(withPart({ widget: {}, queues: { sales: { name: 'Sales' } } }))
    const plain = always.ok ? pinChat({ version: 1, config: always.value }) : null
    expect(plain).not.toHaveProperty('entrance')
    expect(plain).not.toHaveProperty('dispositionRequired')
  })

  it('BK3: know two ways above a disposition that lead in a circle', () => {
    const dispositions = { a: { name: 'A', parent: 'b' }, b: { name: 'B', parent: 'a' }, sold: base.dispositions.sold }
    expect(checkConfig(withPart({ dispositions }))).toMatchObject({ error: { field: 'dispositions.a.parent' } })
  })
})

describe('variables of a canned reply', () => {
  it('BK3: are found and filled in; what has no value stays to be seen', () => {
    const text = 'Hello {{customer.name}} and {{ agent.name }}: {{customer.pet}} {{}} {x}'
    expect(variablesIn(text)).toEqual(['customer.name', 'agent.name', 'customer.pet', ''])
    const values = { 'customer.name': '$& {{agent.name}}', 'agent.name': 'Ada', 'customer.pet': '' }
    expect(fillIn(text, values)).toBe('Hello $& {{agent.name}} and Ada: {{customer.pet}} {{}} {x}')
  })
})

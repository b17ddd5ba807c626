import { beforeEach, describe, expect, it } from 'vitest'
import { address } from '../../core/ids.ts'
import { QueueConfig, Timings } from '../../core/protocol/config.ts'
import type { Avail, Bid, Picture, Wait, WaitEntry } from '../../core/protocol/messages.ts'
import { type QueueState, queueModel } from '../../core/queue/model.ts'
import { agent, conversation, Harness, org, queue, staff } from '../support/harness.ts'

const HOLD = 3_000
const book = address(org, 'book', 'book')

let h: Harness<QueueState>

beforeEach(() => {
  h = new Harness(address(org, 'queue', queue('sales')), queueModel)
  configure(1)
})

function configure(version: number, config: Partial<QueueConfig> = {}) {
  const whole = QueueConfig.parse({ name: 'Sales', ...config })
  h.receive(book, { type: 'queue-config', version, config: whole, timings: Timings.parse({}) })
}

function waits(id: string, more: Partial<WaitEntry> & { cv?: number; stay?: number } = {}) {
  const { cv = 1, stay = 1, ...fields } = more
  const plain: WaitEntry = {
    need: { level: 1, skills: {} },
    medium: 'chat',
    since: 0,
    priority: 0,
    avoid: [],
    customer: `customer of ${id}`,
  }
  const message: Wait = { type: 'wait', conversation: conversation(id), cv, stay, entry: { ...plain, ...fields } }
  h.receive(address(org, 'conversation', conversation(id)), message)
}

function leaves(id: string, cv = 2, stay = 1) {
  h.receive(address(org, 'conversation', conversation(id)), { type: 'wait', conversation: conversation(id), cv, stay })
}

function asks(id: string, v: number, picture: Partial<Picture> = {}, more: Partial<Avail> = {}) {
  const plain: Picture = { free: ['chat'], items: {}, level: 1, skills: {}, idleSince: 0 }
  h.receive(address(org, 'agent', agent(id)), {
    type: 'avail',
    agent: agent(id),
    v,
    picture: { ...plain, ...picture },
    ...more,
  })
}

/** The answers since the last look, agent by agent: `agent v contact`. */
async function bids(): Promise<string[]> {
  const all = await h.sent()
  const lines = all.flatMap(({ to, message }) => (message.type === 'bid' ? [line(to, message)] : []))
  return lines.sort((a, b) => a.split(' ')[0]?.localeCompare(b.split(' ')[0] ?? '') ?? 0)
}
const line = (to: string, { v, candidate }: Bid) => `${to.split('/')[2]} ${v} ${candidate?.conversation ?? 'none'}`

const timers = () => h.timers()
const held = (id: string) => {
  const row = h.store.exec("SELECT body FROM state WHERE tab = 'board' AND key = ?", `waiting/${id}`)[0]
  return row === undefined ? undefined : JSON.parse(String(row.body)).row?.held
}

describe('a queue that is no longer configured', () => {
  const unconfigure = (version: number) =>
    h.receive(book, { type: 'queue-config', version, config: null, timings: Timings.parse({}) })

  it('QU7: sends away who waits and who comes', async () => {
    waits('x')
    await h.sent()
    unconfigure(2)
    expect(await h.sentOf('gone')).toEqual([{ type: 'gone', queue: 'sales', version: 2 }])
    waits('y')
    expect(await h.sentOf('gone')).toHaveLength(1)
    leaves('x')
    expect(await h.sentOf('gone')).toEqual([])
  })

  it('QU7: asks Book first when it was never heard of', async () => {
    h = new Harness(address(org, 'queue', queue('nowhere')), queueModel)
    waits('x')
    expect(await h.sent()).toMatchObject([{ to: book, message: { type: 'ask-config', have: 0 } }])
    unconfigure(1)
    expect(await h.sentOf('gone')).toHaveLength(1)
  })
})

describe('an entry', () => {
  it('absent → free: `wait` open; then an agent that asks gets it', async () => {
    waits('x')
    expect(held('x')).toBe(false)
    asks('ann', 1)
    expect(await bids()).toEqual(['ann 1 x'])
    expect(held('x')).toBe(true)
    expect(timers()).toContain('hold:ann')
  })

  it('free → held: a late answer to a question still open', async () => {
    asks('ann', 1)
    expect(await bids()).toEqual(['ann 1 none'])
    waits('x')
    expect(await bids()).toEqual(['ann 1 x'])
  })

  it('held by a bid goes to nobody else', async () => {
    waits('x')
    asks('ann', 1)
    asks('bob', 1)
    expect(await bids()).toEqual(['ann 1 x', 'bob 1 none'])
  })

  it('held → held by items: `avail` names it', async () => {
    waits('x')
    asks('ann', 1)
    asks('ann', 2, { items: { [conversation('x')]: 1 } })
    asks('bob', 1)
    expect(await bids()).toEqual(['ann 1 x', 'ann 2 none', 'bob 1 none'])
    expect(timers()).toContain('item:ann')
    expect(timers()).not.toContain('hold:ann')
    expect(held('x')).toBe(true)
  })

  it('held by items → absent: `wait` closed, and no timer is left', async () => {
    waits('x')
    asks('ann', 1, { items: { [conversation('x')]: 1 } })
    leaves('x')
    expect(held('x')).toBeUndefined()
    expect(timers()).toEqual(['places'])
  })

  it('back to free: the holder asks without it', async () => {
    waits('x')
    asks('ann', 1, { free: [], items: { [conversation('x')]: 1 } })
    asks('bob', 1)
    asks('ann', 2, { free: [] })
    expect(await bids()).toEqual(['bob 1 none', 'bob 1 x'])
  })

  it('back to free: a new stay, while the old one is still in hand', async () => {
    waits('x')
    asks('ann', 1, { free: [], items: { [conversation('x')]: 1 } })
    asks('bob', 1)
    waits('x', { cv: 2, stay: 2 })
    expect(await bids()).toEqual(['bob 1 none', 'bob 1 x'])
  })

  it('items of a later stay hold it: the conversation has not told yet', async () => {
    waits('x')
    asks('ann', 1, { free: [], items: { [conversation('x')]: 2 } })
    asks('bob', 1)
    expect(await bids()).toEqual(['bob 1 none'])
  })

  it('back to free: the hold timer', async () => {
    waits('x')
    asks('ann', 1)
    asks('bob', 1)
    h.advance(HOLD)
    expect(await bids()).toEqual(['ann 1 x', 'bob 1 none', 'bob 1 x'])
  })

  it('back to free: the item timer; the agent is not silenced by it', async () => {
    waits('x')
    asks('ann', 1, { items: { [conversation('x')]: 1 } })
    asks('bob', 1)
    h.advance(HOLD)
    waits('y')
    expect(await bids()).toEqual(['ann 1 none', 'ann 1 y', 'bob 1 none', 'bob 1 x'])
  })

  it('an older or equal `cv` changes nothing', async () => {
    waits('x', { cv: 5, priority: 3 })
    waits('x', { cv: 5, priority: 9 })
    leaves('x', 4)
    expect(h.state.entries.get('x')?.priority).toBe(3)
  })

  it('`dead` buries it up to its cv', async () => {
    waits('x', { cv: 3 })
    asks('ann', 1, {}, { dead: { conversation: conversation('x'), cv: 2 } })
    expect(await bids()).toEqual(['ann 1 x'])
    asks('ann', 2, {}, { dead: { conversation: conversation('x'), cv: 3 } })
    expect(await bids()).toEqual(['ann 2 none'])
    expect(h.state.entries.size).toBe(0)
  })
})

describe('a roster row', () => {
  it('owes → none, and no answer is owed to who has no room', async () => {
    asks('ann', 1, { free: [] })
    asks('bob', 1)
    expect(await bids()).toEqual(['bob 1 none'])
  })

  it('bid → owes → bid: the contact left, the next best comes with the same v', async () => {
    waits('x', { since: 1 })
    waits('y', { since: 2 })
    asks('ann', 1)
    leaves('x')
    expect(await bids()).toEqual(['ann 1 x', 'ann 1 y'])
  })

  it('bid → owes → none', async () => {
    waits('x')
    asks('ann', 1)
    leaves('x')
    expect(await bids()).toEqual(['ann 1 x', 'ann 1 none'])
    expect(timers()).toEqual(['places'])
  })

  it('bid → owes: the contact came back under a new stay, or no longer suits', async () => {
    waits('x')
    asks('ann', 1)
    waits('x', { cv: 2, stay: 2 })
    waits('x', { cv: 3, stay: 2, need: { level: 5, skills: {} } })
    expect(await bids()).toEqual(['ann 1 x', 'ann 1 x', 'ann 1 none'])
  })

  it('bid → owes: the agent is to be avoided now', async () => {
    waits('x')
    asks('ann', 1)
    waits('x', { cv: 2, avoid: [agent('ann')] })
    expect(await bids()).toEqual(['ann 1 x', 'ann 1 none'])
  })

  it('bid → silent: gets nothing until it asks anew', async () => {
    waits('x')
    asks('ann', 1)
    h.advance(HOLD)
    waits('y')
    expect(await bids()).toEqual(['ann 1 x'])
    asks('ann', 2)
    expect(await bids()).toEqual(['ann 2 x'])
  })

  it('bid → replaced by `avail`: the contact is free for the better agent', async () => {
    waits('x')
    asks('ann', 1)
    asks('ann', 2, { free: [] })
    asks('bob', 1)
    expect(await bids()).toEqual(['ann 1 x', 'bob 1 x'])
  })

  it('an older or equal v changes nothing', async () => {
    asks('ann', 2)
    asks('ann', 2, { level: 9 })
    asks('ann', 1, { level: 9 })
    expect(await bids()).toEqual(['ann 2 none'])
    expect(h.state.roster.get('ann')?.picture.level).toBe(1)
  })

  it('`gone` takes the row and its timers away', async () => {
    waits('x')
    asks('ann', 1)
    asks('ann', 2, {}, { gone: true })
    asks('bob', 1)
    expect(await bids()).toEqual(['ann 1 x', 'bob 1 x'])
    expect(timers().sort()).toEqual(['hold:bob', 'places'])
  })
})

describe('the pump', () => {
  it('bids in rank order: a point of priority is a minute of age', async () => {
    waits('x', { since: 50_000 })
    waits('y', { since: 100_000, priority: 1 })
    asks('ann', 1)
    expect(await bids()).toEqual(['ann 1 y'])
  })

  it('passes over a contact that this agent cannot serve', async () => {
    waits('x', { since: 1, need: { level: 2, skills: {} } })
    waits('y', { since: 2, medium: 'voice' })
    waits('z', { since: 3, need: { level: 1, skills: { german: 2 } } })
    waits('mine', { since: 4 })
    asks('ann', 1)
    expect(await bids()).toEqual(['ann 1 mine'])
  })

  it('a need that none of the idle agents meets hides no other contact', async () => {
    waits('a', { since: 1, avoid: [agent('ann')] })
    waits('b', { since: 2 })
    asks('ann', 1)
    expect(await bids()).toEqual(['ann 1 b'])
  })

  it('takes the best of the idle agents: level, then idle, then load, then id', async () => {
    asks('ann', 1, { level: 1, idleSince: 1 })
    asks('bob', 1, { level: 2, idleSince: 9 })
    asks('cid', 1, { level: 2, idleSince: 5 })
    await bids()
    waits('x')
    waits('y')
    waits('z')
    expect(await bids()).toEqual(['ann 1 z', 'bob 1 y', 'cid 1 x'])
  })

  it('follows the configured order of agents', async () => {
    configure(2, { agentOrder: [{ by: 'idle', direction: 'desc' }] })
    asks('ann', 1, { idleSince: 1 })
    asks('bob', 1, { idleSince: 9 })
    await bids()
    waits('x')
    expect(await bids()).toEqual(['bob 1 x'])
  })

  it('looks at all idle agents, not only at the one that spoke', async () => {
    waits('x', { avoid: [agent('bob')] })
    waits('y', { since: 1 })
    asks('ann', 1)
    asks('bob', 1)
    leaves('y')
    waits('z', { since: 2 })
    expect(await bids()).toEqual(['ann 1 x', 'bob 1 y', 'bob 1 none', 'bob 1 z'])
  })

  it('behaves the same after an eviction', async () => {
    waits('x')
    asks('ann', 1)
    h.evict()
    asks('bob', 1)
    h.evict()
    h.advance(HOLD)
    expect(await bids()).toEqual(['ann 1 x', 'bob 1 none', 'bob 1 x'])
  })

  it('writes few rows with 1,000 contacts and 200 agents', async () => {
    for (let i = 0; i < 1_000; i++) waits(`c${i}`, { since: i, need: { level: 2, skills: {} } })
    for (let i = 0; i < 200; i++) asks(`a${i}`, 1)
    h.store.takeWrites()
    for (let i = 0; i < 100; i++) waits(`d${i}`, { since: 5_000 + i })
    // Entry, board row, inbox, then the agent's row, hold timer, outbox and peer of the bid; now and then a timer.
    expect(h.store.takeWrites() / 100).toBeLessThan(9)
  })
})

describe('places', () => {
  async function places() {
    const all = await h.sent()
    return all.flatMap(({ to, message }) => (message.type === 'place' ? [`${to.split('/')[2]} ${message.place}`] : []))
  }

  it('are told a second after a change, and only what is new', async () => {
    waits('x', { since: 1 })
    h.advance(500)
    waits('y', { since: 2 })
    expect(await places()).toEqual([])
    h.advance(500)
    expect(await places()).toEqual(['x 1', 'y 2'])
    waits('z', { since: 0 })
    h.advance(1_000)
    expect(await places()).toEqual(['z 1', 'x 2', 'y 3'])
    leaves('y')
    h.advance(5_000)
    expect(await places()).toEqual([])
    expect(timers()).toEqual([])
  })

  it('are told again after a new stay', async () => {
    waits('x')
    h.advance(1_000)
    await places()
    waits('x', { cv: 2, priority: 1 })
    h.advance(1_000)
    expect(await places()).toEqual([])
    waits('x', { cv: 3, stay: 2 })
    h.advance(1_000)
    expect(await places()).toEqual(['x 1'])
  })

  it('are rounded far back', async () => {
    for (let i = 1; i <= 120; i++) waits(`c${i}`, { since: i })
    h.advance(1_000)
    const told = await places()
    expect(told).toHaveLength(120)
    expect(told[20]).toBe('c21 30')
    expect(told[119]).toBe('c120 150')
    leaves('c1')
    h.advance(1_000)
    // The exact ones move up, and one at each border of the rounded ones.
    expect(await places()).toHaveLength(20 + 8)
  })
})

describe('staff', () => {
  it('of the organisation see who waits; others find nothing', async () => {
    waits('x', { since: 5, priority: 2 })
    const socket = h.connect(staff('sue', 'supervisor'))
    const welcome = socket.frames[0]
    expect(welcome).toMatchObject({
      t: 'welcome',
      snapshot: [{ name: 'put', body: { key: 'waiting/x', rank: 5 - 120_000 } }],
    })
    leaves('x')
    expect(socket.frames.at(-1)).toMatchObject({ t: 'ev', name: 'del', body: { key: 'waiting/x' } })
    expect(h.actor.admit(staff('eve', 'administrator', 'other'))).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    const customer = { kind: 'customer', org, customer: 'c', conversation: 'x' } as const
    expect(h.actor.admit(customer)).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })

  it('find no queue that is not configured', () => {
    const other = new Harness(address(org, 'queue', queue('nowhere')), queueModel)
    expect(other.actor.admit(staff('sue'))).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })

  it('may not command it', () => {
    expect(h.command(staff('sue'), 'purge', {})).toMatchObject({
      ok: false,
      error: { code: 'bad_input', field: 'name' },
    })
  })
})

describe('configuration', () => {
  it('of an older version changes nothing; a newer one heard of is asked for once', async () => {
    configure(3, { name: 'Three' })
    configure(2, { name: 'Two' })
    expect(h.state.known.get()).toMatchObject({ version: 3, config: { name: 'Three' } })
    const from = address(org, 'agent', agent('ann'))
    h.actor.receive({ from, base: 1, rows: [], config: 4 })
    h.actor.receive({ from, base: 1, rows: [], config: 4 })
    h.actor.receive({ from, base: 1, rows: [], config: 3 })
    expect(await h.sentOf('ask-config')).toEqual([{ type: 'ask-config', have: 3 }])
  })
})

/** The orders and requirements of a queue, on the real model, and the derived orders beside the rows. */
import { beforeEach, describe, expect, it } from 'vitest'
import { Parts } from '../../../core/engine/parts.ts'
import { type AgentId, address } from '../../../core/ids.ts'
import { QueueConfig, Timings } from '../../../core/protocol/config.ts'
import type { Picture, WaitEntry } from '../../../core/protocol/messages.ts'
import { Lineup } from '../../../core/queue/lineup.ts'
import { type QueueState, queueModel } from '../../../core/queue/model.ts'
import type { Entry, Seat } from '../../../core/queue/state.ts'
import { SLICE } from '../../../core/routing/reordering.ts'
import { agent, conversation, Harness, org, queue } from '../../support/harness.ts'
import { MemoryStore } from '../../support/store.ts'

const plainEntry = {
  need: { level: 1, skills: {} },
  medium: 'chat' as const,
  since: 0,
  priority: 0,
  avoid: [],
  customer: 'x',
}
const plainPicture: Picture = { free: ['chat'], items: {}, level: 1, skills: {}, idleSince: 0 }
const byGrade: QueueConfig['contactOrder'] = { by: 'list', list: [{ by: 'grade', direction: 'desc' }] }

describe('a queue', () => {
  let h: Harness<QueueState>
  let version = 0

  beforeEach(() => {
    h = new Harness(address(org, 'queue', queue('sales')), queueModel)
    configure({})
  })

  function configure(config: Partial<QueueConfig>) {
    version += 1
    const whole = QueueConfig.parse({ name: 'Sales', ...config })
    h.receive(address(org, 'book', 'book'), {
      type: 'queue-config',
      version,
      config: whole,
      timings: Timings.parse({}),
    })
  }

  function waits(id: string, more: Partial<WaitEntry>) {
    const entry = { ...plainEntry, ...more }
    const message = { type: 'wait', conversation: conversation(id), cv: 1, stay: 1, entry } as const
    h.receive(address(org, 'conversation', conversation(id)), message)
  }

  function asks(id: string, more: Partial<Picture> = {}, v = 1) {
    const picture = { ...plainPicture, ...more }
    h.receive(address(org, 'agent', agent(id)), { type: 'avail', agent: agent(id), v, picture })
  }

  async function bids(): Promise<string[]> {
    const all = (await h.sent()).flatMap(({ to, message }) => (message.type === 'bid' ? [{ to, message }] : []))
    return all.map(({ to, message }) => `${to.split('/')[2]} ${message.candidate?.conversation ?? 'none'}`)
  }

  it('RT4: serves by its configured order, and by a new one at once', async () => {
    waits('old', { since: 1 })
    waits('vip', { since: 2, grade: 5 })
    waits('call', { since: 3, channel: 'voice' })
    asks('ann')
    configure({ contactOrder: byGrade })
    asks('bob')
    configure({ contactOrder: { by: 'list', list: [{ by: 'channel', values: ['voice'] }] } })
    asks('cid')
    expect(await bids()).toEqual(['ann old', 'bob vip', 'cid call'])
  })

  it('RT4: asks agents in the order of a skill, and of who was served last', async () => {
    configure({
      agentOrder: [
        { by: 'skill', skill: 'billing', direction: 'desc' },
        { by: 'served', direction: 'asc' },
      ],
    })
    asks('ann', { skills: { billing: 1 } })
    asks('bob', { skills: { billing: 3 }, servedAt: 9 })
    asks('cid', { skills: { billing: 3 }, servedAt: 5 })
    await bids()
    for (const id of ['x', 'y', 'z']) waits(id, {})
    expect(await bids()).toEqual(['cid x', 'bob y', 'ann z'])
  })

  it('RT4: asks the least occupied first; who does not say has done nothing', async () => {
    configure({ agentOrder: [{ by: 'occupancy', direction: 'asc' }] })
    asks('ann', { occupancy: 0.9 })
    asks('bob', { occupancy: 0.25 })
    asks('cid')
    await bids()
    for (const id of ['x', 'y', 'z']) waits(id, {})
    expect(await bids()).toEqual(['cid x', 'bob y', 'ann z'])
  })

  it('RT1: bids only to whom the requirement fits', async () => {
    asks('ann', { skills: { billing: 3 }, attributes: { lang: ['en'] } })
    asks('bob', { skills: { refund: 1 }, attributes: { lang: ['en', 'zh'] } })
    await bids()
    waits('x', { need: { level: 1, skills: {}, where: 'lang = zh and (billing >= 3 or refund >= 1)' } })
    waits('y', { need: { level: 1, skills: { billing: 3 }, where: 'lang = zh' } })
    expect(await bids()).toEqual(['bob x'])
  })

  it('RT1: an expression that cannot be read, from a newer program, is met by nobody', async () => {
    waits('x', { need: { level: 1, skills: {}, where: 'lang ~ zh' } })
    asks('ann')
    expect(await bids()).toEqual(['ann none'])
  })
})

describe('the lineup', () => {
  let parts: Parts
  let entries: ReturnType<typeof rowsOf<Entry>>
  let roster: ReturnType<typeof rowsOf<Seat>>
  let lineup: Lineup
  const config = QueueConfig.parse({ name: 'Sales' })
  const ann = agent('ann')

  function rowsOf<V extends object>(tab: string) {
    return parts.rows<V>(tab)
  }

  beforeEach(() => {
    const store = new MemoryStore()
    store.exec('CREATE TABLE state (tab TEXT, key TEXT, body TEXT, PRIMARY KEY (tab, key))')
    parts = new Parts(store)
    entries = rowsOf<Entry>('entries')
    roster = rowsOf<Seat>('roster')
    lineup = new Lineup(entries, roster, config)
  })

  const enter = (id: string, more: Partial<Entry> = {}) =>
    entries.put(id, { ...plainEntry, conversation: conversation(id), cv: 1, stay: 1, told: null, ...more })
  const sit = (id: AgentId, more: Partial<Seat> = {}) =>
    roster.put(id, {
      agent: id,
      v: 1,
      picture: plainPicture,
      standing: { is: 'none' },
      silent: false,
      holdsSince: null,
      itemsIgnored: false,
      ...more,
    })
  const next = () => lineup.contactFor(ann)?.conversation

  it('RT5: says after a turn that failed what it said before', () => {
    enter('x', { since: 1 })
    sit(ann)
    parts.commit()
    parts.settled()
    entries.delete('x')
    enter('y', { since: 0 })
    sit(ann, { standing: { is: 'bid', conversation: conversation('y'), stay: 1 } })
    expect(next()).toBeUndefined()
    parts.undo()
    expect(next()).toBe('x')
    expect(lineup.holdersOf('y')).toEqual([])
  })

  it('RT5: brings a long queue into a new order in slices; until it is there, the old one holds', () => {
    for (let i = 0; i <= SLICE; i += 1) enter(`c${i}`, { since: i, grade: i })
    sit(ann)
    expect(lineup.follow({ ...config, contactOrder: byGrade })).toBe(false)
    expect(next()).toBe('c0')
    const [first, second] = ['c0', 'c1'].map((id) => entries.get(id))
    if (first === undefined || second === undefined) throw new Error('they wait')
    expect(lineup.compare(first, second)).toBeLessThan(0)
    entries.delete('c0')
    enter('late', { since: 0, grade: SLICE + 1 })
    expect(lineup.advance()).toBe(true)
    expect(lineup.compare(first, second)).toBeGreaterThan(0)
    expect(next()).toBe('late')
    entries.delete('late')
    expect(next()).toBe(`c${SLICE}`)
  })
})

/** Several agents are rung at once, on the real models: RM1 to RM4. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AgentState, agentModel } from '../../core/agent/model.ts'
import { toStaff } from '../../core/conversation/entries.ts'
import { account } from '../../core/conversation/explain.ts'
import { rungOf } from '../../core/conversation/state.ts'
import { address } from '../../core/ids.ts'
import { AgentConfig, Config, QueueConfig, Timings } from '../../core/protocol/config.ts'
import type { Candidate, WaitEntry } from '../../core/protocol/messages.ts'
import { type QueueState, queueModel } from '../../core/queue/model.ts'
import { segmentsOf } from '../../core/segments/fold.ts'
import { agent, conversation, Harness, org, queue, staff } from '../support/harness.ts'
import { self, Talk } from '../support/talk.ts'

const book = address(org, 'book', 'book')

/** Rings at all of these, in this order, through one queue. */
function ringing(...agents: string[]): Talk {
  const t = new Talk()
  t.say()
  for (const id of agents) t.claim(id, { upTo: agents.length })
  return t
}

const rung = (t: Talk) => rungOf(t.talk).map(({ agent: id }) => id)
const ends = async (t: Talk) =>
  (await t.h.sent()).flatMap(({ to, message }) =>
    message.type === 'end' ? [`${to.split('/')[2]} ${message.lease} ${message.why} ${message.by ?? ''}`.trim()] : [],
  )

describe('a conversation that rings for several', () => {
  it('RM1: grants each claim a lease of its own, up to so many, and waits for more in that queue alone', async () => {
    const t = new Talk({
      name: 'Chat',
      steps: [{ after: 0, queues: [{ queue: 'sales' }, { queue: 'care' }] }],
    })
    t.say()
    await t.waits()
    t.claim('ada', { upTo: 3 })
    expect(await t.waits()).toMatchObject([
      { queue: 'sales', wait: { entry: { rung: ['ada'], avoid: ['ada'] }, stay: 1 } },
      { queue: 'care', wait: { stay: 1 } },
    ])
    t.claim('ben', { upTo: 3 })
    t.claim('cyd', { upTo: 3, via: 'care' })
    expect(rung(t)).toEqual(['ada', 'ben'])
    t.claim('cyd', { upTo: 3 })
    t.claim('dan', { upTo: 3 })
    expect(rung(t)).toEqual(['ada', 'ben', 'cyd'])
    // Full: it waits nowhere, until somebody declines.
    expect(Object.keys(t.talk.sent)).toEqual([])
    t.decline('ben', { lease: 2 })
    expect(Object.keys(t.talk.sent)).toEqual(['sales'])
    expect(t.talk.stay).toBe(1)
  })

  it('RM2: belongs to the first to accept, and all others hear at once who that was', async () => {
    const t = ringing('ada', 'ben', 'cyd')
    await t.h.sent()
    t.accept('ben', 2)
    expect(t.talk).toMatchObject({ owner: { agent: 'ben', lease: 2 }, offer: null, others: [] })
    expect(await ends(t)).toEqual(['ada 1 taken Ben', 'cyd 3 taken Ben'])
    t.accept('ada', 1)
    t.decline('cyd', { lease: 3 })
    expect(t.talk).toMatchObject({ owner: { agent: 'ben' }, avoid: {} })
  })

  it('RM2: goes back to its queues only when nobody is left, and ends for all when its customer leaves', async () => {
    const t = ringing('ada', 'ben')
    t.decline('ada', { lease: 1 })
    expect(rung(t)).toEqual(['ben'])
    expect(t.view('staff').offer?.agent).toBe('ben')
    t.decline('ben', { lease: 2 })
    expect(t.talk).toMatchObject({ offer: null, open: true, stay: 2 })
    const other = ringing('ada', 'ben')
    await other.h.sent()
    other.h.command({ kind: 'customer', org, customer: 'mia', conversation: self }, 'leave', {})
    expect(await ends(other)).toEqual(['ada 1 gone', 'ben 2 gone'])
  })

  it('RM2: takes back from whoever says nothing, and from nobody else', async () => {
    const t = ringing('ada')
    t.h.advance(10_000)
    t.claim('ben', { upTo: 2 })
    expect(rung(t)).toEqual(['ada'])
    const both = new Talk()
    both.say()
    both.claim('ada', { upTo: 2 })
    both.h.advance(10_000)
    both.claim('ben', { upTo: 2 })
    both.h.advance(30_000)
    expect(rung(both)).toEqual(['ben'])
    both.h.advance(10_000)
    expect(rung(both)).toEqual([])
  })

  it('RM3: tells everybody who is rung for how many others it rings', async () => {
    const t = ringing('ada', 'ben')
    const told = (await t.h.sent()).flatMap(({ to, message }) => {
      if (message.type === 'grant') return [`${to.split('/')[2]} ${message.card.others ?? 0}`]
      return message.type === 'beside' ? [`${to.split('/')[2]} ${message.others}`] : []
    })
    expect(told).toEqual(expect.arrayContaining(['ada 0', 'ada 1', 'ben 1']))
    t.decline('ada', { lease: 1 })
    expect(await t.h.sentOf('beside')).toMatchObject([{ lease: 2, others: 0 }])
  })

  it('RM4: leaves one ring segment for each who was rung, with how it ended, and explains each', () => {
    const t = ringing('ada', 'ben', 'cyd')
    t.from('cyd', { type: 'declined', agent: agent('cyd'), by: { lease: 3 }, why: 'missed' })
    t.accept('ben', 2)
    const entries = t.log.map(toStaff)
    const rings = segmentsOf(entries).filter(({ kind }) => kind === 'ring')
    expect(rings.map(({ agent: id, outcome }) => `${id} ${outcome}`).sort()).toEqual([
      'ada taken',
      'ben accepted',
      'cyd missed',
    ])
    const talk = segmentsOf(entries).find(({ kind }) => kind === 'talk')
    expect(talk).toMatchObject({ agent: 'ben', lease: 2, queue: 'sales' })
    const { assignments } = account(t.h.state, t.h.now)
    expect(assignments.map(({ agent: id, outcome }) => `${id} ${outcome}`)).toEqual([
      'cyd missed',
      'ben accepted',
      'ada taken',
    ])
    expect(account(ringing('ada', 'ben').h.state, 0).standing.ringing).toEqual(['ada', 'ben'])
  })

  it('RM2: whatever they answer in whatever order, one has it at most and nobody goes on being rung', () => {
    const answer = fc.record({
      who: fc.integer({ min: 1, max: 4 }),
      says: fc.constantFrom('accept', 'decline', 'lose', 'claim'),
    })
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 12 }), (answers) => {
        const t = ringing('a1', 'a2', 'a3')
        for (const { who, says } of answers) {
          if (says === 'accept') t.accept(`a${who}`, who)
          else if (says === 'decline') t.decline(`a${who}`, { lease: who })
          else if (says === 'lose') t.lose(`a${who}`, who)
          else t.claim(`a${who}`, { upTo: 3 })
          const { owner } = t.talk
          const leases = [...rungOf(t.talk), ...(owner === null ? [] : [owner])].map(({ lease }) => lease)
          expect(new Set(leases).size).toBe(leases.length)
          expect(new Set(rung(t)).size).toBe(rung(t).length)
          expect(rung(t).length).toBeLessThanOrEqual(owner === null ? 3 : 0)
        }
      }),
    )
  })
})

function queueOf(config: Partial<QueueConfig>): Harness<QueueState> {
  const h = new Harness(address(org, 'queue', queue('sales')), queueModel)
  configure(h, 1, config)
  return h
}

function configure(h: Harness<QueueState>, version: number, config: Partial<QueueConfig>): void {
  const whole = QueueConfig.parse({ name: 'Sales', ...config })
  h.receive(book, { type: 'queue-config', version, config: whole, timings: Timings.parse({}) })
}

function waits(h: Harness<QueueState>, id: string, more: Partial<WaitEntry> = {}, cv = 1): void {
  const plain: WaitEntry = {
    ...{ need: { level: 1, skills: {} }, medium: 'chat', since: 0, priority: 0, avoid: [], customer: id },
    ...more,
  }
  const name = conversation(id)
  h.receive(address(org, 'conversation', name), { type: 'wait', conversation: name, cv, stay: 1, entry: plain })
}

function asks(h: Harness<QueueState>, id: string, v: number, items: Record<string, number> = {}, free = true): void {
  const picture = { free: free ? (['chat'] as const) : [], items, level: 1, skills: {}, idleSince: v }
  h.receive(address(org, 'agent', agent(id)), { type: 'avail', agent: agent(id), v, picture })
}

async function bids(h: Harness<QueueState>): Promise<string[]> {
  return (await h.sent()).flatMap(({ to, message }) => {
    if (message.type !== 'bid' || message.candidate === null) return []
    const { conversation: id, beside } = message.candidate
    return [`${to.split('/')[2]} ${id}${beside === true ? ' beside' : ''}`]
  })
}

describe('a queue that rings several', () => {
  it('RM1: bids a contact to so many, and to whoever is free later while it rings', async () => {
    const h = queueOf({ ringAtOnce: 3 })
    for (const [i, id] of ['ada', 'ben'].entries()) asks(h, id, i + 1)
    waits(h, 'x')
    expect(await bids(h)).toEqual(['ada x', 'ben x beside'])
    asks(h, 'ada', 11, { x: 1 }, false)
    asks(h, 'ben', 12, { x: 1 }, false)
    waits(h, 'x', { rung: [agent('ada'), agent('ben')], avoid: [agent('ada'), agent('ben')] }, 2)
    // The item timer is for holders of whom the contact says nothing.
    expect(h.timers().filter((name) => name.startsWith('item'))).toEqual([])
    asks(h, 'cyd', 1)
    asks(h, 'dan', 2)
    expect(await bids(h)).toEqual(['cyd x beside'])
  })

  it('RM1: gives everybody a first ring before anybody gets a second', async () => {
    const h = queueOf({ ringAtOnce: 5 })
    waits(h, 'x', { since: 1 })
    waits(h, 'y', { since: 2 })
    asks(h, 'ada', 1)
    asks(h, 'ben', 2)
    expect(await bids(h)).toEqual(['ada x', 'ben y'])
    asks(h, 'cyd', 3)
    expect(await bids(h)).toEqual(['cyd x beside'])
  })

  it('RM1: follows a change of the number for what waits', async () => {
    const h = queueOf({})
    waits(h, 'x')
    asks(h, 'ada', 1)
    asks(h, 'ben', 2)
    expect(await bids(h)).toEqual(['ada x'])
    configure(h, 2, { ringAtOnce: 2 })
    expect(await bids(h)).toEqual(['ben x beside'])
  })
})

const card = { customer: { id: 'c', name: 'Cleo', verified: true }, waitingSince: 5 }
const from = address(org, 'conversation', conversation('x'))

async function agentOf(queues: readonly string[], strict = false): Promise<Harness<AgentState>> {
  const h = new Harness(address(org, 'agent', agent('ann')), agentModel)
  const config = AgentConfig.parse({ name: 'Ann', queues: queues.map((id) => ({ queue: id })), strict })
  const { media } = Config.parse({ organisation: 'o', queues: {}, plans: {}, entrances: { chat: 'p' }, agents: {} })
  const names = { queueNames: {}, reasons: [], media, timings: Timings.parse({}) }
  h.receive(book, { type: 'agent-config', version: 1, config, ...names })
  h.connect(staff('ann'))
  h.command(staff('ann'), 'presence', { presence: 'available' })
  await h.sent()
  return h
}

function bid(h: Harness<AgentState>, queueId: string, contact: string | null, more: Partial<Candidate> = {}): void {
  const candidate: Candidate | null =
    contact === null
      ? null
      : { conversation: conversation(contact), stay: 1, medium: 'chat', since: 0, priority: 0, ...more }
  const v = h.state.question.get().v
  h.receive(address(org, 'queue', queue(queueId)), { type: 'bid', queue: queue(queueId), v, candidate })
}

/** Rings at Ann under lease 7, and for two others. */
async function rings(): Promise<Harness<AgentState>> {
  const h = await agentOf(['sales'])
  bid(h, 'sales', 'x', { upTo: 3 })
  const [claim] = await h.sentOf('claim')
  h.receive(from, { type: 'grant', conversation: conversation('x'), res: claim?.res ?? '', lease: 7, card })
  h.receive(from, { type: 'beside', conversation: conversation('x'), lease: 7, others: 2 })
  return h
}

const row = (h: Harness<AgentState>, key: string) => {
  const found = h.store.exec("SELECT body FROM state WHERE tab = 'board' AND key = ?", key)[0]
  return found === undefined ? null : JSON.parse(String(found.body)).row
}

describe('an agent who is rung beside others', () => {
  it.each([false, true])(
    'RM1: takes a second ring only when no queue has a contact of its own (strict: %s)',
    async (strict) => {
      const h = await agentOf(['sales', 'help'], strict)
      bid(h, 'sales', 'x', { beside: true, since: 1, upTo: 2 })
      bid(h, 'help', 'y', { since: 9 })
      expect(await h.sentOf('claim')).toMatchObject([{ via: 'help' }])
      const other = await agentOf(['sales', 'help'], strict)
      bid(other, 'sales', 'x', { beside: true, upTo: 2 })
      bid(other, 'help', null)
      expect(await other.sentOf('claim')).toMatchObject([{ via: 'sales', upTo: 2 }])
    },
  )

  it('RM3: shows for how many others it rings, and who was faster, without an error', async () => {
    const h = await rings()
    expect(row(h, 'item/x')).toMatchObject({ state: 'ringing', others: 2 })
    h.receive(from, { type: 'end', conversation: conversation('x'), lease: 7, why: 'taken', by: 'Ben' })
    expect(row(h, 'item/x')).toBeNull()
    expect(row(h, 'gone/x')).toMatchObject({ customer: 'Cleo', by: 'Ben' })
    expect(h.command(staff('ann'), 'accept', { conversation: 'x', lease: 7 })).toEqual({
      ok: true,
      value: { takenBy: 'Ben' },
    })
    h.advance(10_000)
    expect(row(h, 'gone/x')).toBeNull()
  })

  it('RM4: has missed nothing when another was faster, and handled nothing when it accepted a moment too late', async () => {
    const h = await rings()
    h.command(staff('ann'), 'accept', { conversation: 'x', lease: 7 })
    await h.sent()
    h.receive(from, { type: 'end', conversation: conversation('x'), lease: 7, why: 'taken', by: 'Ben' })
    expect(h.state.items.get('x')).toBeUndefined()
    expect(h.state.self.get()).toMatchObject({ missed: 0, presence: 'available' })
    expect((await h.sentOf('avail')).every(({ handled }) => handled === undefined)).toBe(true)
  })
})

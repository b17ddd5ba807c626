/** The media: their classes, their defaults, what they do at agents and conversations, and how rows say them. */
import { describe, expect, it } from 'vitest'
import { type AgentState, agentModel } from '../../core/agent/model.ts'
import { toStaff } from '../../core/conversation/entries.ts'
import { address } from '../../core/ids.ts'
import { AgentRow, WaitingRow } from '../../core/protocol/agent.ts'
import { AgentConfig, Config, Timings } from '../../core/protocol/config.ts'
import {
  isCall,
  isIntermittent,
  type Medium,
  media,
  mediaDefaults,
  mediumFrom,
  shownAs,
  whenLeft,
  workOf,
} from '../../core/protocol/media.ts'
import type { Assign } from '../../core/protocol/messages.ts'
import { segmentsOf } from '../../core/segments/fold.ts'
import { agent, conversation, Harness, org, staff } from '../support/harness.ts'
import { customer, Talk } from '../support/talk.ts'

const S = 1_000
const bare = { organisation: 'o', queues: {}, plans: {}, entrances: { chat: 'p' }, agents: {} }

describe('a configuration', () => {
  it('MD1: has a default for each medium of which it says nothing', () => {
    const chat = { capacity: 2, exclusive: false, wrap: 0, grace: 20_000 }
    const { media: configured } = Config.parse({ ...bare, media: { chat, voice: mediaDefaults.voice } })
    expect(Object.keys(configured)).toEqual([...media])
    expect(configured).toEqual({ ...mediaDefaults, chat })
  })

  it('MD1: each medium is continuous or intermittent, and a call or none', () => {
    expect(media.filter(isIntermittent)).toEqual(['message', 'mail'])
    expect(media.filter(isCall)).toEqual(['voice', 'video'])
    expect(media.map(whenLeft)).toEqual(['message', 'voice', 'video', 'message', 'mail'])
    expect(['mail', 'fax', undefined].map(mediumFrom)).toEqual(['mail', 'chat', 'chat'])
  })
})

const ann = staff('ann')
const card = { customer: { id: 'c', name: 'Cleo', verified: true }, waitingSince: 5 }

class Desk {
  readonly h: Harness<AgentState> = new Harness(address(org, 'agent', agent('ann')), agentModel)
  #leases = 0

  constructor(slice: object = {}) {
    const config = AgentConfig.parse({ name: 'Ann', queues: [{ queue: 'sales' }] })
    const plain = { version: 1, config, queueNames: {}, reasons: [], media: mediaDefaults, timings: Timings.parse({}) }
    this.h.receive(address(org, 'book', 'book'), { type: 'agent-config', ...plain, ...slice })
    this.h.connect(ann)
    this.h.command(ann, 'presence', { presence: 'available' })
  }

  takes(id: string, medium: Medium, more: Partial<Assign> = {}): number {
    const lease = ++this.#leases
    const what = { conversation: conversation(id), lease, medium, stay: 1, force: false, card, ...more }
    this.h.receive(address(org, 'conversation', conversation(id)), { type: 'assign', ...what })
    this.h.command(ann, 'accept', { conversation: id, lease })
    return lease
  }

  get free(): readonly string[] {
    return this.h.state.told.get('sales')?.picture.free ?? []
  }

  stateOf(id: string): string | undefined {
    return this.h.state.items.get(id)?.state
  }

  rowOf(key: string): unknown {
    return this.h.state.board.row(key)
  }
}

describe('an agent', () => {
  it('MD1: that was told of its media by an earlier program has the defaults of the others', () => {
    const desk = new Desk({ media: { chat: mediaDefaults.chat, voice: mediaDefaults.voice } })
    expect(desk.free).toEqual([...media])
    desk.takes('x', 'message')
    expect(desk.stateOf('x')).toBe('owned')
  })

  it('MD2: is in one call at a time, by voice or by video, even by force', async () => {
    const desk = new Desk()
    desk.takes('call', 'voice')
    expect(desk.free).toEqual([])
    desk.takes('film', 'video', { force: true })
    expect(await desk.h.sentOf('declined')).toMatchObject([{ reason: 'on-call' }])
  })

  it('MD2: lets a message wait while a call is in hand, without its being configured, and takes no new one', () => {
    const desk = new Desk()
    desk.takes('x', 'message')
    desk.takes('y', 'chat')
    expect(desk.rowOf('item/x')).not.toHaveProperty('interrupted')
    expect(desk.free).toEqual(['chat', 'message', 'mail'])
    desk.h.receive(address(org, 'conversation', conversation('y')), {
      ...{ type: 'end', conversation: conversation('y'), lease: 2, why: 'closed' },
    })
    desk.takes('call', 'voice')
    expect(desk.rowOf('item/x')).toHaveProperty('interrupted')
    expect(desk.free).toEqual([])
  })

  it('MD2: sets its own capacity within the medium’s bound; who leads it is not bound', () => {
    const desk = new Desk({ media: { ...mediaDefaults, mail: { ...mediaDefaults.mail, most: 8 } } })
    const set = (by: typeof ann, units: number) => desk.h.command(by, 'capacity', { medium: 'mail', units })
    expect(set(ann, 9)).toMatchObject({ ok: false, error: { code: 'bad_input', field: 'units' } })
    expect(set(ann, 8)).toMatchObject({ ok: true })
    expect(set({ ...staff('sue'), role: 'supervisor' }, 9)).toMatchObject({ ok: true })
    expect(desk.rowOf('me')).toMatchObject({ capacities: { mail: 9 } })
  })

  it('MD5: is rung for as long as the medium says', () => {
    const desk = new Desk()
    const what = { lease: 9, stay: 1, force: false, card }
    for (const [id, medium] of [
      ['x', 'message'],
      ['y', 'chat'],
    ] as const)
      desk.h.receive(address(org, 'conversation', conversation(id)), {
        ...{ type: 'assign', ...what, medium, conversation: conversation(id) },
      })
    const item = (id: string) => desk.h.state.items.get(id)
    expect([item('x'), item('y')].map((one) => (one?.until ?? 0) - desk.h.now)).toEqual([60 * S, 15 * S])
  })
})

describe('rows', () => {
  it('MD4: say one of the first media to clients that know no other, and beside it what it is', () => {
    expect(media.map(shownAs)).toEqual([
      { medium: 'chat' },
      { medium: 'voice' },
      { medium: 'voice', work: 'video' },
      { medium: 'chat', work: 'message' },
      { medium: 'chat', work: 'mail' },
    ])
    const desk = new Desk()
    desk.takes('x', 'message')
    expect(desk.rowOf('me')).toMatchObject({ capacity: { chat: 4, voice: 1 }, capacities: { message: 6 } })
    expect(AgentRow.safeParse(desk.rowOf('me')).success).toBe(true)
    expect(desk.rowOf('item/x')).toMatchObject({ medium: 'chat', work: 'message' })
    desk.h.command(ann, 'capacity', { medium: 'message', units: 0 })
    expect(desk.rowOf('me')).toMatchObject({ over: { units: {}, work: { message: 1 } } })
  })

  it('MD4: are read by a client that does not know their medium yet', () => {
    const waits = { key: 'waiting/x', conversation: 'x', since: 1, rank: 1, priority: 0, customer: 'Mia', held: false }
    const row = WaitingRow.parse({ ...waits, medium: 'chat', work: 'ticket' })
    expect(workOf(row)).toBe('ticket')
    expect(workOf({ medium: 'voice' })).toBe('voice')
    const me = { key: 'me', agent: 'a', name: 'A', presence: 'away', reason: null, notResponding: false, link: true }
    const rest = {
      capacity: { chat: 4, voice: 1 },
      capacities: { chat: 4, voice: 1, ticket: 9 },
      queues: [],
      reasons: [],
    }
    expect(AgentRow.safeParse({ ...me, ...rest }).success).toBe(true)
  })
})

describe('what a customer leaves', () => {
  const offering = {
    name: 'Message',
    steps: [{ after: 0, queues: [{ queue: 'sales' }], offer: 'message' as const }],
  }
  const left = { text: 'Call me back', name: 'Mia', email: 'mia@example.com' }
  const waitsAs = async (t: Talk) => (await t.waits()).map(({ wait }) => [wait.stay, wait.entry?.medium])

  it('MD3: instead of waiting is a message from then on; a claim of the chat is refused', async () => {
    const t = new Talk(offering)
    t.say()
    const { stay } = t.talk
    expect(await waitsAs(t)).toEqual([[stay, 'chat']])
    t.h.command(customer, 'leave-message', left)
    expect(await waitsAs(t)).toEqual([[stay + 1, 'message']])
    t.claim('ada', { stay })
    expect(await t.h.sentOf('refuse')).toHaveLength(1)
    t.claim('ada')
    t.accept('ada')
    expect(t.view('staff')).toMatchObject({ medium: 'message', owner: { agent: 'ada' } })
  })

  it('MD3: while it rings stays what rings until that is over', async () => {
    const t = new Talk(offering)
    t.say()
    t.claim('ada')
    t.h.command(customer, 'leave-message', left)
    t.h.evict()
    await t.h.sent()
    t.decline('ada')
    expect(await waitsAs(t)).toEqual([[t.talk.stay, 'message']])
  })

  it('MD3: is one for everybody after whoever has it, until it is closed; reopened it is a chat again', async () => {
    const t = new Talk(offering)
    t.say()
    t.h.command(customer, 'leave-message', left)
    t.ownedBy('ada')
    t.asOwner('ada', 'transfer', { queue: 'billing', warm: false })
    expect((await waitsAs(t)).at(-1)).toEqual([t.talk.stay, 'message'])
    t.claim('ben', { via: 'billing' })
    t.accept('ben')
    t.asOwner('ben', 'close')
    t.say('One more thing')
    expect(t.view('staff').medium).toBe('chat')
    expect(await t.h.sentOf('assign')).toMatchObject([{ medium: 'chat' }])
  })

  it('MD6: is recorded as what it was: the wait as a chat, ring, talk and after-work as a message', () => {
    const t = new Talk(offering)
    t.say()
    t.h.command(customer, 'leave-message', left)
    t.ownedBy('ada')
    const stays = segmentsOf(t.log.map((entry) => toStaff(entry))).map(
      ({ kind, medium = 'chat' }) => `${kind} ${medium}`,
    )
    expect(stays).toEqual(['queue chat', 'ring message', 'talk message'])
  })

  it('MD5: by hand it rings for as long as the medium says, and the guard waits for that', async () => {
    const t = new Talk(offering, {}, { rings: { message: 60 * S } }).knows('ada')
    t.say()
    t.h.command(customer, 'leave-message', left)
    await t.h.sent()
    t.h.command({ ...staff('sue'), role: 'supervisor' }, 'assign', { agent: 'ada', force: false })
    expect(await t.h.sentOf('assign')).toMatchObject([{ medium: 'message', ring: 60 * S }])
    t.h.advance(60 * S)
    expect(t.talk.offer?.agent).toBe('ada')
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { type AgentState, agentModel } from '../../core/agent/model.ts'
import { address } from '../../core/ids.ts'
import type { AgentSlice } from '../../core/protocol/book-messages.ts'
import { AgentConfig, Config, Timings } from '../../core/protocol/config.ts'
import type { Medium } from '../../core/protocol/media.ts'
import type { Assign, Candidate, Claim, Message } from '../../core/protocol/messages.ts'
import { agent, conversation, type FakeSocket, Harness, isType, org, queue, staff } from '../support/harness.ts'

const ann = staff('ann')
const sue = staff('sue', 'supervisor')
const card = { customer: { id: 'c', name: 'Cleo', verified: true }, waitingSince: 5 }
const all = Config.parse({ organisation: 'o', queues: {}, plans: {}, entrances: { chat: 'p' }, agents: {} }).media
/** A house of chats and calls: of the other media see media.test.ts. */
const media = { ...all, video: none(all.video), message: none(all.message), mail: none(all.mail) }
function none<T extends object>(medium: T) {
  return { ...medium, capacity: 0 }
}
const wrapping = { ...media, chat: { ...media.chat, wrap: 20_000 } }

let h: Harness<AgentState>
let version: number
let console1: FakeSocket

beforeEach(async () => {
  h = new Harness(address(org, 'agent', agent('ann')), agentModel)
  version = 0
  configure({ queues: [{ queue: 'sales', level: 2 }, { queue: 'help' }] })
  console1 = h.connect(ann)
  available()
  await h.sent()
})

function configure(config: Partial<Parameters<typeof AgentConfig.parse>[0] & object>, more: Partial<AgentSlice> = {}) {
  version += 1
  h.receive(address(org, 'book', 'book'), {
    type: 'agent-config',
    version,
    config: AgentConfig.parse({ name: 'Ann', queues: [], ...config }),
    queueNames: { sales: 'Sales', help: 'Help' },
    reasons: ['Lunch'],
    media,
    timings: Timings.parse({}),
    ...more,
  })
}

const two = { queues: [{ queue: 'sales' }, { queue: 'help' }] }
const available = () => h.command(ann, 'presence', { presence: 'available' })
const from = (id: string) => address(org, 'conversation', conversation(id))
const v = () => h.state.question.get().v
const stateOf = (id: string) => h.state.items.get(id)?.state

function bids(from: string, contact: string | null, more: Partial<Candidate> & { v?: number } = {}) {
  const { v: version = v(), ...fields } = more
  const plain = { stay: 1, medium: 'chat' as Medium, since: 0, priority: 0 }
  const candidate = contact === null ? null : { ...plain, conversation: conversation(contact), ...fields }
  h.receive(address(org, 'queue', queue(from)), { type: 'bid', queue: queue(from), v: version, candidate })
}

async function claims(): Promise<string[]> {
  return (await h.sentOf('claim')).map((claim) => `${claim.via} ${claim.stay}`)
}

async function told(...types: Message['type'][]): Promise<object[]> {
  return (await h.sent()).map(({ message }) => message).filter((message) => types.includes(message.type))
}

async function claimed(id: string): Promise<Claim> {
  bids('sales', id)
  bids('help', null)
  const claim = (await h.sent()).find(({ to }) => to === from(id))?.message
  if (claim === undefined || !isType(claim, 'claim')) throw new Error('no claim')
  return claim
}

async function ringing(id: string, lease = 1): Promise<Claim> {
  const claim = await claimed(id)
  h.receive(from(id), { type: 'grant', conversation: conversation(id), res: claim.res, lease, card })
  return claim
}

async function owned(id: string, lease = 1): Promise<void> {
  await ringing(id, lease)
  expect(h.command(ann, 'accept', { conversation: id, lease })).toMatchObject({ ok: true })
  await h.sent()
}

function ends(id: string, lease = 1) {
  h.receive(from(id), { type: 'end', conversation: conversation(id), lease, why: 'closed' })
}

function assigns(id: string, more: Partial<Assign> = {}) {
  const plain = { lease: 7, medium: 'chat' as Medium, stay: 1, force: false, card }
  h.receive(from(id), { type: 'assign', conversation: conversation(id), ...plain, ...more })
}

describe('the question', () => {
  it('goes to all queues, in the agent’s own order, with its level in each', async () => {
    configure(two)
    const asked = await h.sentOf('avail')
    expect(asked).toMatchObject([
      { v: v(), picture: { free: ['chat', 'voice'], level: 1 } },
      { v: v(), picture: { level: 1 } },
    ])
    expect(h.timers()).toContain('round')
  })

  it('is not asked again while nothing changes', async () => {
    available()
    h.command(ann, 'capacity', { medium: 'chat', units: 9 })
    expect(await h.sent()).toEqual([])
  })

  it('is taken back once, and repeated to nobody who knows', async () => {
    h.command(ann, 'presence', { presence: 'away', reason: 'Lunch' })
    expect(await h.sentOf('avail')).toMatchObject([{ picture: { free: [] } }, { picture: { free: [] } }])
    h.command(ann, 'presence', { presence: 'busy' })
    expect(await h.sent()).toEqual([])
  })

  it('takes leave of a queue that the agent no longer serves', async () => {
    configure({ queues: [{ queue: 'help' }] })
    const sent = await h.sent()
    const toSales = sent.filter(({ to }) => to.endsWith('/sales')).map(({ message }) => message)
    expect(toSales).toMatchObject([{ type: 'avail', gone: true, picture: { free: [] } }])
    expect(sent).toHaveLength(2)
  })

  it('does not change by grant and accept', async () => {
    const claim = await ringing('x')
    h.command(ann, 'accept', { conversation: 'x', lease: 1 })
    expect(await told('avail')).toEqual([])
    expect(claim.name).toBe('Ann')
  })
})

describe('the choice', () => {
  it('waits for all queues, then takes the best by rank', async () => {
    bids('sales', 'x', { since: 50_000 })
    expect(await claims()).toEqual([])
    bids('help', 'y', { since: 100_000, priority: 1 })
    expect(await claims()).toEqual(['help 1'])
    expect(stateOf('y')).toBe('claiming')
  })

  it('asks anew with each claim: one claim per question', async () => {
    const before = v()
    bids('sales', 'x')
    bids('help', 'y', { since: 1 })
    expect(await told('claim', 'avail')).toMatchObject([
      { type: 'claim' },
      { type: 'avail', v: before + 1, picture: { free: ['chat'], items: { x: 1 } } },
      { type: 'avail', v: before + 1 },
    ])
    expect(h.timers()).toContain('claim:x')
  })

  it('strict: the first queue of the order with a contact, without waiting for later ones', async () => {
    configure({ ...two, strict: true })
    await h.sent()
    bids('help', 'y')
    expect(await claims()).toEqual([])
    bids('sales', 'x', { since: 99 })
    expect(await claims()).toEqual(['sales 1'])
  })

  it('strict: an earlier queue that has none lets the next one through', async () => {
    configure({ ...two, strict: true })
    await h.sent()
    bids('help', 'y')
    bids('sales', null)
    expect(await claims()).toEqual(['help 1'])
  })

  it('late: the round timer takes what is there; later bids decide at once', async () => {
    bids('help', null)
    h.advance(300)
    expect(await claims()).toEqual([])
    bids('help', 'y')
    expect(await claims()).toEqual(['help 1'])
  })

  it('late: decides with what is there when the timer fires', async () => {
    bids('help', 'y')
    h.advance(300)
    expect(await claims()).toEqual(['help 1'])
  })

  it('a late answer to a complete round is taken at once', async () => {
    bids('sales', null)
    bids('help', null)
    expect(h.timers()).not.toContain('round')
    bids('sales', 'x')
    expect(await claims()).toEqual(['sales 1'])
  })

  it('drops what answers an older question', async () => {
    bids('sales', 'x', { v: v() - 1 })
    bids('help', null)
    h.advance(300)
    expect(await claims()).toEqual([])
  })

  it('behaves the same after evictions', async () => {
    bids('sales', 'x')
    h.evict()
    bids('help', null)
    expect(await claims()).toEqual(['sales 1'])
  })

  it('claims beyond no capacity, and nothing beside an exclusive medium', async () => {
    h.command(ann, 'capacity', { medium: 'chat', units: 1 })
    await ringing('x')
    expect(h.state.told.get('sales')?.picture.free).toEqual([])
    bids('sales', 'y')
    bids('help', null)
    expect(await claims()).toEqual([])
  })
})

describe('a claiming item', () => {
  it('grant → ringing, on the board only now', async () => {
    const { res } = await claimed('x')
    expect(h.state.board.keys()).toEqual(['me'])
    h.receive(from('x'), { type: 'grant', conversation: conversation('x'), res, lease: 3, card })
    expect(stateOf('x')).toBe('ringing')
    expect(h.timers()).toContain('ring:x')
    expect(h.timers()).not.toContain('claim:x')
    expect(console1.frames.at(-1)).toMatchObject({
      name: 'put',
      body: { key: 'item/x', state: 'ringing', lease: 3, via: 'sales', waitingSince: 5, until: h.now + 15_000 },
    })
  })

  it('grant, auto → owned', async () => {
    configure({ ...two, autoAnswer: true })
    expect((await ringing('x')).auto).toBe(true)
    expect(stateOf('x')).toBe('owned')
    expect(await told('accepted')).toEqual([])
  })

  it('refuse → dropped; the queue it came from learns what is dead', async () => {
    const { res } = await claimed('x')
    h.receive(from('x'), { type: 'refuse', conversation: conversation('x'), res, dead: 4 })
    expect(stateOf('x')).toBeUndefined()
    const asked = (await h.sent()).filter(({ message }) => message.type === 'avail')
    expect(asked).toMatchObject([{ message: { dead: { conversation: 'x', cv: 4 } } }, { message: {} }])
    expect(asked[0]?.to).toMatch(/sales$/)
    expect(asked[1]?.message).not.toHaveProperty('dead')
    expect(h.timers()).toEqual(['round'])
  })

  it('refuse of an unknown reservation is ignored', async () => {
    await claimed('x')
    h.receive(from('x'), { type: 'refuse', conversation: conversation('x'), res: 'other', dead: 4 })
    expect(stateOf('x')).toBe('claiming')
  })

  it('claim timer → dropped and declined by reservation; a late grant is declined by lease', async () => {
    const { res } = await claimed('x')
    h.advance(8_000, [console1])
    expect(stateOf('x')).toBeUndefined()
    expect(await told('declined')).toEqual([{ type: 'declined', agent: 'ann', by: { res }, why: 'unclaimed' }])
    h.receive(from('x'), { type: 'grant', conversation: conversation('x'), res, lease: 3, card })
    expect(await told('declined')).toEqual([{ type: 'declined', agent: 'ann', by: { lease: 3 }, why: 'unclaimed' }])
  })

  it('console away → declined by reservation', async () => {
    configure(two, { timings: Timings.parse({ claim: 60_000 }) })
    const { res } = await claimed('x')
    h.advance(13_000)
    expect(await told('declined')).toMatchObject([{ by: { res }, why: 'away' }])
  })
})

describe('a ringing item', () => {
  it('accept → owned, and the conversation hears it', async () => {
    await ringing('x', 3)
    expect(h.command(ann, 'accept', { conversation: 'x', lease: 3 })).toEqual({ ok: true, value: {} })
    expect(stateOf('x')).toBe('owned')
    expect(await told('accepted')).toEqual([{ type: 'accepted', agent: 'ann', name: 'Ann', lease: 3 }])
    expect(h.command(ann, 'accept', { conversation: 'x', lease: 3 })).toMatchObject({ ok: true })
    expect(await told('accepted')).toEqual([])
    expect(h.timers()).toEqual(['liveness', 'round'])
  })

  it('AG10: a reason is one of the configured, and goes along with the word beside it', async () => {
    configure(two, { declineReasons: ['Wrong language'] })
    await ringing('x', 3)
    const declineFor = (more: object) => h.command(ann, 'decline', { conversation: 'x', lease: 3, ...more })
    expect(declineFor({ reason: 'Lunch' })).toMatchObject({ ok: false, error: { code: 'bad_input', field: 'reason' } })
    expect(stateOf('x')).toBe('ringing')
    expect(declineFor({ reason: 'Wrong language', word: 'It is Dutch' })).toMatchObject({ ok: true })
    expect(await told('declined')).toMatchObject([{ why: 'declined', reason: 'Wrong language', word: 'It is Dutch' }])
  })

  it('accept or decline under an old lease is refused', async () => {
    await ringing('x', 3)
    for (const name of ['accept', 'decline']) {
      expect(h.command(ann, name, { conversation: 'x', lease: 2 })).toMatchObject({ error: { code: 'stale_lease' } })
      expect(h.command(ann, name, { conversation: 'y', lease: 2 })).toMatchObject({ error: { code: 'stale_lease' } })
    }
    expect(stateOf('x')).toBe('ringing')
  })

  it('decline → dropped, with the reason; the agent stays available', async () => {
    await ringing('x', 3)
    h.command(ann, 'decline', { conversation: 'x', lease: 3, reason: 'wrong language' })
    expect(stateOf('x')).toBeUndefined()
    const declined = { type: 'declined', agent: 'ann', by: { lease: 3 }, why: 'declined', reason: 'wrong language' }
    expect(await told('declined')).toEqual([declined])
    expect(h.state.self.get().presence).toBe('available')
  })

  it('ring timer → declined as missed, and away as not responding until presence is set again', async () => {
    await ringing('x', 3)
    h.advance(15_000, [console1])
    const sent = await told('declined', 'avail')
    expect(sent).toMatchObject([{ by: { lease: 3 }, why: 'missed' }, { picture: { free: [] } }, {}])
    expect(h.state.self.get()).toMatchObject({ presence: 'away', notResponding: true })
    available()
    expect(h.state.self.get()).toMatchObject({ presence: 'available', notResponding: false, missed: 0 })
    expect(await told('avail')).toMatchObject([{ picture: { free: ['chat', 'voice'] } }, {}])
  })

  it('so many misses in a row as configured; an answer in between counts anew', async () => {
    configure(two, { timings: Timings.parse({ missed: 2 }) })
    await ringing('x')
    h.advance(15_000, [console1])
    await ringing('y')
    h.command(ann, 'decline', { conversation: 'y', lease: 1 })
    await ringing('x')
    h.advance(15_000, [console1])
    expect(h.state.self.get()).toMatchObject({ presence: 'available', missed: 1 })
    await ringing('z')
    h.advance(15_000, [console1])
    expect(h.state.self.get()).toMatchObject({ presence: 'away', notResponding: true })
  })

  it('end → dropped; one with another lease is ignored', async () => {
    await ringing('x', 3)
    ends('x', 2)
    expect(stateOf('x')).toBe('ringing')
    ends('x', 3)
    expect(stateOf('x')).toBeUndefined()
    expect(await told('declined')).toEqual([])
  })

  it('console away → declined before it rings out, and not counted as missed', async () => {
    await ringing('x', 3)
    h.disconnect(console1)
    h.advance(12_001)
    expect(await told('declined')).toMatchObject([{ by: { lease: 3 }, why: 'away' }])
    expect(h.state.self.get()).toMatchObject({ presence: 'available', missed: 0, link: false })
  })
})

describe('an owned item', () => {
  it('end → wrap for the time of its medium, then gone', async () => {
    configure(two, { media: wrapping })
    await owned('x')
    ends('x')
    expect(stateOf('x')).toBe('wrap')
    expect(h.timers()).toContain('wrap:x')
    h.advance(20_000, [console1])
    expect(stateOf('x')).toBeUndefined()
  })

  it('RT17: counts as occupied, against the time available; signing off begins anew', async () => {
    const occupancy = async () => {
      const pictures = (await h.sentOf('avail')).map(({ picture }) => picture.occupancy)
      return pictures.at(-1)
    }
    h.advance(30_000, [console1])
    await owned('x')
    h.advance(10_000, [console1])
    h.evict()
    ends('x')
    expect(await occupancy()).toBe(0.25)
    h.command(ann, 'presence', { presence: 'away' })
    h.advance(60_000, [console1])
    available()
    expect(await occupancy()).toBe(0.25)
    h.command(ann, 'presence', { presence: 'offline' })
    available()
    expect(await occupancy()).toBe(0)
  })

  it('RT18: tells its queue how long a contact of it took, and how many it has in hand', async () => {
    await owned('x')
    h.advance(10_000, [console1])
    ends('x')
    const avails = (await h.sent()).flatMap(({ to, message }) => (message.type === 'avail' ? [{ to, message }] : []))
    expect(avails.map(({ to, message }) => [to.split('/')[2], message.handled, message.picture.serving])).toEqual([
      ['sales', [10_000], 0],
      ['help', undefined, 0],
    ])
    await claimed('y')
    expect(h.state.told.get('sales')?.picture.serving).toBe(1)
  })

  it('end → gone at once without after-work, and asks again', async () => {
    await owned('x')
    ends('x')
    expect(stateOf('x')).toBeUndefined()
    expect(await told('avail')).toMatchObject([{ picture: { items: {}, idleSince: h.now } }, {}])
    expect(console1.frames.at(-1)).toMatchObject({ name: 'del', body: { key: 'item/x' } })
  })

  it('end while the console is away → no wrap', async () => {
    configure(two, { media: wrapping })
    await owned('x')
    h.disconnect(console1)
    h.advance(20_000)
    ends('x')
    expect(stateOf('x')).toBeUndefined()
  })

  it('end with another lease is ignored', async () => {
    await owned('x', 3)
    ends('x', 2)
    expect(stateOf('x')).toBe('owned')
  })

  it('console away for longer than the grace → lost', async () => {
    await owned('x', 3)
    h.disconnect(console1)
    h.advance(89_999)
    expect(stateOf('x')).toBe('owned')
    expect(h.state.self.get().link).toBe(false)
    h.advance(1)
    expect(stateOf('x')).toBeUndefined()
    expect(await told('lost')).toEqual([{ type: 'lost', agent: 'ann', lease: 3 }])
    expect(h.timers()).toEqual([])
  })

  it('wrap: finish, of whatever is left of it', async () => {
    configure(two, { media: wrapping })
    await owned('x')
    expect(h.command(ann, 'finish', { conversation: 'x' })).toMatchObject({ error: { code: 'conflict' } })
    ends('x')
    expect(h.command(ann, 'finish', { conversation: 'x' })).toMatchObject({ ok: true })
    expect(stateOf('x')).toBeUndefined()
    expect(h.command(ann, 'finish', { conversation: 'x' })).toMatchObject({ ok: true })
  })

  it('AG11: after-work is made longer as often as asked, within the bound', async () => {
    const chat = { ...wrapping.chat, wrapMore: 30_000 }
    configure(two, { media: { ...wrapping, chat } })
    await owned('x', 3)
    ends('x', 3)
    const extend = () => h.command(ann, 'extend', { conversation: 'x' })
    const until = () => Number(h.state.items.get('x')?.until) - h.now
    expect([extend(), until(), extend(), until()]).toMatchObject([{ ok: true }, 40_000, { ok: true }, 50_000])
    expect(extend()).toMatchObject({ ok: false, error: { code: 'conflict' } })
    h.advance(49_999)
    expect(stateOf('x')).toBe('wrap')
    h.advance(1)
    expect(stateOf('x')).toBeUndefined()
    expect(extend()).toMatchObject({ ok: false, error: { code: 'conflict', field: 'conversation' } })
  })

  it('CS3: a consult takes room like any other work, and ends without after-work', async () => {
    configure({ ...two, capacity: { chat: 1 } }, { media: wrapping })
    const asked = {
      type: 'assign',
      medium: 'chat',
      stay: 1,
      force: false,
      card: { ...card, consult: { by: 'Bob' } },
    } as const
    h.receive(from('x'), { ...asked, conversation: conversation('x'), lease: 3 })
    h.command(ann, 'accept', { conversation: 'x', lease: 3 })
    await h.sent()
    h.receive(from('y'), { ...asked, conversation: conversation('y'), lease: 1 })
    expect(await told('declined')).toMatchObject([{ by: { lease: 1 }, why: 'away' }])
    h.receive(from('x'), { type: 'end', conversation: conversation('x'), lease: 3, why: 'gone' })
    expect(stateOf('x')).toBeUndefined()
  })

  it('wrap → the new item, by `assign` of the same conversation', async () => {
    configure(two, { media: wrapping })
    await owned('x')
    ends('x')
    assigns('x')
    expect(h.state.items.get('x')).toMatchObject({ state: 'ringing', lease: 7 })
    expect(h.timers()).not.toContain('wrap:x')
  })
})

describe('an assignment by hand', () => {
  it('rings where there is room', () => {
    assigns('x')
    expect(stateOf('x')).toBe('ringing')
  })

  it('rings instead of an own claim of that conversation', async () => {
    const { res } = await claimed('x')
    assigns('x', { lease: 7 })
    expect(h.state.items.get('x')).toMatchObject({ state: 'ringing', lease: 7, res: null })
    h.receive(from('x'), { type: 'refuse', conversation: conversation('x'), res, dead: 1 })
    expect(stateOf('x')).toBe('ringing')
    expect(h.timers()).not.toContain('claim:x')
  })

  it('is owned and accepted at once by who answers automatically', async () => {
    configure({ ...two, autoAnswer: true })
    assigns('x')
    expect(stateOf('x')).toBe('owned')
    expect(await told('accepted')).toMatchObject([{ lease: 7, name: 'Ann' }])
  })

  it('is declined without room, or when not available', async () => {
    h.command(ann, 'capacity', { medium: 'chat', units: 0 })
    assigns('x')
    h.command(ann, 'presence', { presence: 'busy' })
    assigns('y', { medium: 'voice' })
    expect(await told('declined')).toMatchObject([
      { by: { lease: 7 }, why: 'away' },
      { by: { lease: 7 }, why: 'away' },
    ])
  })

  it('force passes presence and capacity', () => {
    h.command(ann, 'capacity', { medium: 'chat', units: 0 })
    h.command(ann, 'presence', { presence: 'busy' })
    assigns('x', { force: true })
    expect(stateOf('x')).toBe('ringing')
  })

  it('force passes no second live call, nor a console that is away', async () => {
    assigns('x', { medium: 'voice' })
    assigns('y', { medium: 'voice', force: true })
    assigns('z', { force: true })
    expect([stateOf('y'), stateOf('z')]).toEqual([undefined, 'ringing'])
    h.disconnect(console1)
    h.advance(13_000)
    await h.sent()
    assigns('w', { force: true })
    expect(stateOf('w')).toBeUndefined()
    expect(await told('declined')).toHaveLength(1)
  })

  it('of what the agent owns already is declined: the owner stays', async () => {
    await owned('x', 3)
    assigns('x', { lease: 4 })
    expect(h.state.items.get('x')).toMatchObject({ state: 'owned', lease: 3 })
    expect(await told('declined')).toMatchObject([{ by: { lease: 4 } }])
  })
})

describe('the console', () => {
  it('gets no new work once it is silent: looked at before a claim', async () => {
    h.advance(12_001)
    bids('sales', 'x')
    expect(await told('claim', 'avail')).toMatchObject([{ picture: { free: [] } }, {}])
    expect(h.state.self.get().link).toBe(false)
  })

  it('that pings again is found again, though a ping wakes nobody', async () => {
    h.advance(12_001)
    bids('sales', null)
    await h.sent()
    h.advance(15_000, [console1])
    expect(await told('avail')).toMatchObject([{ picture: { free: ['chat', 'voice'] } }, {}])
  })

  it('that comes and goes by long polls disturbs nothing', async () => {
    await owned('x')
    let socket = console1
    for (let i = 0; i < 20; i++) {
      h.disconnect(socket)
      h.advance(1_000)
      h.evict()
      socket = h.connect(ann)
      h.advance(9_000)
    }
    expect(await h.sent()).toEqual([])
    expect(stateOf('x')).toBe('owned')
  })

  it('that went without a word, by a restart, has its grace from when that is found', async () => {
    h.advance(3_000_000, [console1])
    await owned('x')
    h.advance(3_000_000, [console1])
    h.sockets.length = 0
    h.evict()
    h.advance(30_000)
    h.connect(ann)
    expect(stateOf('x')).toBe('owned')
    expect(h.state.self.get().link).toBe(true)
  })

  it('that had been silent when its close came is not taken for alive', async () => {
    h.advance(12_001)
    bids('sales', null)
    h.disconnect(console1)
    expect(h.state.self.get().link).toBe(false)
  })

  it('that is gone for long is asked for nothing', async () => {
    h.disconnect(console1)
    expect(await told('avail')).toEqual([])
    h.advance(12_001)
    expect(await told('avail')).toMatchObject([{ picture: { free: [] } }, {}])
    expect(h.timers()).toEqual([])
  })

  it('is looked at rarely while it works: a ping costs no write', async () => {
    await owned('x')
    h.store.takeWrites()
    h.advance(600_000, [console1])
    expect(h.store.takeWrites()).toBeLessThan(25)
    expect(stateOf('x')).toBe('owned')
  })
})

describe('presence', () => {
  it('takes only named reasons', () => {
    expect(h.command(ann, 'presence', { presence: 'away', reason: 'Golf' })).toMatchObject({
      error: { code: 'bad_input', field: 'reason' },
    })
    h.command(ann, 'presence', { presence: 'away', reason: 'Lunch' })
    expect(h.state.self.get()).toMatchObject({ presence: 'away', reason: 'Lunch' })
  })

  it('offline is refused while conversations are owned', async () => {
    await owned('x')
    const refused = h.command(ann, 'presence', { presence: 'offline' })
    expect(refused).toMatchObject({ error: { code: 'conflict', message: 'still in 1 conversation' } })
    ends('x')
    expect(h.command(ann, 'presence', { presence: 'offline' })).toMatchObject({ ok: true })
  })

  it('offline gives back what rings and what is claimed, and ends after-work', async () => {
    configure(two, { media: wrapping })
    await owned('w')
    ends('w')
    await ringing('x', 3)
    const { res } = await claimed('y')
    h.command(ann, 'presence', { presence: 'offline' })
    const declined = await h.sentOf('declined')
    expect(declined.map(({ by }) => by)).toEqual(expect.arrayContaining([{ lease: 3 }, { res }]))
    expect(h.state.items.size).toBe(0)
    expect(h.timers()).toEqual([])
  })

  it('away keeps what rings and what is owned', async () => {
    await ringing('x')
    h.command(ann, 'presence', { presence: 'away' })
    expect(stateOf('x')).toBe('ringing')
  })
})

describe('capacity', () => {
  const chats = () =>
    h.state.board
      .snapshot()
      .map(({ body }) => JSON.stringify(body))
      .find((row) => row.includes('"me"'))

  it('set at run time holds until the configured number itself changes', () => {
    h.command(ann, 'capacity', { medium: 'chat', units: 7 })
    expect(chats()).toContain('"chat":7')
    configure({ ...two, skills: { german: 3 } })
    expect(chats()).toContain('"chat":7')
    configure({ ...two, capacity: { chat: 2 } })
    expect(chats()).toContain('"chat":2')
  })

  it('lowered below the load ends no work', async () => {
    await owned('x')
    h.command(ann, 'capacity', { medium: 'chat', units: 0 })
    expect(stateOf('x')).toBe('owned')
    expect(await told('avail')).toMatchObject([{ picture: { free: [] } }, {}])
  })
})

describe('who may', () => {
  it('look: the agent, supervisors of the organisation, nobody else', () => {
    const code = (who: Parameters<typeof h.actor.admit>[0]) => {
      const result = h.actor.admit(who)
      return result.ok ? result.value : result.error.code
    }
    expect(code(ann)).toBe('console')
    expect(code(sue)).toBe('staff')
    expect(code(staff('bob'))).toBe('forbidden')
    expect(code(staff('ann', 'agent', 'other'))).toBe('not_found')
    expect(code({ kind: 'customer', org, customer: 'c', conversation: 'x' })).toBe('not_found')
  })

  it('command: supervisors set presence and capacity, and accept nothing', async () => {
    await ringing('x', 3)
    expect(h.command(sue, 'presence', { presence: 'busy' })).toMatchObject({ ok: true })
    expect(h.command(sue, 'capacity', { medium: 'chat', units: 1 })).toMatchObject({ ok: true })
    expect(h.command(sue, 'accept', { conversation: 'x', lease: 3 })).toMatchObject({ error: { code: 'forbidden' } })
  })

  it('a supervisor who looks on is no console', async () => {
    h.disconnect(console1)
    const socket = h.connect(sue)
    h.advance(12_001, [socket])
    expect(h.state.self.get().link).toBe(false)
  })

  it('bad input names its field', () => {
    expect(h.command(ann, 'dance', {})).toMatchObject({ error: { code: 'bad_input', field: 'name' } })
    expect(h.command(ann, 'capacity', { medium: 'chat', units: -1 })).toMatchObject({
      error: { code: 'bad_input', field: 'units' },
    })
  })
})

describe('configuration', () => {
  it('heard of is asked for once', async () => {
    const one = address(org, 'queue', queue('sales'))
    h.actor.receive({ from: one, base: 1, rows: [], config: 9 })
    h.actor.receive({ from: one, base: 1, rows: [], config: 9 })
    expect(await told('ask-config')).toEqual([{ type: 'ask-config', have: 1 }])
  })

  it('of an older version changes nothing', () => {
    version = -1
    configure({ name: 'Nan' })
    expect(h.state.profile.get().config?.name).toBe('Ann')
  })

  it('that no longer names the agent takes it out of all queues', async () => {
    configure(two, { config: null })
    expect(await told('avail')).toMatchObject([{ gone: true }, { gone: true }])
    expect(h.timers()).toEqual([])
  })
})

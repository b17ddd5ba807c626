/** Agents take who waits from a list, on the real models: RM5 to RM7. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AgentState, agentModel } from '../../core/agent/model.ts'
import { account } from '../../core/conversation/explain.ts'
import { address } from '../../core/ids.ts'
import { AgentConfig, Config, QueueConfig, Timings } from '../../core/protocol/config.ts'
import type { WaitEntry } from '../../core/protocol/messages.ts'
import { explainWait } from '../../core/queue/explain.ts'
import { type QueueState, queueModel } from '../../core/queue/model.ts'
import type { Result } from '../../core/result.ts'
import { agent, conversation, Harness, org, queue, staff } from '../support/harness.ts'
import { Talk } from '../support/talk.ts'

const book = address(org, 'book', 'book')
const sales = address(org, 'queue', queue('sales'))

function configure(h: Harness<QueueState>, version: number, config: Partial<QueueConfig>): void {
  const whole = QueueConfig.parse({ name: 'Sales', ...config })
  h.receive(book, { type: 'queue-config', version, config: whole, timings: Timings.parse({}) })
}

function listOf(config: Partial<QueueConfig>): Harness<QueueState> {
  const h = new Harness(sales, queueModel)
  configure(h, 1, config)
  return h
}

function waits(h: Harness<QueueState>, id: string, more: Partial<WaitEntry> = {}): void {
  const plain: WaitEntry = {
    ...{ need: { level: 1, skills: {} }, medium: 'chat', since: 0, priority: 0, avoid: [], customer: id },
    ...more,
  }
  const name = conversation(id)
  h.receive(address(org, 'conversation', name), { type: 'wait', conversation: name, cv: 1, stay: 1, entry: plain })
}

function asks(h: Harness<QueueState>, id: string, v: number, free = true, on = true): void {
  const picture = { free: free ? (['chat'] as const) : [], items: {}, level: 1, skills: {}, idleSince: v, on }
  h.receive(address(org, 'agent', agent(id)), { type: 'avail', agent: agent(id), v, picture })
}

const takes = (h: Harness<QueueState>, id: string, contact: string, serves = true): string =>
  told(h.command({ ...staff(id), serves }, 'take', { conversation: contact }))

const told = (result: Result<unknown>): string =>
  result.ok ? 'ok' : `${result.error.code} ${result.error.field ?? ''}`

async function bids(h: Harness<QueueState>): Promise<string[]> {
  return (await h.sent()).flatMap(({ to, message }) => {
    if (message.type !== 'bid' || message.candidate === null) return []
    const { conversation: id, pulled } = message.candidate
    return [`${to.split('/')[2]} ${id}${pulled === true ? ' pulled' : ''}`]
  })
}

describe('a list from which agents take', () => {
  it('RM5: rings nobody where it is the only way, and lets one take what nobody else has before them', async () => {
    const h = listOf({ pull: 'only' })
    asks(h, 'ada', 1)
    asks(h, 'ben', 1)
    waits(h, 'x')
    waits(h, 'y', { since: 9 })
    expect(await bids(h)).toEqual([])
    expect(explainWait(h.state, 'x')?.agents.map(({ reason }) => reason)).toEqual(['list', 'list'])
    // The younger one first: that is the agent's choice.
    expect(takes(h, 'ada', 'y')).toBe('ok')
    expect(takes(h, 'ada', 'y')).toBe('ok')
    expect(takes(h, 'ben', 'y')).toBe('conflict conversation')
    expect(await bids(h)).toEqual(['ada y pulled'])
  })

  it('RM5: stands beside ringing, and follows the configuration at once', async () => {
    const h = listOf({ pull: 'beside' })
    waits(h, 'x')
    asks(h, 'ada', 1)
    expect(await bids(h)).toEqual(['ada x'])
    waits(h, 'y')
    asks(h, 'ben', 1, false)
    expect(takes(h, 'ben', 'x')).toBe('conflict conversation')
    expect(takes(h, 'ben', 'y')).toBe('conflict capacity')
    const other = listOf({ pull: 'only' })
    waits(other, 'x')
    asks(other, 'ada', 1)
    configure(other, 2, {})
    expect(await bids(other)).toEqual(['ada x'])
    expect(takes(other, 'ada', 'x')).toBe('conflict queue')
  })

  it('RM6: says what stands in the way', () => {
    const h = listOf({ pull: 'only' })
    waits(h, 'x', { need: { level: 5, skills: {} } })
    waits(h, 'y')
    expect(takes(h, 'ada', 'y')).toBe('conflict presence')
    asks(h, 'ada', 1, false, false)
    expect(takes(h, 'ada', 'y')).toBe('conflict presence')
    asks(h, 'ada', 2, false)
    expect(takes(h, 'ada', 'y')).toBe('conflict capacity')
    asks(h, 'ada', 3)
    expect(takes(h, 'ada', 'x')).toBe('conflict skills')
    expect(takes(h, 'ada', 'gone')).toBe('conflict conversation')
    expect(takes(h, 'ada', 'y', false)).toBe('forbidden ')
    expect(told(h.command({ ...staff('ada'), serves: true }, 'take', {}))).toBe('bad_input conversation')
  })

  it('RM5: whoever takes in whatever order, each contact is before one at most', async () => {
    const move = fc.record({ who: fc.constantFrom('a', 'b', 'c'), what: fc.constantFrom('x', 'y', 'z') })
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 12 }), fc.constantFrom('only', 'beside'), async (moves, pull) => {
        const h = listOf({ pull: pull === 'only' ? 'only' : 'beside' })
        for (const id of ['a', 'b', 'c']) asks(h, id, 1)
        for (const id of ['x', 'y', 'z']) waits(h, id)
        for (const { who, what } of moves) {
          takes(h, who, what)
          const standing = h.state.roster.values().flatMap((seat) => {
            return seat.standing.is === 'bid' ? [seat.standing.conversation] : []
          })
          expect(new Set(standing).size).toBe(standing.length)
        }
      }),
      { numRuns: 50 },
    )
  })
})

async function ann(capacity = 4): Promise<Harness<AgentState>> {
  const h = new Harness(address(org, 'agent', agent('ann')), agentModel)
  const config = AgentConfig.parse({ name: 'Ann', queues: [{ queue: 'sales' }], capacity: { chat: capacity } })
  const { media } = Config.parse({ organisation: 'o', queues: {}, plans: {}, entrances: { chat: 'p' }, agents: {} })
  const more = { queueNames: {}, reasons: [], media, timings: Timings.parse({}) }
  h.receive(book, { type: 'agent-config', version: 1, config, ...more })
  h.connect(staff('ann'))
  h.command(staff('ann'), 'presence', { presence: 'available' })
  await h.sent()
  return h
}

function pulled(h: Harness<AgentState>, v = h.state.question.get().v): void {
  const contact = { conversation: conversation('x'), stay: 1, medium: 'chat', since: 0, priority: 0 } as const
  h.receive(sales, { type: 'bid', queue: queue('sales'), v, candidate: { ...contact, pulled: true } })
}

const gone = (h: Harness<AgentState>): boolean => h.state.overtaken.get('x') !== undefined

describe('an agent who takes from a list', () => {
  it('RM5: claims at once, without being rung, whatever its queues are being asked meanwhile', async () => {
    const h = await ann()
    pulled(h, 0)
    const [claim] = await h.sentOf('claim')
    expect(claim).toMatchObject({ via: 'sales', auto: true, pulled: true })
    const card = { customer: { id: 'c', name: 'Cleo', verified: true }, waitingSince: 5 }
    const grant = { type: 'grant', conversation: conversation('x'), res: claim?.res ?? '', lease: 1, card } as const
    h.receive(address(org, 'conversation', conversation('x')), grant)
    expect(h.state.items.get('x')?.state).toBe('owned')
  })

  it('RM6: is told when the claim was too late, or its room was gone by then', async () => {
    const h = await ann()
    pulled(h)
    const [claim] = await h.sentOf('claim')
    const refuse = { type: 'refuse', conversation: conversation('x'), res: claim?.res ?? '', dead: 1 } as const
    h.receive(address(org, 'conversation', conversation('x')), refuse)
    expect(h.state.items.get('x')).toBeUndefined()
    expect(gone(h)).toBe(true)
    const full = await ann(0)
    pulled(full)
    expect(await full.sentOf('claim')).toEqual([])
    expect(gone(full)).toBe(true)
  })
})

it('RM7: the offer says that it was taken from the list, and its explanation too', () => {
  const t = new Talk()
  t.say()
  t.claim('ada', { pulled: true, auto: true })
  t.claim('ben', { pulled: true, auto: true })
  expect(t.talk.owner).toMatchObject({ agent: 'ada' })
  expect(account(t.h.state, 0).assignments).toMatchObject([
    { agent: 'ada', via: 'sales', why: 'pulled', outcome: 'accepted' },
  ])
})

/** A contact that is given to an agent by hand: AG15. What is refused says why, to whoever gave it. */
import { describe, expect, it } from 'vitest'
import { givenTo } from '../../client/console/floor/given.ts'
import { type AgentState, agentModel } from '../../core/agent/model.ts'
import { toStaff } from '../../core/conversation/entries.ts'
import { address } from '../../core/ids.ts'
import { AgentConfig, Config, Timings } from '../../core/protocol/config.ts'
import type { Obstacle } from '../../core/protocol/conversation.ts'
import type { Medium } from '../../core/protocol/media.ts'
import { agent, conversation, Harness, org, staff } from '../support/harness.ts'
import { codeOf, Talk } from '../support/talk.ts'

const ann = staff('ann')
const sue = staff('sue', 'supervisor')
const card = { customer: { id: 'c', name: 'Cleo', verified: true }, waitingSince: 5 }
const { media } = Config.parse({ organisation: 'o', queues: {}, plans: {}, entrances: { chat: 'p' }, agents: {} })

class Desk {
  readonly h: Harness<AgentState> = new Harness(address(org, 'agent', agent('ann')), agentModel)
  #leases = 0

  constructor() {
    const config = AgentConfig.parse({ name: 'Ann', queues: [], capacity: { chat: 1, voice: 2 } })
    const slice = { version: 1, config, queueNames: {}, reasons: [], media, timings: Timings.parse({}) }
    this.h.receive(address(org, 'book', 'book'), { type: 'agent-config', ...slice })
  }

  on(): this {
    this.h.connect(ann)
    return this.is('available')
  }

  is(presence: string): this {
    this.h.command(ann, 'presence', { presence })
    return this
  }

  gets(id: string, medium: Medium = 'chat', force = false): this {
    const what = { conversation: conversation(id), lease: ++this.#leases, medium, stay: 1, force, card }
    this.h.receive(address(org, 'conversation', conversation(id)), { type: 'assign', ...what })
    return this
  }

  async says(): Promise<string | undefined> {
    return (await this.h.sentOf('declined')).at(-1)?.reason
  }
}

describe('given by hand', () => {
  it.each<[Obstacle | undefined, () => Desk]>([
    [undefined, () => new Desk().on().gets('x')],
    ['not-available', () => new Desk().on().is('busy').gets('x')],
    ['full', () => new Desk().on().gets('y').gets('x')],
    ['full', () => new Desk().on().gets('call', 'voice').gets('x')],
    ['on-call', () => new Desk().on().gets('call', 'voice').gets('x', 'voice', true)],
    ['no-console', () => new Desk().gets('x', 'chat', true)],
    ['has-it', () => new Desk().on().gets('x').gets('x', 'chat', true)],
    [undefined, () => new Desk().on().is('busy').gets('y', 'chat', true).gets('x', 'chat', true)],
  ])('AG15: is refused for a reason: %s', async (reason, play) => {
    expect(await play().says()).toBe(reason)
  })

  it('AG15: whoever gave it reads in the conversation what became of it', () => {
    const t = new Talk().knows('ben')
    t.say()
    const became = () => givenTo('ben', t.log.map(toStaff))
    expect(became()).toEqual({ is: 'asking' })
    expect(codeOf(t.h.command(sue, 'assign', { agent: 'ben', force: false }))).toBe('ok')
    expect(became()).toEqual({ is: 'rings' })
    const by = { lease: t.talk.lease }
    t.from('ben', { type: 'declined', agent: agent('ben'), by, why: 'away', reason: 'full' })
    expect(became()).toEqual({ is: 'refused', why: 'full' })
    expect(t.log.at(-1)?.body.body).toMatchObject({ type: 'declined', why: 'full', how: 'away' })
    t.h.command(sue, 'assign', { agent: 'ben', force: true })
    expect(became()).toEqual({ is: 'rings' })
    t.accept('ben')
    expect(became()).toEqual({ is: 'taken' })
  })

  it('AG15: agents give nothing to others', () => {
    const t = new Talk().knows('ben')
    t.say()
    expect(codeOf(t.h.command(staff('ada'), 'assign', { agent: 'ben', force: false }))).toBe('forbidden')
  })
})

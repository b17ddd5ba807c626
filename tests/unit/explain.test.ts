/** Why an agent got a contact, and why a contact waits, as a queue says it: EX1, EX2. */
import { beforeEach, describe, expect, it } from 'vitest'
import { address } from '../../core/ids.ts'
import { QueueConfig, Timings } from '../../core/protocol/config.ts'
import type { Picture, WaitEntry } from '../../core/protocol/messages.ts'
import type { Need } from '../../core/protocol/need.ts'
import { explainWait } from '../../core/queue/explain.ts'
import { type QueueState, queueModel } from '../../core/queue/model.ts'
import { agent, conversation, Harness, org, queue } from '../support/harness.ts'

let h: Harness<QueueState>

beforeEach(() => {
  h = new Harness(address(org, 'queue', queue('sales')), queueModel)
  const config = QueueConfig.parse({ name: 'Sales' })
  h.receive(address(org, 'book', 'book'), { type: 'queue-config', version: 1, config, timings: Timings.parse({}) })
})

function waits(id: string, since = 0, need: Partial<Need> = {}) {
  const entry: WaitEntry = {
    ...{ need: { level: 1, skills: {}, ...need }, medium: 'chat', since, priority: 0, avoid: [agent('cold')] },
    customer: id,
  }
  const message = { type: 'wait', conversation: conversation(id), cv: 1, stay: 1, entry } as const
  h.receive(address(org, 'conversation', conversation(id)), message)
}

function asks(id: string, picture: Partial<Picture> = {}) {
  const plain: Picture = { free: ['chat'], items: {}, level: 1, skills: {}, idleSince: 0 }
  const message = { type: 'avail', agent: agent(id), v: 1, picture: { ...plain, ...picture } } as const
  h.receive(address(org, 'agent', agent(id)), message)
}

async function decision() {
  const bids = (await h.sent()).flatMap(({ message }) => (message.type === 'bid' ? [message.candidate] : []))
  return bids.find((candidate) => candidate !== null)?.why
}

describe('what is recorded with a bid', () => {
  it('EX2: who was compared by what, and who came next', async () => {
    asks('ada', { level: 3, idleSince: 50 })
    asks('ben', { level: 2, idleSince: 10 })
    asks('cyd', { level: 3, idleSince: 90 })
    await h.sent()
    waits('c1')
    expect(await decision()).toEqual({
      order: ['level desc', 'idle asc', 'load asc'],
      chosen: [3, 50, 0],
      rivals: [
        { agent: 'cyd', values: [3, 90, 0] },
        { agent: 'ben', values: [2, 10, 0] },
      ],
      idle: 3,
      before: 0,
    })
  })

  it('EX2: how many stood before it whom nobody idle could take', async () => {
    waits('first', 0, { skills: { french: 2 } })
    waits('second', 10)
    await h.sent()
    asks('ada')
    expect(await decision()).toMatchObject({ before: 1, idle: 1, rivals: [] })
  })
})

describe('why a contact waits', () => {
  it('EX1: what keeps each agent from it, the nearest first', () => {
    asks('away', { free: [] })
    asks('full', { free: [], items: { [conversation('x')]: 1 } })
    asks('cold', { skills: { french: 3 } })
    asks('plain')
    waits('other', -5)
    waits('c1', 0, { skills: { french: 2 }, where: 'lang = zh' })
    const explained = explainWait(h.state, 'c1')
    expect(explained?.counts).toEqual({ lacks: 4 })
    waits('c2', 5)
    const second = explainWait(h.state, 'c2')
    expect(second?.counts).toEqual({ cooling: 1, away: 1, full: 1, asked: 1 })
    expect(second?.agents.map(({ agent: who, reason }) => [who, reason])).toEqual([
      ['plain', 'asked'],
      ['cold', 'cooling'],
      ['full', 'full'],
      ['away', 'away'],
    ])
    expect(second?.before).toBe(1)
    expect(explained?.agents.find(({ agent: who }) => who === 'plain')?.lacks).toEqual(['french 2', 'lang = zh'])
    expect(explainWait(h.state, 'nobody')).toBe(null)
  })
})

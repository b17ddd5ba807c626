/** What an agent's console lists beside its work: notes that name it, and what was closed in its hands. */
import { beforeEach, expect, it } from 'vitest'
import { type AgentState, agentModel } from '../../core/agent/model.ts'
import { address } from '../../core/ids.ts'
import type { AgentSlice } from '../../core/protocol/book-messages.ts'
import { AgentConfig, Config, Timings } from '../../core/protocol/config.ts'
import { agent, conversation, Harness, org, staff } from '../support/harness.ts'

const ann = staff('ann')
const { media } = Config.parse({ organisation: 'o', queues: {}, plans: {}, entrances: { chat: 'p' }, agents: {} })
const slice: AgentSlice = {
  ...{ type: 'agent-config', version: 1, config: AgentConfig.parse({ name: 'Ann', queues: [] }), queueNames: {} },
  ...{ reasons: [], media, timings: Timings.parse({}) },
}
const customer = { id: 'c', name: 'Cleo', verified: true }
let h: Harness<AgentState>

beforeEach(() => {
  h = new Harness(address(org, 'agent', agent('ann')), agentModel)
  h.receive(address(org, 'book', 'book'), slice)
  h.connect(ann)
  h.command(ann, 'presence', { presence: 'available' })
})

const from = (id: string) => address(org, 'conversation', conversation(id))
const named = (id: string, entry: number) =>
  h.receive(from(id), {
    ...{ type: 'mentioned', conversation: conversation(id) },
    mention: { entry, by: 'Ben', customer: 'Cleo', at: h.now },
  })
const rows = (kind: string) =>
  h.state.board.keys().flatMap((key) => (key.startsWith(kind) ? [h.state.board.row(key)] : []))
function work(id: string, lease: number): void {
  const card = { customer, waitingSince: 0 }
  const what = {
    conversation: conversation(id),
    lease,
    medium: 'chat',
    stay: 1,
    force: true,
    card,
    auto: true,
  } as const
  h.receive(from(id), { type: 'assign', ...what })
}
const end = (id: string, lease: number, why: 'closed' | 'moved') =>
  h.receive(from(id), { type: 'end', conversation: conversation(id), lease, why })

it('CG4: a mention is new until that entry was looked at, and anew with the next; another’s eyes do not count', () => {
  named('c1', 3)
  expect(rows('mention/')).toMatchObject([{ conversation: 'c1', entry: 3, by: 'Ben', customer: 'Cleo', seen: false }])
  h.command(ann, 'see-mention', { conversation: 'c1', entry: 2 })
  h.command(staff('sue', 'supervisor'), 'see-mention', { conversation: 'c1', entry: 3 })
  expect(rows('mention/')).toMatchObject([{ seen: false }])
  h.command(ann, 'see-mention', { conversation: 'c1', entry: 3 })
  h.evict()
  expect(rows('mention/')).toMatchObject([{ seen: true }])
  named('c1', 9)
  expect(rows('mention/')).toMatchObject([{ entry: 9, seen: false }])
})

it('CG4: of many mentions the oldest go, those that were seen first', () => {
  for (let n = 1; n <= 101; n += 1) {
    named(`c${n}`, 1)
    h.advance(1)
    if (n === 50) h.command(ann, 'see-mention', { conversation: 'c50', entry: 1 })
  }
  expect(rows('mention/')).toHaveLength(100)
  expect(rows('mention/c50')).toEqual([])
  expect(rows('mention/c1')).not.toEqual([])
})

it('VW2: what was closed here is listed, what was handed on is not, and no longer once it is in hand again or erased', () => {
  work('c1', 1)
  work('c2', 1)
  end('c1', 1, 'closed')
  end('c2', 1, 'moved')
  expect(rows('done/')).toMatchObject([{ conversation: 'c1', customer }])
  work('c1', 2)
  expect(rows('done/')).toEqual([])
  end('c1', 2, 'closed')
  named('c1', 5)
  h.receive(from('c1'), { type: 'forget', conversation: conversation('c1') })
  expect([...rows('done/'), ...rows('mention/')]).toEqual([])
  expect(JSON.stringify(h.state.done.values())).not.toContain('Cleo')
})

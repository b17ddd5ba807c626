/** What a queue's board says of its order: RT20. */
import { beforeEach, describe, expect, it } from 'vitest'
import { address } from '../../core/ids.ts'
import { WaitingRow } from '../../core/protocol/agent.ts'
import { QueueConfig, Timings } from '../../core/protocol/config.ts'
import { type QueueState, queueModel } from '../../core/queue/model.ts'
import { byShownOrder } from '../../core/routing/contacts.ts'
import { SLICE } from '../../core/routing/reordering.ts'
import { conversation, Harness, org, queue } from '../support/harness.ts'

let h: Harness<QueueState>
let version: number

beforeEach(() => {
  h = new Harness(address(org, 'queue', queue('sales')), queueModel)
  version = 0
  configure()
})

function configure(contactOrder?: QueueConfig['contactOrder']) {
  const config = QueueConfig.parse({ name: 'Sales', ...(contactOrder === undefined ? {} : { contactOrder }) })
  const slice = { version: ++version, config, timings: Timings.parse({}) }
  h.receive(address(org, 'book', 'book'), { type: 'queue-config', ...slice })
}

function waits(id: string, since: number, grade?: number) {
  const more = { medium: 'chat' as const, since, priority: 0, avoid: [], customer: id }
  const entry = { need: { level: 1, skills: {} }, ...more, ...(grade === undefined ? {} : { grade }) }
  const from = address(org, 'conversation', conversation(id))
  h.receive(from, { type: 'wait', conversation: conversation(id), cv: 1, stay: 1, entry })
}

const shown = () =>
  h.state.board
    .snapshot()
    .map(({ body }) => WaitingRow.parse(body))
    .sort(byShownOrder)
    .map((row) => row.conversation)

const byGrade: QueueConfig['contactOrder'] = { by: 'list', list: [{ by: 'grade', direction: 'desc' }] }

describe('the board of a queue', () => {
  it('RT20: is in the order by which it serves, at once when that changes', () => {
    waits('old', 1)
    waits('vip', 2, 9)
    waits('new', 3, 1)
    expect(shown()).toEqual(['old', 'vip', 'new'])
    configure(byGrade)
    expect(shown()).toEqual(['vip', 'new', 'old'])
    waits('late', 4, 5)
    expect(shown()).toEqual(['vip', 'late', 'new', 'old'])
    configure({ by: 'list', list: [{ by: 'waiting', direction: 'asc' }] })
    expect(shown()).toEqual(['late', 'new', 'vip', 'old'])
    configure()
    expect(shown()).toEqual(['old', 'vip', 'new', 'late'])
  })

  it('RT20: of a long queue is brought into a new order in slices, evictions included', () => {
    for (let n = 0; n < SLICE + 5; n += 1) waits(`c${n}`, n, n % 7)
    configure(byGrade)
    const lacking = () =>
      h.state.board.snapshot().filter(({ body }) => WaitingRow.parse(body).order === undefined).length
    expect(lacking()).toBe(5)
    h.evict()
    for (let turn = 0; turn < 3; turn += 1) h.advance(5)
    expect(lacking()).toBe(0)
    expect(h.timers()).not.toContain('reorder')
  })
})

describe('a new version of the configuration', () => {
  const hearing = async () => (await h.sentOf('place')).length

  it('CV14: is heard of by all who wait, evictions between the slices included', async () => {
    const many = 700
    for (let n = 0; n < many; n += 1) waits(`c${n}`, n)
    h.advance(2_000)
    expect(await hearing()).toBe(many)
    configure()
    h.evict()
    h.advance(1_500)
    expect(await hearing()).toBe(300)
    h.evict()
    for (let slice = 0; slice < 4; slice += 1) h.advance(1_500)
    expect(await hearing()).toBe(many - 300)
    // And then no more.
    h.evict()
    h.advance(5_000)
    expect(await hearing()).toBe(0)
  })
})

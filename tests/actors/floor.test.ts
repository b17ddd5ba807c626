/** The Floor in workerd: who is told what, and that its figures are those of the reports. */
import { evictDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { address } from '../../core/ids.ts'
import { FloorAnswer, FloorRow } from '../../core/protocol/floor.ts'
import { close } from '../../core/protocol/link.ts'
import type { AgentReportAnswer, QueueReportAnswer } from '../../core/protocol/reports.ts'
import { call, configOf, found, memberOf } from './callers.ts'
import { env } from './env.ts'
import { Company } from './kit/company.ts'
import type { Line } from './kit/line.ts'

let acme: Company

beforeAll(async () => {
  await found()
  acme = await Company.found('acme', configOf('acme'))
})

async function floor(who: string): Promise<FloorAnswer> {
  const answer = await call('GET', '/api/v1/floor', { as: memberOf(who) })
  expect(answer.status).toBe(200)
  return FloorAnswer.parse(await answer.json())
}

/** Looks again until it is so. */
async function until(who: string, holds: (floor: FloorAnswer) => boolean): Promise<FloorAnswer> {
  for (;;) {
    const now = await floor(who)
    if (holds(now)) return now
    await new Promise((done) => setTimeout(done, 50))
  }
}

const queueIn = ({ queues }: FloorAnswer, id: string) => queues.find(({ queue }) => queue === id)
const agentIn = ({ agents }: FloorAnswer, id: string) => agents.find(({ agent }) => agent === id)

/** The rows on a socket's board, by key. */
function rowsOf(line: Line): Map<string, FloorRow> {
  const rows = new Map<string, FloorRow>()
  for (const { name, body } of line.events) {
    const key = String(Object(body).key)
    if (name === 'del') rows.delete(key)
    else rows.set(key, FloorRow.parse(body))
  }
  return rows
}

describe('the floor', () => {
  it('FL1: shows what happens while somebody looks', async () => {
    const before = await floor('max')
    expect(before.told).toBe(true)
    expect(queueIn(before, 'acme-sales')).toMatchObject({ now: { waiting: 0, oldest: null } })
    expect(agentIn(before, 'ada')).toMatchObject({ state: 'offline', now: { since: null } })

    const ada = await acme.console('ada')
    const { conversation, line } = await acme.visitor('mia')
    await line.command('post', { text: 'hello' })
    const lease = await ada.accept(conversation)
    const talking = await until('max', (now) => agentIn(now, 'ada')?.state === 'talking')
    expect(queueIn(talking, 'acme-sales')).toMatchObject({ now: { waiting: 0 }, talking: 1 })
    expect(agentIn(talking, 'ada')?.now?.items).toMatchObject([{ conversation, state: 'owned', via: 'acme-sales' }])

    await ada.line.command('presence', { presence: 'busy' })
    const other = await acme.visitor('noa')
    await other.line.command('post', { text: 'hello' })
    const waiting = await until('max', (now) => queueIn(now, 'acme-sales')?.now?.waiting === 1)
    expect(queueIn(waiting, 'acme-sales')?.now?.oldest).toBeGreaterThan(0)
    await other.line.command('leave', {})
    const look = await ada.look(conversation)
    await look.command('close', { lease })
    look.socket.close(1000)
    ada.line.socket.close(1000)
  })

  it('FL2: its figures are those of the reports', async () => {
    const counted = await until(
      'max',
      (now) =>
        now.counted &&
        queueIn(now, 'acme-sales')?.figures?.today.offered === 2 &&
        agentIn(now, 'ada')?.figures?.today.handled === 1,
    )
    expect(queueIn(counted, 'acme-sales')?.figures?.today).toMatchObject({
      answered: 1,
      abandoned: 1,
      shortAbandoned: 1,
    })
    expect(queueIn(counted, 'acme-sales')?.figures?.interval).toMatchObject({ offered: 2 })
    await agrees(counted)
  })

  /** What the record's report says of the same spans. */
  async function agrees({ queues, agents, today, interval, at }: FloorAnswer) {
    for (const [span, from] of [
      ['today', today],
      ['interval', interval],
    ] as const) {
      const query = `from=${from}&to=${at}`
      const ask = (kind: string) => call('GET', `/api/v1/reports/${kind}?${query}`, { as: memberOf('max') })
      const { items } = (await (await ask('queues')).json()) as QueueReportAnswer
      expect(items.length).toBeGreaterThan(0)
      for (const { queue, from: _, to: __, ...figures } of items) {
        expect(queues.find((row) => row.queue === queue)?.figures?.[span]).toEqual(figures)
      }
      const { items: times } = (await (await ask('agents')).json()) as AgentReportAnswer
      for (const { agent, handled, offered, accepted, talkTime, occupancy } of times) {
        const figures = agents.find((row) => row.agent === agent)?.figures?.[span]
        expect(figures).toMatchObject({ handled, offered, accepted, talkTime })
        if (occupancy !== null) expect(figures?.occupancy).toBeCloseTo(occupancy, 1)
      }
    }
  }

  it('FL3: a supervisor sees the own team only, over HTTP and on the socket', async () => {
    const sams = await floor('sam')
    expect(sams.queues.map(({ queue }) => queue)).toEqual(['acme-sales'])
    expect(sams.agents.some(({ agent }) => agent === 'cyd')).toBe(false)
    const sam = memberOf('sam')
    const { team } = sam
    const line = await acme.connect('floor', 'floor', {
      ...acme.staff('sam', 'supervisor'),
      ...(team === undefined ? {} : { team }),
    })
    await line.hello()
    const keys = [...rowsOf(line).keys()]
    expect(keys).toContain('floor')
    expect(keys.filter((key) => key.startsWith('queue/'))).toEqual([`queue/${team}/acme-sales`])
    expect(keys.some((key) => key.endsWith('/cyd'))).toBe(false)
    line.socket.close(1000)
  })

  it('FL4: a socket hears of changes, after an eviction too, and nothing is lost', async () => {
    const line = await acme.connect('floor', 'floor', acme.staff('max', 'manager'))
    await line.hello()
    await evictDurableObject(env.FLOOR.getByName(address(acme.org, 'floor', 'floor')))
    const ben = await acme.console('ben')
    await line.until(() => {
      const row = [...rowsOf(line).values()].find((each) => 'agent' in each && each.agent === 'ben')
      return row !== undefined && 'agent' in row && row.now?.presence === 'available' ? row : undefined
    })
    const again = await until(
      'max',
      (now) => now.counted && (queueIn(now, 'acme-sales')?.figures?.today.offered ?? 0) >= 2,
    )
    await agrees(again)
    ben.line.socket.close(1000)
    line.socket.close(1000)
  })

  it('FL5: nobody tells it anything while nobody looks', async () => {
    const birch = await Company.found('birch', configOf('birch'))
    const bea = await birch.console('bea')
    const stub = env.FLOOR.getByName(address(birch.org, 'floor', 'floor'))
    expect(await stub.recorded([], false)).toBe(false)
    expect((await stub.read('all')).rows).toEqual([])
    bea.line.socket.close(1000)
  })

  it('FL3: agents, analysts and engineers are not let in', async () => {
    for (const who of ['ada', 'ana', 'eve']) {
      expect((await call('GET', '/api/v1/floor', { as: memberOf(who) })).status).toBe(403)
      const line = await acme.connect('floor', 'floor', acme.staff(who, memberOf(who).role))
      expect((await line.closed).code).toBe(close.forbidden)
    }
  })
})

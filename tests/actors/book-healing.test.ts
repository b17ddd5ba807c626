/** An actor whose storage goes back to an earlier day knows an older configuration than Book's: it asks, and catches up. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { expect, it, vi } from 'vitest'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { Company, simple } from './kit/company.ts'

type Stub = ReturnType<Company['queue']> | ReturnType<Company['agent']> | ReturnType<Company['conversation']>
type Day = ReadonlyMap<string, readonly Record<string, SqlStorageValue>[]>

const named = (name: string): ConfigInput => ({
  ...simple,
  queues: { sales: { name } },
  plans: { chat: { name, steps: [{ after: 0, queues: [{ queue: 'sales' }] }] } },
  agents: { ada: { name, queues: [{ queue: 'sales' }] } },
})

const tablesOf = (sql: SqlStorage): string[] =>
  sql
    .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*'")
    .toArray()
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('sqlite_'))

/** All that an actor has stored. */
const dayOf = (stub: Stub): Promise<Day> =>
  runInDurableObject(
    stub,
    (_, { storage: { sql } }) =>
      new Map(tablesOf(sql).map((table) => [table, sql.exec(`SELECT * FROM "${table}"`).toArray()])),
  )

/** Puts an earlier day's storage in the place of today's, and lets the actor wake up with it. */
async function goBack(stub: Stub, day: Day): Promise<void> {
  await runInDurableObject(stub, (_, { storage: { sql } }) => {
    for (const table of tablesOf(sql)) sql.exec(`DELETE FROM "${table}"`)
    for (const [table, rows] of day)
      for (const row of rows) {
        const columns = Object.keys(row)
        const places = columns.map(() => '?').join(', ')
        sql.exec(`INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${places})`, ...Object.values(row))
      }
  })
  await evictDurableObject(stub)
}

const versions = (acme: Company) =>
  Promise.all([
    runInDurableObject(acme.queue('sales'), ({ actor }) => actor.state.known.get().version),
    runInDurableObject(acme.agent('ada'), ({ actor }) => actor.state.profile.get().version),
  ])
const pinned = (acme: Company, id: string) =>
  runInDurableObject(acme.conversation(id), ({ actor }) => actor.state.known.get().pinned?.plan.name)

const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000 })

it('BK2: a queue, an agent and a conversation restored from before a publication catch up with it', async () => {
  const acme = await Company.found('book-healing', named('One'))
  const ada = await acme.console('ada')
  const { conversation, line } = await acme.visitor('mia')
  await line.command('post', { text: 'Hello' })
  const lease = await ada.accept(conversation)
  const [queueThen, agentThen, talkThen] = await Promise.all([
    dayOf(acme.queue('sales')),
    dayOf(acme.agent('ada')),
    dayOf(acme.conversation(conversation)),
  ])
  await acme.publish(named('Two'), 'the-second-version')
  await soon(async () => expect(await versions(acme)).toEqual([2, 2]))

  // Each hears of it from whoever says something first: the agent from a queue, the queue from an agent.
  await goBack(acme.agent('ada'), agentThen)
  expect(await versions(acme)).toEqual([2, 1])
  const noa = await acme.visitor('noa')
  await noa.line.command('post', { text: 'Anybody?' })
  await soon(async () => expect(await versions(acme)).toEqual([2, 2]))

  await goBack(acme.queue('sales'), queueThen)
  expect(await versions(acme)).toEqual([1, 2])
  await ada.line.command('presence', { presence: 'busy' })
  await soon(async () => expect(await versions(acme)).toEqual([2, 2]))

  await goBack(acme.conversation(conversation), talkThen)
  expect(await pinned(acme, conversation)).toBe('One')
  const desk = await acme.connect('conversation', conversation, acme.staff('ada'))
  await desk.hello()
  await desk.command('transfer', { lease, queue: 'sales', warm: false })
  await soon(async () => expect(await pinned(acme, conversation)).toBe('Two'))
})

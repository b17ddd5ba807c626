/** A deploy: all actors end at once under load, two hundred clients lose their sockets and come back. Nothing is lost. */
import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { retryDelay } from '../../client/net/backoff.ts'
import { boardOf, logOf } from '../../client/net/stream.ts'
import { AgentRow, type ItemRow, type MeRow, WaitingRow } from '../../core/protocol/agent.ts'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { PublicEntry, StaffEntry } from '../../core/protocol/conversation.ts'
import { close } from '../../core/protocol/link.ts'
import { Random } from '../simulation/kit/random.ts'
import { Company, nameOf } from './kit/company.ts'
import { Person } from './kit/person.ts'

const [AGENTS, CAPACITY, OWNED_EACH, CUSTOMERS, TABS, SOCKETS] = [6, 3, 2, 20, 5, 200]
const agentIds = Array.from({ length: AGENTS }, (_, i) => `agent-${i}`)
const far = 3_600_000

const config: ConfigInput = {
  organisation: 'Acme',
  queues: { sales: { name: 'Sales' } },
  plans: { chat: { name: 'Chat', steps: [{ after: 0, queues: [{ queue: 'sales' }] }] } },
  entrances: { chat: 'chat' },
  agents: Object.fromEntries(agentIds.map((id) => [id, { name: id, queues: [{ queue: 'sales' }] }])),
  // No timer shall come between: what is the same afterwards is so because it was kept.
  media: {
    chat: { capacity: CAPACITY, exclusive: false, wrap: 0, grace: far },
    voice: { capacity: 1, exclusive: true, wrap: 0, grace: far },
  },
  timings: { ring: far, claim: far, stale: far, hold: far },
}

type Customer = Person<readonly PublicEntry[]>
type Desk = Person<readonly StaffEntry[]>
type Board = Person<ReadonlyMap<string, AgentRow>>

let commands = 0
const nextId = () => `deploy-${String(++commands).padStart(6, '0')}`

/** Everybody who holds a socket. */
class Floor {
  readonly company: Company
  /** The tabs of each customer; the first one talks. */
  readonly customers: Customer[][] = []
  readonly boards: Board[] = []
  readonly desks: { desk: Desk; lease: number; conversation: string }[] = []
  readonly watchers: Person<ReadonlyMap<string, WaitingRow>>[] = []

  constructor(company: Company) {
    this.company = company
  }

  get everybody() {
    const desks = this.desks.map(({ desk }) => desk)
    return [...this.customers.flat(), ...this.boards, ...desks, ...this.watchers]
  }

  async open(): Promise<void> {
    const { company } = this
    this.boards.push(
      ...agentIds.map((id) => new Person(nameOf(company.org, 'agent', id), company.staff(id), boardOf(AgentRow))),
    )
    await Promise.all(this.boards.map((board) => board.connect()))
    const [absent, ...present] = [...this.boards].reverse()
    await absent?.command('presence', { presence: 'away', reason: 'Lunch' }, nextId())
    await Promise.all(present.map((board) => board.command('presence', { presence: 'available' }, nextId())))
    const ids = Array.from({ length: CUSTOMERS }, (_, i) => `customer-${i}`)
    await Promise.all(ids.slice(0, CAPACITY * present.length).map((id) => this.#enter(id)))
    await Promise.all(present.map((board) => this.#acceptSome(board)))
    await Promise.all(ids.slice(CAPACITY * present.length).map((id) => this.#enter(id)))
    for (let i = 0; this.everybody.length < SOCKETS; i += 1) {
      const supervisor = company.staff(`supervisor-${i}`, 'supervisor')
      this.watchers.push(new Person(nameOf(company.org, 'queue', 'sales'), supervisor, boardOf(WaitingRow)))
    }
    await Promise.all(this.watchers.map((watcher) => watcher.connect()))
    const left = CUSTOMERS - CAPACITY * present.length
    await Promise.all(
      this.watchers.map(({ line }, i) =>
        line?.until(() => (this.watchers[i]?.stream.value.size === left ? true : undefined)),
      ),
    )
  }

  /** Everybody talks at once; what is on its way when the sockets break is sent again. */
  async talk(): Promise<void> {
    for (const [talking] of this.customers) {
      for (const text of ['one', 'two', 'three']) void talking?.command('post', { text }, nextId())
    }
    for (const { desk, lease } of this.desks) {
      for (const text of ['four', 'five']) void desk.command('post', { text, lease }, nextId())
    }
    // Some of it has been answered by now, some committed, some never arrived.
    await Promise.race(this.customers.map(([talking]) => talking?.outcomes.at(-3)))
  }

  async #enter(id: string): Promise<void> {
    const { company } = this
    const conversation = await company.enter(id)
    const name = nameOf(company.org, 'conversation', conversation)
    const tabs = Array.from(
      { length: TABS },
      () => new Person(name, company.customerOf(conversation, id), logOf(PublicEntry)),
    )
    this.customers.push(tabs)
    await Promise.all(tabs.map((tab) => tab.connect()))
    await tabs[0]?.command('post', { text: 'Hello' }, nextId())
  }

  /** A present agent rings with all it can take; it takes some and leaves one ringing. */
  async #acceptSome(board: Board): Promise<void> {
    await board.line?.until(() => (itemsOf(board).length === CAPACITY ? true : undefined))
    for (const { conversation, lease } of itemsOf(board).slice(0, OWNED_EACH)) {
      await board.command('accept', { conversation, lease }, nextId())
      const name = nameOf(this.company.org, 'conversation', conversation)
      const desk = new Person(name, board.principal, logOf(StaffEntry))
      await desk.connect()
      await desk.line?.until(() => (Object(desk.view).owner === null ? undefined : true))
      this.desks.push({ desk, lease, conversation })
    }
  }
}

const rowsOf = (board: Board): AgentRow[] => [...board.stream.value.values()]
const isItem = (row: AgentRow): row is ItemRow => row.key !== 'me'
const itemsOf = (board: Board): ItemRow[] => rowsOf(board).filter(isItem)
const meOf = (board: Board): MeRow | undefined => rowsOf(board).find((row): row is MeRow => row.key === 'me')

/** What must be as it was: presence, and each contact in hand by state and lease. */
const picture = (floor: Floor) =>
  floor.boards.map((board) => {
    const me = meOf(board)
    const items = itemsOf(board).map(({ conversation, state, lease }) => `${conversation} ${state} ${lease}`)
    return { presence: me?.presence, reason: me?.reason, link: me?.link, items: items.sort() }
  })
const waiting = (floor: Floor) => floor.watchers.map(({ stream }) => [...stream.value.keys()].sort())

describe('a deploy', () => {
  it('OB7, WS2, W11: ends all actors under load; presence, offers and entries are as before', async () => {
    const floor = new Floor(await Company.found('acme', config))
    await floor.open()
    expect(floor.everybody).toHaveLength(SOCKETS)
    const before = { picture: picture(floor), waiting: waiting(floor) }
    const offers = before.picture.flatMap(({ items }) => items).filter((item) => item.includes('ringing'))
    expect(offers).toHaveLength(AGENTS - 1)
    expect(before.waiting[0]).toHaveLength(CUSTOMERS - CAPACITY * (AGENTS - 1))

    await floor.talk()
    let answered = 0
    for (const outcome of floor.everybody.flatMap(({ outcomes }) => outcomes)) void outcome.then(() => (answered += 1))
    const lines = floor.everybody.map(({ line }) => line)
    await abortAllDurableObjects()
    expect(answered).toBeLessThan(commands)
    const codes = new Set(await Promise.all(lines.map(async (line) => (await line?.closed)?.code)))
    expect([...codes]).toEqual([1006])

    // Agents that wake before their consoles are back, by an alarm, take nothing away from them.
    await Promise.all(agentIds.map((id) => runDurableObjectAlarm(floor.company.agent(id))))

    // Everybody waits as the client does after a restart. The waiting itself is left out; its order is kept.
    const chance = new Random('deploy')
    const returns = floor.everybody.map((person) => ({ person, at: retryDelay(0, close.restart, () => chance.next()) }))
    returns.sort((a, b) => a.at - b.at)
    const perSecond = Array.from(
      { length: 10 },
      (_, s) => returns.filter(({ at }) => Math.floor(at / 1_000) === s).length,
    )
    expect(perSecond.reduce((sum, n) => sum + n)).toBe(SOCKETS)
    expect(Math.max(...perSecond)).toBeLessThan(SOCKETS / 5)
    for (let i = 0; i < returns.length; i += 20) {
      await Promise.all(returns.slice(i, i + 20).map(({ person }) => person.connect()))
    }
    const outcomes = await Promise.all(floor.everybody.flatMap((person) => person.outcomes))
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([])

    await Promise.all(floor.boards.map((board) => board.line?.until(() => (meOf(board)?.link ? true : undefined))))
    expect({ picture: picture(floor), waiting: waiting(floor) }).toEqual(before)
    await Promise.all(floor.customers.map((tabs) => checkEntries(floor, tabs)))
    expect(floor.everybody.map(({ gaps }) => gaps)).toEqual(floor.everybody.map(() => 0))
  }, 60_000)
})

/** Each word once and in its sender's order, gapless, and the same for everybody who looks. */
async function checkEntries(floor: Floor, tabs: readonly Customer[]): Promise<void> {
  const principal = tabs[0]?.principal
  if (principal?.kind !== 'customer') throw new Error('not a customer')
  const log = await runInDurableObject(floor.company.conversation(principal.conversation), ({ actor }) =>
    actor.state.log.after(0, 1_000),
  )
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, n) => n + 1))
  const said = (sender: string) =>
    log.filter((entry) => entry.sender.startsWith(sender)).flatMap(({ body }) => Object(body.body).text ?? [])
  const desk = floor.desks.find(({ conversation }) => conversation === principal.conversation)?.desk
  expect(said('customer:')).toEqual(['Hello', 'one', 'two', 'three'])
  expect(said('staff:')).toEqual(desk === undefined ? [] : ['four', 'five'])
  const publicly = log.flatMap(({ pub }) => pub ?? [])
  for (const tab of tabs) await sees(tab, publicly)
  await sees(
    desk,
    log.map(({ seq }) => seq),
  )
}

async function sees(person: Customer | Desk | undefined, seqs: readonly number[]): Promise<void> {
  await person?.line?.until(() => (person.stream.value.length >= seqs.length ? true : undefined))
  if (person !== undefined) expect(person.stream.value.map(({ seq }) => seq)).toEqual(seqs)
}

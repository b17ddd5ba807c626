/** Ten power cuts under load: what was acknowledged is there, once and in order, and everything goes on by itself. */
import { randomInt } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StaffEntry } from '../../core/protocol/conversation.ts'
import { buildClient } from '../../scripts/lib/build.mjs'
import type { Agent } from '../browser/kit/agent.ts'
import { makeCompany, makeConfig } from '../browser/kit/companies.ts'
import { Company } from '../browser/kit/company.ts'
import type { Customer } from '../browser/kit/customer.ts'
import { Product, prepareState } from '../browser/kit/product.ts'
import { Staff } from '../browser/kit/staff.ts'
import { Stage, startBrowser } from '../browser/kit/stage.ts'
import { Random } from '../simulation/kit/random.ts'
import { leaseFaults, matchFaults } from './leases.ts'
import { Ledger, total } from './ledger.ts'
import { LoadAgent, LoadCustomer, Watcher, type World } from './load.ts'

const KILLS = 10
const seed = process.env['PARLEY_SEED'] ?? String(randomInt(1_000_000))

const agents = ['ann', 'bob', 'cyd']
const customers = ['carl', 'dora', 'emil', 'fay', 'gus', 'hal', 'ida', 'jon']

const dir = mkdtempSync(join(tmpdir(), 'parley-kill-'))
let browser: Browser
let product: Product

beforeAll(async () => {
  await buildClient()
  const people = Object.fromEntries(agents.map((id) => [id, { name: id, role: 'agent' }]))
  const prepared = join(dir, 'prepared')
  const crowd = makeCompany('crowd', { ...people, olga: { name: 'Olga', role: 'administrator' } })
  await prepareState(prepared, [crowd, makeCompany('pages')])
  mkdirSync(join(dir, 'server'))
  ;[browser, product] = await Promise.all([startBrowser(), Product.start(join(dir, 'server'), prepared)])
})

afterAll(async () => {
  await Promise.all([browser?.close(), product?.stop()])
  rmSync(dir, { recursive: true, force: true })
})

/** Three agents with two places each for eight customers: some always wait. */
function crowdConfig() {
  const base = makeConfig({ capacity: 2, cooldown: 1_000 })
  const queues = [{ queue: 'desk', level: 1 }]
  return { ...base, agents: Object.fromEntries(agents.map((id) => [id, { name: id, queues }])) }
}

const until = (what: string, check: () => unknown, timeout = 20_000) =>
  expect.poll(check, { timeout, interval: 20, message: what })

function refuses(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => done(true))
    socket.once('connect', () => {
      socket.destroy()
      done(false)
    })
  })
}

test('OB1, OB3, OB6, CV1, CV2, WS2: ten kills of the whole server under load', async () => {
  console.log(`seed ${seed} (set PARLEY_SEED to repeat)`)
  const random = new Random(seed)
  const moments = random.fork('kills')
  const { origin } = product
  const ledger = new Ledger()
  const breaches: string[] = []
  const world: World = {
    ...{ origin, company: 'crowd', ledger, random, breaches },
    ...{ paused: false, ended: false, stir() {} },
  }

  const crowd = await Company.open('crowd', product, crowdConfig())
  const { administrator } = crowd
  await using stage = await Stage.set(browser, 'pages', { where: product })
  const talk = await stage.talk()
  // High enough for all of it: of a conversation is drawn what is near the screen.
  await talk.agent.page.setViewportSize({ width: 1280, height: 12_000 })
  const pages = new Pages(talk)
  const callers = await Promise.all(customers.map((name) => LoadCustomer.arrive(world, name)))
  const watchers = callers.map(({ conversation }) => new Watcher(world, administrator, conversation))
  await until('watchers see', () => watchers.every(({ live }) => live)).toBe(true)
  const workers = await Promise.all(
    agents.map(async (id) => LoadAgent.signIn(world, id, await Staff.signIn(origin, 'crowd', id))),
  )
  const pending = () => [...callers, ...workers].reduce((sum, one) => sum + one.pending, 0)

  /** What keeps it from being at rest: words on their way, somebody who rings, or waits while there is room. */
  const unrest = () => {
    const views = watchers.map(({ view, live }) => (live ? view : null))
    const owned = views.filter((view) => view?.owner != null).length
    const full = owned === 2 * agents.length
    return [
      ...(pending() > 0 ? [`${pending()} commands are unanswered`] : []),
      ...views.flatMap((view, at) => {
        const who = callers[at]?.name
        if (view === null) return [`nobody sees ${who}`]
        if (view.offer !== null) return [`${who} rings at ${view.offer.agent}`]
        return view.status === 'waiting' && !full ? [`${who} waits, and ${owned} are owned`] : []
      }),
      ...matchFaults(
        watchers,
        workers.map(({ id, items }) => ({ agent: id, items })),
      ),
    ]
  }

  /** What was stored by the last check is not read again, until the last one. */
  const read = new Map<string, readonly StaffEntry[]>()
  const check = async (all: boolean) => {
    const counts = await Promise.all(
      watchers.map(async ({ conversation, entries, view }) => {
        const before = (all ? undefined : read.get(conversation)) ?? []
        const stored = [...before, ...(await administrator.stored(conversation, before.length))]
        read.set(conversation, stored)
        expect(leaseFaults(stored, view)).toEqual([])
        expect(entries).toEqual(stored)
        return ledger.compare(conversation, stored)
      }),
    )
    return total(counts)
  }

  for (let kill = 1; kill <= KILLS; kill++) {
    const after = ledger.acknowledged + moments.int(30, 150)
    pages.before(kill)
    await until('load', () => ledger.acknowledged).toBeGreaterThan(after)
    // While what a command sets off goes from actor to actor, or not.
    const trigger = moments.pick(['accept', 'accept', 'close', 'post'])
    const delay = moments.int(0, 20)
    await new Promise<void>((now) => {
      world.stir = (command) => command === trigger && now()
    })
    await pause(delay)
    const waited = callers.filter(({ waits }) => waits).map((caller) => ({ caller, taken: caller.taken }))
    const unanswered = ledger.unanswered

    await product.kill()
    expect(product.running()).toEqual([])
    expect(await refuses(product.port)).toBe(true)
    await pages.during(kill)
    await product.restart()

    await until('all links are back', () => watchers.every(({ live }) => live)).toBe(true)
    await until('who waited is offered again', () =>
      waited.filter(({ caller, taken }) => caller.taken === taken),
    ).toEqual([])
    await pages.after(kill)
    world.paused = true
    await until('rest', unrest).toEqual([])
    const { acknowledged, stored, lost, doubled, misplaced } = await check(kill === KILLS)
    console.log(
      `kill ${kill}: ${delay} ms after ${trigger}, ${unanswered} words on the way, ${waited.length} waiting; since the ` +
        `beginning ${acknowledged} acknowledged, ${stored} stored, ${lost.length} lost, ${doubled.length} doubled`,
    )
    expect({ lost, doubled, misplaced, breaches }).toEqual({ lost: [], doubled: [], misplaced: [], breaches: [] })
    expect(stored).toBe(acknowledged)
    world.paused = false
  }

  world.paused = world.ended = true
  await pages.agree(stage)
  for (const { conversation, entries } of watchers) {
    const wanted = entries.map(({ seq, pub, at, id, from, body }) => ({ seq, pub, at, id, from, body }))
    await until('D1 has it all', () => administrator.recorded(conversation)).toEqual(wanted)
  }
  await until('nothing is stuck', () => administrator.stuck()).toEqual({ items: [], next: null })
  for (const one of [...callers, ...workers, ...watchers]) one.end()
  await crowd.close()
})

/** One chat and one console in a real browser, which go on without a reload. */
class Pages {
  readonly #customer: Customer
  readonly #agent: Agent
  readonly #conversation: string
  readonly #said = { customer: ['hello'], agent: [] as string[] }

  constructor({ customer, agent, conversation }: { customer: Customer; agent: Agent; conversation: string }) {
    this.#customer = customer
    this.#agent = agent
    this.#conversation = conversation
  }

  /** On its way when the server dies, perhaps. */
  async before(kill: number): Promise<void> {
    if (kill === 1) await Promise.all([this.#customer.watchForReload(), this.#agent.watchForReload()])
    await this.#say(`before kill ${kill}`)
  }

  async during(kill: number): Promise<void> {
    await this.#say(`while dead ${kill}`)
  }

  async after(kill: number): Promise<void> {
    await Promise.all([this.#customer.link('live'), this.#agent.link('live')])
    await this.#say(`after kill ${kill}`)
    const count = this.#said.customer.length + this.#said.agent.length
    const [mine, theirs] = await Promise.all([this.#customer.settled(count), this.#agent.settled(count)])
    expect(mine).toEqual(theirs)
    expect(mine.filter((text) => !text.startsWith('agent'))).toEqual(this.#said.customer)
    expect(mine.filter((text) => text.startsWith('agent'))).toEqual(this.#said.agent)
    expect(await Promise.all([this.#customer.wasNotReloaded(), this.#agent.wasNotReloaded()])).toEqual([true, true])
    await this.#agent.owns(this.#conversation)
  }

  async agree(stage: Stage): Promise<void> {
    await stage.agree(this.#conversation, [this.#customer, this.#agent], this.#said)
  }

  async #say(text: string): Promise<void> {
    this.#said.customer.push(text)
    this.#said.agent.push(`agent ${text}`)
    await Promise.all([this.#customer.say(text), this.#agent.say(`agent ${text}`)])
  }
}

/** What one test needs: a company of its own, people in browsers of their own, and the check of what was said at the end. */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'
import { expect, inject, vi } from 'vitest'
import type { ConversationList } from '../../../core/protocol/api.ts'
import type { ConfigInput } from '../../../core/protocol/config.ts'
import { ensureChromium } from '../../../scripts/lib/chromium.mjs'
import { Agent } from './agent.ts'
import type { StaffId } from './companies.ts'
import { makeConfig } from './companies.ts'
import { Company, type Where } from './company.ts'
import { Customer } from './customer.ts'
import { holdContexts } from './held-answers.ts'
import { type Screen, SOON } from './screen.ts'
import type { Recorded } from './staff.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** All that pages in it get of the product is held against the reference. */
export const startBrowser = async (): Promise<Browser> =>
  holdContexts(await chromium.launch({ executablePath: ensureChromium(), headless: true, args: flags }))

export interface StageOptions {
  readonly config?: ConfigInput
  /** Another server than the shared one. */
  readonly where?: Where
  /** Where the pages reach the server, when that is not straight. */
  readonly customerOrigin?: string
  readonly agentOrigin?: string
}

export class Stage implements AsyncDisposable {
  readonly company: Company
  readonly #browser: Browser
  readonly #agentOrigin: string
  readonly #shop: string
  readonly #contexts: BrowserContext[] = []

  private constructor(browser: Browser, company: Company, shop: string, agentOrigin: string) {
    this.#browser = browser
    this.company = company
    this.#shop = shop
    this.#agentOrigin = agentOrigin
  }

  static async set(browser: Browser, id: string, options: StageOptions = {}): Promise<Stage> {
    const where = options.where ?? inject('product')
    const company = await Company.open(id, where, options.config ?? makeConfig())
    const shop = await company.openShop(options.customerOrigin ?? where.origin)
    return new Stage(browser, company, shop, options.agentOrigin ?? where.origin)
  }

  /** A browser of one's own, as it comes from the box. */
  async context(more: BrowserContextOptions = {}): Promise<BrowserContext> {
    // What keeps the console's files would fetch all of them once more for each browser.
    const usual = { locale: 'en-GB', viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' as const }
    const context = await this.#browser.newContext({ ...usual, ...more })
    context.setDefaultTimeout(SOON)
    this.#contexts.push(context)
    return context
  }

  /** Somebody in the shop who has opened the chat. */
  async customer(context?: BrowserContext): Promise<Customer> {
    const customer = await Customer.visit(context ?? (await this.context()), this.#shop)
    await customer.openChat()
    return customer
  }

  /** As {@link customer}, signed in at the shop. */
  async user(name: string): Promise<Customer> {
    const customer = await Customer.visitAs(await this.context(), this.#shop, name)
    await customer.openChat()
    return customer
  }

  /** An agent who is signed in and available. */
  async agent(who: StaffId, origin = this.#agentOrigin): Promise<Agent> {
    const agent = await Agent.signIn(await this.context(), origin, this.company.id, who)
    await agent.setPresence('available')
    return agent
  }

  /** A second tab in the browser of somebody who has opened the chat. */
  async secondCustomerTab(customer: Customer): Promise<Customer> {
    return this.customer(customer.page.context())
  }

  /** A second tab in the browser of an agent who is signed in. */
  async secondAgentTab(agent: Agent): Promise<Agent> {
    return Agent.comeBack(agent.page.context(), this.#agentOrigin)
  }

  /** A customer and an agent in the middle of a talk: `hello` is written, the agent has accepted. */
  async talk(who: StaffId = 'ada'): Promise<{ customer: Customer; agent: Agent; conversation: string }> {
    const [customer, agent] = await Promise.all([this.customer(), this.agent(who)])
    await customer.say('hello')
    const conversation = await agent.accept()
    await customer.status('talking')
    return { customer, agent, conversation }
  }

  /** All screens show these words, each once and in order, and so does the record in D1 once the conveyor is empty. */
  async agree(conversation: string, screens: readonly Screen[], words: Words): Promise<void> {
    const total = 'order' in words ? words.order.length : words.customer.length + words.agent.length
    const arrived = async () => {
      const words = (await this.company.administrator.recorded(conversation)).flatMap(toWord)
      expect(words.length).toBeGreaterThanOrEqual(total)
      return words
    }
    const recorded = await vi.waitFor(arrived, { timeout: SOON, interval: 100 })
    const order = recorded.map(({ text }) => text)
    if ('order' in words) expect(order).toEqual(words.order)
    else {
      const by = (role: string) => recorded.filter((word) => word.role === role).map(({ text }) => text)
      expect({ customer: by('customer'), agent: by('agent') }).toEqual(words)
    }
    for (const screen of screens) await screen.shows(order)
    const entries = await this.company.administrator.recorded(conversation)
    const numbers = entries.flatMap(({ pub }) => (pub === null ? [] : [pub]))
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1))
    expect(numbers).toEqual(numbers.map((_, at) => at + 1))
  }

  /** Waits until these are the company's conversations in the record, and tells all of them. */
  async hasRecorded(conversations: readonly object[]): Promise<ConversationList['items']> {
    const check = async () => {
      const items = await this.company.administrator.conversations()
      expect(items).toMatchObject(conversations)
      return items
    }
    return vi.waitFor(check, { timeout: SOON, interval: 100 })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await Promise.all(this.#contexts.map((context) => context.close()))
    } finally {
      await this.company.close()
    }
  }
}

/** What was written: all of it in order, or each side's words by themselves where they crossed on the way. */
export type Words =
  | { readonly order: readonly string[] }
  | { readonly customer: readonly string[]; readonly agent: readonly string[] }

const toWord = ({ from, body }: Recorded) => (body.type === 'message' ? [{ role: from.role, text: body.text }] : [])

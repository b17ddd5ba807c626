/** The company whose screens are looked at, and a window of each who looks: opened once, led from screen to screen. */
import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { expect, inject, vi } from 'vitest'
import type { ConfigInput } from '../../../core/protocol/config.ts'
import { emailOf, makeConfig, password, type StaffId } from '../kit/companies.ts'
import { Company } from '../kit/company.ts'
import { SOON } from '../kit/screen.ts'
import { write } from '../kit/writing.ts'
import type { Screen } from './table.ts'

/** What a company has: nothing that it need not have, one of each, or more than a screen holds. */
export type Amount = 'empty' | 'one' | 'many'
/** As they come from the box, or as a language from right to left would be. */
export type Look = 'en-GB' | 'ar-XB'

const MANY = 12
const counts = { empty: 0, one: 1, many: MANY } as const
/** As long as names get. */
const name = (what: string, n: number) => `${what} ${n} of those that are called by many words`

function configOf(amount: Amount): ConfigInput {
  const usual = makeConfig()
  const each = <T>(what: string, make: (name: string) => T): Record<string, T> =>
    Object.fromEntries(Array.from({ length: counts[amount] }, (_, n) => [`one-${n + 1}`, make(name(what, n + 1))]))
  const wide = amount === 'many'
  return {
    ...usual,
    queues: { ...usual.queues, ...(wide ? each('Queue', (name) => ({ name })) : {}) },
    plans: {
      ...usual.plans,
      ...(wide ? each('Plan', (name) => ({ name, steps: [{ after: 0, queues: [{ queue: 'desk' }] }] })) : {}),
    },
    hours: each('Hours', () => ({ zone: 'Europe/Berlin', weekly: { mon: [{ from: '09:00', to: '17:00' }] } })),
    teams: each('Team', (name) => ({ name })),
    skills: each('Skill', (name) => ({ name })),
    tags: each('Tag', (name) => ({ name, colour: '#3b6fd4' })),
    dispositions: each('Outcome', (name) => ({ name })),
    cannedReplies: Object.fromEntries(
      Object.entries(each('Reply', (text) => ({ text }))).map(([key, reply]) => [key, { ...reply, shortcut: key }]),
    ),
    attributes: {
      customer: each('Field', (name) => ({ name, type: 'text' as const })),
      conversation: each('Field', (name) => ({ name, type: 'text' as const })),
    },
  }
}

export class Desk {
  readonly #browser: Browser
  readonly #origin: string
  readonly #company: Company
  readonly #contexts = new Map<StaffId | 'nobody', BrowserContext>()
  readonly #pages = new Map<string, Page>()
  readonly #filled: Record<string, string>

  private constructor(browser: Browser, company: Company) {
    this.#browser = browser
    this.#origin = company.origin
    this.#company = company
    this.#filled = { today: new Date().toISOString().slice(0, 10), conversation: '', invitation: '' }
  }

  static async open(browser: Browser, id: string): Promise<Desk> {
    const company = await Company.open(id, inject('product'), configOf('empty'))
    return new Desk(browser, company)
  }

  /** From now on the company has this much. */
  async fill(amount: Amount): Promise<void> {
    if (amount === 'empty') return
    await this.#company.administrator.configure(configOf(amount))
    const { administrator } = this.#company
    const more = amount === 'one' ? 1 : MANY - 1
    const [talk] = await Promise.all(Array.from({ length: more }, (_, n) => write(this.#company, name('Question', n))))
    for (let n = 0; n < more; n++) await administrator.makeKey(name('Key', n))
    if (amount === 'many') return
    this.#filled['conversation'] = talk?.conversation ?? ''
    this.#filled['invitation'] = await administrator.invitation('eli')
    // Somebody comes and goes, so that reports have something to tell.
    const gone = await write(this.#company, name('Question', more))
    await gone.leave()
    const isTold = async () =>
      expect(await administrator.conversations()).toContainEqual(
        expect.objectContaining({ id: gone.conversation, status: 'closed' }),
      )
    await vi.waitFor(isTold, { timeout: SOON, interval: 100 })
  }

  /** Somebody's window on a screen. */
  async go(who: StaffId | 'nobody', at: string, look: Look = 'en-GB'): Promise<Page> {
    const page = await this.#pageOf(who, look)
    const address = at.replaceAll(/\{(\w+)\}/g, (_, name: string) => this.#filled[name] ?? '')
    if (who === 'nobody') {
      await page.goto('about:blank')
      // Not awaited: what it asks for may be held.
      void page.goto(`${this.#origin}/#/${address}`, { waitUntil: 'commit' })
      return page
    }
    // By way of another place, so that it asks for everything anew.
    await this.#lead(page, address.startsWith('settings') ? '#/nowhere' : '#/settings/shortcuts')
    await this.#lead(page, `#/${address}`)
    return page
  }

  async #lead(page: Page, hash: string): Promise<void> {
    await page.evaluate(async (hash) => {
      location.hash = hash
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    }, hash)
  }

  async #pageOf(who: StaffId | 'nobody', look: Look): Promise<Page> {
    const key = `${who} ${look}`
    const known = this.#pages.get(key)
    if (known !== undefined) return known
    const isIn = this.#contexts.has(who)
    const page = await (await this.#contextOf(who, look)).newPage()
    this.#pages.set(key, page)
    if (who !== 'nobody') {
      await page.goto(`${this.#origin}/#/settings/shortcuts`)
      if (!isIn) {
        await page.locator('input[name="email"]').fill(emailOf(this.#company.id, who))
        await page.locator('input[name="password"]').fill(password)
        await page.locator('button[type="submit"]').first().click()
      }
      await page.getByTestId('account').waitFor()
    }
    return page
  }

  async #contextOf(who: StaffId | 'nobody', look: Look): Promise<BrowserContext> {
    const storageState = await this.#contexts.get(who)?.storageState()
    const context = await this.#browser.newContext({
      locale: look,
      timezoneId: 'Etc/UTC',
      reducedMotion: 'reduce',
      viewport: { width: 360, height: 800 },
      ...(storageState === undefined ? {} : { storageState }),
    })
    context.setDefaultTimeout(SOON)
    if (!this.#contexts.has(who)) this.#contexts.set(who, context)
    else this.#more.push(context)
    return context
  }

  readonly #more: BrowserContext[] = []

  async close(): Promise<void> {
    await Promise.all([...this.#contexts.values(), ...this.#more].map((context) => context.close()))
    await this.#company.close()
  }
}

type Trouble = 'loading' | 'error' | 'offline'
/** What becomes of a request while a screen is in a state. */
const fates: Readonly<Record<Trouble, (route: Route) => Promise<void> | void>> = {
  loading: () => {},
  error: (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      headers: { 'x-request-id': 'of-a-test' },
      body: JSON.stringify({ type: 'about:blank', title: 'Internal', status: 500, code: 'internal' }),
    }),
  offline: (route) => route.abort('internetdisconnected'),
}

/** Holds back, fails or cuts off what a screen asks for, until it is disposed of. */
export async function suffer(page: Page, { asks, isLive }: Screen, trouble: Trouble): Promise<AsyncDisposable> {
  if (asks === null) throw new Error('a screen that asks for nothing has no trouble with it')
  const context = page.context()
  if (isLive && trouble === 'offline') await context.setOffline(true)
  else await page.route(asks, fates[trouble])
  return {
    async [Symbol.asyncDispose]() {
      await context.setOffline(false)
      await page.unroute(asks)
      if (isLive) await page.reload()
    },
  }
}

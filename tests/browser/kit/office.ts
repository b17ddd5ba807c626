/** Somebody at the console who looks after the house: goes to a place by its address or by the keys, and looks at it. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible } from './axe.ts'
import { emailOf, password, type StaffId } from './companies.ts'
import { SOON } from './screen.ts'

interface Looks {
  readonly locale?: 'en-GB' | 'zh-CN'
  readonly dark?: boolean
  /** Of the window, in pixels. */
  readonly width?: number
}

export class Office {
  readonly page: Page
  readonly context: BrowserContext
  readonly #origin: string

  private constructor(context: BrowserContext, page: Page, origin: string) {
    this.context = context
    this.page = page
    this.#origin = origin
  }

  /** A browser of its own, at an address: the sign-in form, or where an invitation leads. */
  static async enter(browser: Browser, origin: string, looks: Looks = {}): Promise<Office> {
    const { locale = 'en-GB', dark = false, width = 1280 } = looks
    const context = await browser.newContext({
      locale,
      colorScheme: dark ? 'dark' : 'light',
      viewport: { width, height: 800 },
    })
    context.setDefaultTimeout(SOON)
    const page = await context.newPage()
    await page.goto(origin)
    return new Office(context, page, origin)
  }

  static async signIn(browser: Browser, origin: string, company: string, who: StaffId, looks: Looks = {}) {
    const office = await Office.enter(browser, origin, looks)
    await office.fillIn(emailOf(company, who), password)
    return office
  }

  /** The form of the door. */
  async fillIn(email: string, secret: string): Promise<void> {
    await this.page.locator('input[name="email"]').fill(email)
    await this.page.locator('input[name="password"]').fill(secret)
    await this.page.locator('button[type="submit"]').first().click()
    await this.page.getByTestId('account').waitFor()
  }

  /** The place of this name, by its address. */
  async goTo(address: string, place: string): Promise<void> {
    await this.page.goto(`${this.#origin}/#/${address}`)
    await this.page.getByTestId(place).waitFor()
  }

  /** Nothing that axe finds, and nothing of the page lies beside the window. */
  async looksWell(): Promise<void> {
    await expectAccessible(this.page.mainFrame())
    expect(await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  }

  async close(): Promise<void> {
    await this.context.close()
  }
}

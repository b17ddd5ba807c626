/** An agent at the console. */
import type { BrowserContext, Frame, Page } from 'playwright-core'
import { emailOf, password, type StaffId } from './companies.ts'
import { Screen, SOON } from './screen.ts'

export class Agent extends Screen {
  protected readonly view: Page

  private constructor(page: Page) {
    super(page)
    this.view = page
  }

  /** Signs in with the form. */
  static async signIn(context: BrowserContext, origin: string, company: string, who: StaffId): Promise<Agent> {
    const page = await context.newPage()
    await page.goto(origin)
    await page.locator('input[name="email"]').fill(emailOf(company, who))
    await page.locator('input[name="password"]').fill(password)
    await page.locator('button[type="submit"]').click()
    const agent = new Agent(page)
    await agent.part('presence').waitFor()
    return agent
  }

  /** Opens the console in a browser that is signed in. */
  static async comeBack(context: BrowserContext, origin: string): Promise<Agent> {
    const page = await context.newPage()
    await page.goto(origin)
    const agent = new Agent(page)
    await agent.part('presence').waitFor()
    return agent
  }

  async setPresence(presence: 'available' | 'busy' | 'away' | 'offline'): Promise<void> {
    await this.part('presence').selectOption(presence)
    await this.presence(presence)
  }

  async presence(presence: 'available' | 'busy' | 'away' | 'offline'): Promise<void> {
    await this.sees('presence', `[data-presence="${presence}"]`)
  }

  /** Waits until a contact rings, and says which conversation it is. */
  async rung(timeout = SOON): Promise<string> {
    const offer = this.part('offer').first()
    await offer.waitFor({ timeout })
    const conversation = await offer.getAttribute('data-conversation')
    if (conversation === null) throw new Error('the offer names no conversation')
    return conversation
  }

  /** Takes what rings; the conversation comes on the screen, with the composer for replies. */
  async accept(): Promise<string> {
    const conversation = await this.rung()
    await this.part('offer', `[data-conversation="${conversation}"]`).getByTestId('accept').click()
    await this.owns(conversation)
    await this.page.locator(`article[data-conversation="${conversation}"] [data-status="talking"]`).waitFor()
    return conversation
  }

  /** Declines what rings, and waits until it has gone: the next time it rings under another lease. */
  async decline(): Promise<void> {
    const offer = this.part('offer').first()
    const lease = await offer.getAttribute('data-lease')
    await offer.getByTestId('decline').click()
    await this.part('offer', `[data-lease="${lease}"]`).waitFor({ state: 'detached' })
  }

  async owns(conversation: string, timeout = SOON): Promise<void> {
    await this.sees('item', `[data-conversation="${conversation}"][data-state="owned"]`, timeout)
  }

  async open(conversation: string): Promise<void> {
    await this.part('item', `[data-conversation="${conversation}"]`).click()
    await this.page.locator(`article[data-conversation="${conversation}"]`).waitFor()
  }

  async close(): Promise<void> {
    await this.part('close').click()
    await this.part('close-confirm').click()
  }

  /** Signs out by the menu of the account. */
  async leave(): Promise<void> {
    await this.part('account').click()
    await this.part('sign-out').click()
  }

  /** Another window comes to the front. */
  async lookAway(): Promise<void> {
    await this.page.evaluate(() => {
      document.hasFocus = () => false
      dispatchEvent(new Event('blur'))
    })
  }

  async lookAgain(): Promise<void> {
    await this.page.evaluate(() => {
      document.hasFocus = () => true
      dispatchEvent(new Event('focus'))
    })
  }

  protected frame(): Frame {
    return this.page.mainFrame()
  }
}

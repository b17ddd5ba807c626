/** A person in the company's shop: opens the chat on the shop's page and writes. */
import type { BrowserContext, Frame, FrameLocator, Page } from 'playwright-core'
import { Screen } from './screen.ts'

export class Customer extends Screen {
  protected readonly view: FrameLocator

  private constructor(page: Page) {
    super(page)
    this.view = page.locator('iframe[src*="/widget/"]').contentFrame()
  }

  /** Goes to the shop's page. */
  static async visit(context: BrowserContext, shop: string): Promise<Customer> {
    const page = await context.newPage()
    await page.goto(shop)
    return new Customer(page)
  }

  /** As {@link visit}, signed in at the shop. */
  static async visitAs(context: BrowserContext, shop: string, name: string): Promise<Customer> {
    const customer = await Customer.visit(context, shop)
    await customer.page.getByRole('button', { name }).click()
    await customer.page.locator(`button[aria-pressed="true"]:has-text("${name}")`).waitFor()
    return customer
  }

  /** In another tab of the same browser the window may be open by itself. */
  async openChat(): Promise<void> {
    const launcher = this.page.getByTestId('launcher')
    await launcher.waitFor()
    if ((await launcher.getAttribute('aria-expanded')) === 'false') await launcher.click()
    await this.part('composer').or(this.part('pre-chat')).or(this.part('leave-message')).or(this.part('shut')).waitFor()
  }

  async status(status: 'new' | 'waiting' | 'talking' | 'fallback' | 'closed'): Promise<void> {
    await this.sees('status', `[data-status="${status}"]`)
  }

  async place(place: number): Promise<void> {
    await this.sees('place', `[data-place="${place}"]`)
  }

  async leave(): Promise<void> {
    await this.part('leave').click()
    await this.part('leave-confirm').click()
  }

  protected frame(): Frame {
    const frame = this.page.frames().find((one) => new URL(one.url()).pathname.startsWith('/widget/'))
    if (frame === undefined) throw new Error('the chat is not open')
    return frame
  }
}

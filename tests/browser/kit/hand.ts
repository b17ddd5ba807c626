/** Somebody's hand at the console: each click counts one, each key that goes down counts one, words count nothing. */
import type { Locator, Page } from 'playwright-core'

/** What has to be pressed together with another key for it, on the keyboard that most have. */
const shifted = new Set(['?', ':', '#', '"'])

export class Hand {
  readonly #page: Page
  #count = 0

  constructor(page: Page) {
    this.#page = page
  }

  /** Keys one after another; `Control+k` are two that are held together. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#count += key.split('+').length + (shifted.has(key) ? 1 : 0)
      await this.#page.keyboard.press(key)
    }
  }

  async click(what: Locator): Promise<void> {
    this.#count += 1
    await what.click()
  }

  async write(words: string): Promise<void> {
    await this.#page.keyboard.type(words)
  }

  /** Before a task the focus is on none of the fields. */
  async begin(): Promise<void> {
    await this.#page.locator('#main').focus()
    this.#count = 0
  }

  get count(): number {
    return this.#count
  }
}

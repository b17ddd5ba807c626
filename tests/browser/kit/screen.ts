/** What the widget and the console have in common for somebody who looks at them: words, typing, marks, the link. */
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { LINK_DEAD_AFTER } from '../../../core/protocol/link.ts'
import { expectAccessible } from './axe.ts'

/** How long a page may take to show what it should, in ms. */
export const SOON = 30_000

export interface Line {
  readonly text: string
  /** `sent`, `sending` or `failed`. */
  readonly state: string
  readonly seq: number | null
}

export abstract class Screen {
  readonly page: Page
  protected abstract readonly view: Page | FrameLocator

  constructor(page: Page) {
    this.page = page
  }

  /** The document that the talk is in. */
  protected abstract frame(): Frame

  part(id: string, more = ''): Locator {
    return this.view.locator(`[data-testid="${id}"]${more}`)
  }

  /** Nothing that axe finds. */
  async accessible(): Promise<void> {
    await expectAccessible(this.frame())
  }

  /** Waits until a part is there. */
  async sees(id: string, more = '', timeout = SOON): Promise<void> {
    await this.part(id, more).first().waitFor({ timeout })
  }

  /** Waits until a part is gone. */
  async seesNo(id: string, more = '', timeout = SOON): Promise<void> {
    await this.part(id, more).first().waitFor({ state: 'detached', timeout })
  }

  async say(...texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      await this.part('composer').fill(text)
      await this.part('composer').press('Enter')
    }
  }

  /** Types on until somebody has noticed; the words stay in the field. */
  async typeUntil(noticed: Promise<void>): Promise<string> {
    let typing = true
    const stop = () => {
      typing = false
    }
    noticed.then(stop, stop)
    while (typing) await this.part('composer').press('m', { delay: 50 })
    await noticed
    return this.part('composer').inputValue()
  }

  /** Every message of the transcript, and what is still on its way. */
  async lines(): Promise<readonly Line[]> {
    return this.part('entry').evaluateAll((nodes) =>
      nodes
        .filter((node) => node.dataset['type'] === 'message' || node.dataset['state'] !== 'sent')
        .map((node) => ({
          text: node.querySelector('.bub')?.textContent ?? '',
          state: node.dataset['state'] ?? '',
          seq: node.dataset['seq'] === undefined ? null : Number(node.dataset['seq']),
        })),
    )
  }

  /** Waits until these are the messages, all of them sent, each once and in this order. */
  async shows(texts: readonly string[], timeout = SOON): Promise<void> {
    const wanted = texts.map((text) => ({ text, state: 'sent' }))
    const told = async () => (await this.lines()).map(({ text, state }) => ({ text, state }))
    await vi.waitFor(async () => expect(await told()).toEqual(wanted), { timeout, interval: 50 })
  }

  /** Waits until this many messages are there, none of them on its way, and tells them. */
  async settled(count: number): Promise<readonly string[]> {
    const check = async () => {
      const lines = await this.lines()
      expect(lines.map(({ state }) => state)).toEqual(Array(count).fill('sent'))
      return lines.map(({ text }) => text)
    }
    return vi.waitFor(check, { timeout: SOON, interval: 50 })
  }

  async link(state: 'live' | 'polling'): Promise<void> {
    await this.part('link', `[data-state="${state}"]`).waitFor({ state: 'attached', timeout: SOON })
  }

  /** Waits until the page itself says that it has lost the server. */
  async noticesLoss(): Promise<void> {
    const lost = ':is([data-state="connecting"], [data-state="offline"])'
    await this.part('link', lost).waitFor({ state: 'attached', timeout: LINK_DEAD_AFTER + SOON })
  }

  /** Leaves a sign in the document that a reload would wipe out. */
  async watchForReload(): Promise<void> {
    await this.frame().evaluate(() => {
      document.documentElement.dataset['unreloaded'] = 'yes'
    })
  }

  async wasNotReloaded(): Promise<boolean> {
    return this.frame().evaluate(() => document.documentElement.dataset['unreloaded'] === 'yes')
  }
}

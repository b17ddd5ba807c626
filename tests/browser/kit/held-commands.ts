/** Keeps commands of one name from leaving a page, so that a test decides what happens before their answer. */
import type { Page } from 'playwright-core'

export interface HeldCommands {
  /** Lets through what was held; with this body instead of its own, if there is one. What comes later is held again. */
  release(body?: object): Promise<void>
}

export async function holdCommands(page: Page, name: string): Promise<HeldCommands> {
  const held = await page.evaluateHandle((wanted) => {
    const waiting: ((body: object | undefined) => void)[] = []
    const { send } = WebSocket.prototype
    WebSocket.prototype.send = function (data) {
      const frame = typeof data === 'string' && data.startsWith('{') ? JSON.parse(data) : null
      if (frame?.t !== 'cmd' || frame.name !== wanted) return send.call(this, data)
      waiting.push((body) => send.call(this, JSON.stringify({ ...frame, body: body ?? frame.body })))
    }
    return waiting
  }, name)
  return {
    release: (body) =>
      held.evaluate((waiting, instead) => {
        for (const pass of waiting.splice(0)) pass(instead)
      }, body),
  }
}

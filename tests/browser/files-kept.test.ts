/** Files that somebody leaves the page with: kept by the browser, or asked about; and what failed, tried again. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Screen, SOON } from './kit/screen.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const MEGA = 1_048_576
const textOf = (name: string, bytes: number) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(bytes, 'a') })
const has = (screen: Screen, names: readonly string[]) =>
  vi.waitFor(
    async () => {
      const shown = await screen.part('file').allTextContents()
      expect(shown.map((text) => names.find((name) => text.includes(name)))).toEqual(names)
    },
    { timeout: SOON, interval: 50 },
  )

/** How many bytes a second go up; -1: as many as can. */
async function lineOf(page: Page): Promise<(bytes: number) => Promise<void>> {
  const devtools = await page.context().newCDPSession(page)
  return async (uploadThroughput) => {
    const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput }
    await devtools.send('Network.emulateNetworkConditions', conditions)
  }
}

/** As the server refuses what it does not take. */
const refused = {
  status: 403,
  headers: { 'content-type': 'application/problem+json', 'x-request-id': '01JD0000000000000000000000' },
  body: JSON.stringify({
    type: 'urn:parley:problem:forbidden',
    title: 'Not allowed',
    status: 403,
    code: 'forbidden',
    detail: 'not this time',
  }),
}

test.concurrent('FI10 FI9: small files go on after a reload, at the widget and at the console; what failed is tried again', async () => {
  await using stage = await Stage.set(browser, 'w40')
  const { customer, agent } = await stage.talk()
  const sides = [
    { from: customer, to: agent, name: 'from-the-widget.txt', back: () => customer.openChat() },
    { from: agent, to: customer, name: 'from-the-console.txt', back: async () => {} },
  ]
  const sent: string[] = []
  for (const { from, to, name, back } of sides) {
    const line = await lineOf(from.page)
    await line(MEGA)
    await from.part('attach').setInputFiles(textOf(name, 4 * MEGA))
    await from.sees('upload', `:has-text("${name}")`)
    await vi.waitFor(
      async () => expect(await from.part('upload').locator('progress').getAttribute('value')).not.toBe('0'),
      { timeout: SOON, interval: 20 },
    )
    await from.page.reload()
    await back()
    await from.sees('upload', `:has-text("${name}")`)
    await line(-1)
    sent.push(name)
    for (const screen of [to, from]) await has(screen, sent)
    await from.seesNo('upload')
  }

  await customer.page.route('**/files/**', (route) => route.fulfill(refused), {
    times: 1,
  })
  await customer.part('attach').setInputFiles(textOf('again.txt', 10))
  await customer.sees('upload', '[data-state="failed"]')
  await customer.accessible()
  await customer.part('upload-retry').press('Enter')
  await has(agent, [...sent, 'again.txt'])
  await customer.seesNo('upload')
})

test.concurrent('FI12: where the browser keeps no files, who leaves before one is sent is asked first', async () => {
  await using stage = await Stage.set(browser, 'w55')
  const context = await stage.context()
  await context.addInitScript(() => {
    const forbidden = () => {
      throw new DOMException('forbidden', 'SecurityError')
    }
    Object.defineProperty(window, 'indexedDB', { get: forbidden })
  })
  const [customer, agent] = await Promise.all([stage.customer(context), stage.agent('ada')])
  await customer.say('hello')
  await agent.accept()
  const asked: string[] = []
  customer.page.on('dialog', async (dialog) => {
    asked.push(dialog.type())
    await dialog.dismiss()
  })
  await customer.watchForReload()
  const line = await lineOf(customer.page)
  await line(MEGA / 8)
  await customer.part('attach').setInputFiles(textOf('unkept.txt', 4 * MEGA))
  await customer.sees('upload-unkept')
  await customer.accessible()
  await customer.page.evaluate(() => setTimeout(() => location.reload()))
  await vi.waitFor(() => expect(asked).toEqual(['beforeunload']), { timeout: SOON, interval: 50 })
  expect(await customer.wasNotReloaded()).toBe(true)
  await line(-1)
  await has(agent, ['unkept.txt'])
  await customer.seesNo('upload')
  await customer.page.reload()
  await customer.openChat()
  await has(customer, ['unkept.txt'])
  expect(asked).toEqual(['beforeunload'])
})

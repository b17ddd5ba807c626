/** Files in a talk: chosen, pasted, dropped; on their way, cut off, cancelled, refused; and seen by the other side. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeConfig } from './kit/companies.ts'
import { type Screen, SOON } from './kit/screen.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const MEGA = 1_048_576
const files = { mostBytes: 12 * MEGA, types: ['image/*', 'text/plain'] }
const config = { ...makeConfig(), policies: { files } }
const textOf = (name: string, bytes: number) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(bytes, 'a') })

/** A picture of 40 by 20 pixels, put into a paste or a drop as the browser itself makes them. */
const give = (screen: Screen, id: string, event: 'paste' | 'drop', name: string) =>
  screen.part(id).evaluate(
    async (node, { event, name }) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 20 })
      canvas.getContext('2d')?.fillRect(0, 0, 40, 20)
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done))
      const data = new DataTransfer()
      data.items.add(new File([blob ?? ''], name, { type: 'image/png' }))
      const init = { bubbles: true, cancelable: true }
      node.dispatchEvent(
        event === 'paste'
          ? new ClipboardEvent('paste', { ...init, clipboardData: data })
          : new DragEvent('drop', { ...init, dataTransfer: data }),
      )
    },
    { event, name },
  )

const names = (screen: Screen) => screen.part('file').allTextContents()
const has = (screen: Screen, parts: readonly string[]) =>
  vi.waitFor(
    async () => {
      const shown = await names(screen)
      expect(shown.map((text, n) => text.includes(parts[n] ?? '?'))).toEqual(parts.map(() => true))
    },
    { timeout: SOON, interval: 50 },
  )
const doneOf = (screen: Screen) =>
  screen
    .part('upload')
    .locator('progress')
    .evaluate((bar) => (bar instanceof HTMLProgressElement ? bar.value : -1))

/** Makes the page's line as slow upwards as said, in bytes a second, as fast as it is (-1), or cuts it (0). */
async function lineOf(page: Page): Promise<(bytes: number) => Promise<void>> {
  const devtools = await page.context().newCDPSession(page)
  return async (bytes) => {
    const conditions = { offline: bytes === 0, latency: 0, downloadThroughput: -1, uploadThroughput: bytes }
    await devtools.send('Network.emulateNetworkConditions', conditions)
  }
}

test.concurrent('FI8: what is chosen, pasted and dropped arrives, pictures in the room kept for them, by keyboard too', async () => {
  await using stage = await Stage.set(browser, 'w49', { config })
  const { customer, agent } = await stage.talk()
  await customer.part('attach').setInputFiles(textOf('bill.txt', 3_000))
  await has(agent, ['bill.txt'])
  await give(customer, 'composer', 'paste', 'tent.png')
  await has(agent, ['bill.txt', 'tent.png'])
  await give(agent, 'transcript', 'drop', 'map.png')
  await has(customer, ['bill.txt', 'tent.png', 'map.png'])
  for (const screen of [customer, agent]) {
    await screen.part('thumbnail').nth(1).waitFor()
    const boxes = await screen
      .part('thumbnail')
      .evaluateAll((all) => all.map((one) => [one.clientWidth, one.clientHeight]))
    expect(boxes).toEqual([
      [40, 20],
      [40, 20],
    ])
    expect(await screen.part('upload').count()).toBe(0)
    await screen.accessible()
  }
  // By keyboard: the field opens the browser's own choice, the chip saves.
  const choice = agent.page.waitForEvent('filechooser')
  await agent.part('attach').press('Enter')
  await (await choice).setFiles(textOf('by-hand.txt', 10))
  await has(customer, ['bill.txt', 'tent.png', 'map.png', 'by-hand.txt'])
  const saved = agent.page.waitForEvent('download')
  await agent.part('file').last().press('Enter')
  expect((await saved).suggestedFilename()).toBe('by-hand.txt')
})

test.concurrent('FI9: progress is what has gone; cancelled nothing is left; a refusal names the limit', async () => {
  await using stage = await Stage.set(browser, 'w50', { config })
  const { customer, agent } = await stage.talk()
  const line = await lineOf(agent.page)
  await line(MEGA)
  await agent.part('attach').setInputFiles(textOf('slow.txt', 4 * MEGA))
  await vi.waitFor(async () => expect(await doneOf(agent)).toBeGreaterThan(0), { timeout: SOON, interval: 20 })
  const early = await doneOf(agent)
  expect(early).toBeLessThan(1)
  await vi.waitFor(async () => expect(await doneOf(agent)).toBeGreaterThan(early), { timeout: SOON, interval: 20 })
  await agent.accessible()
  await agent.part('upload-cancel').press('Enter')
  await agent.seesNo('upload')
  await line(-1)

  await agent.part('attach').setInputFiles(textOf('too-large.txt', 13 * MEGA))
  await agent.sees('upload', '[data-state="failed"]:has-text("It has 13 MB; at most 12 MB are taken.")')
  await agent.part('attach').setInputFiles({ ...textOf('a.pdf', 10), mimeType: 'application/pdf' })
  await agent.sees('upload', '[data-state="failed"]:has-text("PDF is not taken here. Taken are: pictures, TXT.")')
  await agent.accessible()
  for (const left of [1, 0]) {
    await agent.part('upload').first().getByRole('button', { name: 'Discard' }).click()
    await vi.waitFor(async () => expect(await agent.part('upload').count()).toBe(left), { timeout: SOON })
  }
  await agent.part('attach').setInputFiles(textOf('small.txt', 10))
  await has(customer, ['small.txt'])
})

test.concurrent('FI10: a large file goes on by itself after a reload and after a lost connection, from where it was', async () => {
  await using stage = await Stage.set(browser, 'w51', { config })
  const { customer, agent } = await stage.talk()
  const parts: string[] = []
  customer.page.on('requestfinished', (request) => {
    const part = /parts\/(\d)$/.exec(new URL(request.url()).pathname)?.[1]
    if (part !== undefined) parts.push(part)
  })
  const line = await lineOf(customer.page)
  await line(4 * MEGA)
  await customer.part('attach').setInputFiles(textOf('large.txt', 11 * MEGA))
  await vi.waitFor(() => expect(parts).toEqual(['1']), { timeout: SOON, interval: 20 })
  await customer.page.reload()
  await customer.openChat()
  await customer.sees('upload', ':has-text("large.txt")')
  await line(0)
  await customer.sees('upload', '[data-state="waiting"]')
  await line(-1)
  await has(agent, ['large.txt'])
  await customer.seesNo('upload')
  expect(parts).toEqual(['1', '2', '3'])
  expect(await names(customer)).toHaveLength(1)
})

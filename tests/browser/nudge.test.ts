/** What the chat says first, on somebody's page. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { expectAccessible } from './kit/axe.ts'
import { makeConfig } from './kit/companies.ts'
import { pageWith } from './kit/elsewhere.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const nudges = {
  any: { text: { en: 'Need a hand?', zh: '需要帮忙吗？' }, after: 1 },
  late: { text: { en: 'Back again?' }, visits: 2, after: 0 },
  plans: { text: { en: 'Which plan is yours? <b>' }, page: '?plans', after: 0 },
}

test('NU2: is said once where it fits, politely, and answered or dismissed by keys; nobody hears of it', async () => {
  const { origin } = inject('product')
  await using stage = await Stage.set(browser, 'w89', { config: { ...makeConfig(), widget: { nudges } } })
  await using shop = await pageWith(
    `<html lang="en"><main><h1>Shop</h1><input autofocus aria-label="Search"></main>
    <script nonce="n1" async src="${origin}/widget.js" data-organisation="w89"></script>`,
    `default-src 'none'; script-src 'nonce-n1'; connect-src ${origin}; frame-src ${origin}`,
  )
  const page = await (await stage.context({ viewport: { width: 360, height: 640 } })).newPage()
  const sockets: string[] = []
  page.on('websocket', (socket) => sockets.push(socket.url()))
  await page.goto(shop.url)
  const bubble = page.locator('parley-chat').getByRole('status')
  await bubble.getByText('Need a hand?').waitFor()
  expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Search')
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
  await expectAccessible(page.mainFrame())
  await page.getByRole('button', { name: 'Dismiss' }).press('Enter')
  await bubble.waitFor({ state: 'detached' })

  // On another page of the same visit: the first was said, the second waits for the next visit.
  await page.goto(`${shop.url}?plans`)
  await bubble.getByText('Which plan is yours? <b>').waitFor()
  expect([await page.locator('iframe').count(), sockets]).toEqual([0, []])
  const kept = await page.evaluate<Record<string, string>>('({ ...localStorage })')
  expect(kept).toEqual({ 'parley.nudged': 'any plans', 'parley.visits': '1' })
  await bubble.getByRole('button', { name: 'Which plan' }).press('Enter')
  await page.frameLocator('iframe').getByTestId('composer').waitFor()
  expect(await bubble.count()).toBe(0)
})

/** What-if at the console: a day as the record holds it, simulated with fewer agents and with a plan that is not published. */
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Office } from './kit/office.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('WI10: a manager tries fewer agents and a draft of a plan on a recorded day', async () => {
  const { origin } = inject('product')
  await using stage = await Stage.set(browser, 'w71')
  const { agent } = await stage.talk()
  await agent.close()

  const office = await Office.signIn(browser, origin, 'w71', 'mara')
  const { page } = office
  const today = new Date().toISOString().slice(0, 10)
  await office.goTo(`whatif?zone=UTC&day=${today}`, 'whatif')
  // The record is told within a second or two.
  await expect
    .poll(
      async () => {
        await page.reload()
        await page.locator('.state:not(.late), form').first().waitFor()
        return page.getByTestId('play').count()
      },
      { timeout: 30_000 },
    )
    .toBe(1)
  await page.getByTestId('crew-desk').fill('-200')
  await page.getByTestId('play').click()
  const answered = page.getByTestId('whole-answered').locator('td')
  await answered.first().waitFor()
  expect(await answered.first().textContent()).toBe('1')
  await answered
    .nth(2)
    .filter({ hasText: /^0 ± 0$/ })
    .waitFor()
  await page.getByTestId('chart').waitFor()
  await page.getByTestId('doubts').waitFor()
  await office.looksWell()
  const loading = page.waitForEvent('download')
  await page.locator('button.line').first().click()
  expect(readFileSync(await (await loading).path(), 'utf8').split('\r\n')[1]).toMatch(/Z,,,,chat,desk,answered,/)

  await page.getByTestId('routing').selectOption('own')
  await page.getByTestId('plans-text').fill('{"chat": {"name": "", "steps": []}}')
  await page.getByTestId('play').click()
  await page.locator('.err').filter({ hasText: 'plans.chat' }).waitFor()

  // Another version is fetched when it is tried; here it is what is published, and with all agents.
  await page.getByTestId('crew-desk').fill('0')
  const newest = page.getByTestId('routing').locator('option').nth(2)
  await newest.waitFor({ state: 'attached' })
  await page.getByTestId('routing').selectOption(await newest.getAttribute('value'))
  await page.getByTestId('play').click()
  await answered
    .nth(2)
    .filter({ hasText: /^1 ± 0$/ })
    .waitFor()
  expect(await page.locator('.err').textContent()).toBe('')

  const phone = await Office.signIn(browser, origin, 'w71', 'noor', { locale: 'zh-CN', dark: true, width: 360 })
  await phone.goTo(`whatif?zone=UTC&day=${today}`, 'whatif')
  await phone.page.getByTestId('play').click()
  await phone.page.getByTestId('chart').waitFor()
  await phone.looksWell()
  await phone.close()
  await office.close()
})

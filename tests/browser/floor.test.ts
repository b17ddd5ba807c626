/** The floor at the console: live figures and agents, on a phone in Chinese and dark too, and after a lost connection. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Agent } from './kit/agent.ts'
import { makeConfig } from './kit/companies.ts'
import { Company } from './kit/company.ts'
import { Office } from './kit/office.ts'
import { startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test.each([
  ['w67', 'en-GB', 1280, false],
  ['w68', 'zh-CN', 360, true],
] as const)('FL6: a supervisor sees %s live, in %s at %i px', async (company, locale, width, dark) => {
  const product = inject('product')
  await Company.open(company, product, makeConfig())
  const office = await Office.signIn(browser, product.origin, company, 'sia', { locale, width, dark })
  const { page, context } = office
  await office.goTo('floor', 'floor')
  const queue = page.locator('[data-queue="desk"]')
  const ada = page.locator('[data-agent="ada"]')
  await queue.getByTestId('waiting').filter({ hasText: '0' }).waitFor()
  await ada.filter({ has: page.locator('.pill') }).waitFor()

  const agentContext = await browser.newContext()
  const agent = await Agent.signIn(agentContext, product.origin, company, 'ada')
  await agent.setPresence('available')
  await page.locator('[data-agent="ada"][data-state="ready"]').waitFor()
  await office.looksWell()

  // A supervisor's own act, and what it does is seen at once.
  await ada.locator('select').selectOption('away')
  await page.locator('[data-agent="ada"][data-state="away"]').waitFor()
  await agent.presence('away')

  await context.setOffline(true)
  await page.getByTestId('floor-stale').waitFor()
  await context.setOffline(false)
  await page.getByTestId('floor-stale').waitFor({ state: 'detached' })

  await page.goto(`${product.origin}/#/floor/wall`)
  await page.getByTestId('floor-wall').waitFor()
  await office.looksWell()
  await agentContext.close()
  await office.close()
})

test('FL6: an agent is not shown the floor', async () => {
  const product = inject('product')
  await Company.open('w69', product, makeConfig())
  const office = await Office.signIn(browser, product.origin, 'w69', 'ada')
  await office.goTo('floor', 'forbidden')
  expect(await office.page.locator('nav a[href="#/floor"]').count()).toBe(0)
  await office.close()
})

/** Operations at the console, for a support engineer: how the installation is, and nothing that anybody said. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { askAs } from './kit/held-answers.ts'
import { Office } from './kit/office.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test.each([
  ['en-GB', 1280, false],
  ['zh-CN', 360, true],
] as const)('OF1 OF6: an engineer sees how it is and no conversation, in %s at %i px', async (locale, width, dark) => {
  const { origin } = inject('product')
  await using stage = await Stage.set(browser, 'w62')
  const { agent, conversation } = await stage.talk()
  const office = await Office.signIn(browser, origin, 'w62', 'eli', { locale, width, dark })
  const { page } = office
  // It is the first place that is for an engineer, and the inbox is not.
  await page.getByTestId('operations').waitFor()
  await page.getByTestId('status').locator('.positive').first().waitFor()
  await page.getByTestId('empty').waitFor()
  expect(await page.getByTestId('deployed').textContent()).toMatch(/^[0-9a-f]{8} · \S/)
  expect(await page.locator('[data-testid^=duty-]').count()).toBe(6)
  await office.looksWell()
  await page.reload()
  await page.getByTestId('status').locator('.positive').first().waitFor()
  expect(await page.getByTestId('status').locator('.positive').count()).toBe(2)
  await page.goto(`${origin}/#/conversation/${conversation}`)
  await page.getByTestId('operations').waitFor()
  const asked = async (path: string) => (await askAs(page, `${origin}${path}`)).status()
  expect(await asked('/api/ops/status')).toBe(200)
  expect(await asked(`/api/v1/conversations/${conversation}/entries`)).toBe(403)
  await agent.close()
  await office.close()
})

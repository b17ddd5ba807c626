/** The audit at the console: found by what was done, read, kept in the address, and taken along. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
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
  ['en-GB', 1280, false],
  ['zh-CN', 360, true],
] as const)('OF1 OF3: a manager finds an act, in %s at %i px', async (locale, width, dark) => {
  const { origin } = inject('product')
  await Company.open('w58', inject('product'), makeConfig())
  const office = await Office.signIn(browser, origin, 'w58', 'mara', { locale, width, dark })
  const { page } = office
  await office.goTo('audit', 'audit')
  await page.getByTestId('audit-action').selectOption('config.publish')
  const act = page.locator('[data-testid="act"][data-action="config.publish"]').first()
  await act.waitFor()
  await act.locator('summary').focus()
  await page.keyboard.press('Enter')
  await act.locator('table').waitFor()
  await office.looksWell()

  await page.getByTestId('audit-text').fill('nothing is called so')
  await page.getByTestId('audit-text').press('Enter')
  await page.getByTestId('empty').waitFor()
  await page.reload()
  // What was looked for is in the address.
  await page.getByTestId('empty').waitFor()
  expect(await page.getByTestId('audit-action').inputValue()).toBe('config.publish')
  await page.getByTestId('audit-text').fill('olga')
  await page.getByTestId('audit-text').press('Enter')
  await act.waitFor()

  const loading = page.waitForEvent('download')
  await page.locator('a[download]').first().click()
  const file = await loading
  expect(file.suggestedFilename()).toMatch(/\.csv$/)
  await office.close()
})

/** The versions of the configuration at the console: compared, brought back, and never over somebody else's. */
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

const desk = (name: string) => ({ ...makeConfig(), queues: { desk: { name } } })

test.each([
  ['w43', 'en-GB', 1280, false, 'Somebody published meanwhile'],
  ['w44', 'zh-CN', 360, true, '其间已有人发布新版本'],
] as const)('BK9: %s, in %s at %i px: a manager compares versions and returns to one', async (...given) => {
  const [id, locale, width, dark, overtaken] = given
  const { origin } = inject('product')
  const company = await Company.open(id, inject('product'), makeConfig())
  await company.administrator.configure(desk('<b>Front</b> desk'))
  const office = await Office.signIn(browser, origin, id, 'mara', { locale, width, dark })
  const { page } = office
  await office.goTo('versions', 'versions')
  const row = (version: number) => page.locator(`[data-testid="version"][data-version="${version}"]`)
  await row(2).getByText('queues.desk.name').waitFor()
  const changes = page.getByTestId('changes')
  await changes.getByText('<b>Front</b> desk').waitFor()
  expect(await changes.locator('pre').allTextContents()).toEqual(['Desk', '<b>Front</b> desk'])
  await office.looksWell()

  await company.administrator.configure(desk('Back desk'))
  const goBack = async () => {
    await row(1).getByTestId('go-back').click()
    await row(1).locator('input').fill('It was better')
    await office.looksWell()
    await row(1).locator('button[type="submit"]').click()
  }
  await goBack()
  await page.getByText(overtaken).waitFor()
  await row(3).waitFor()
  expect(await row(4).count()).toBe(0)

  await row(1).locator('button[type="submit"]').click()
  await row(4).getByText('It was better').waitFor()
  await page.getByTestId('compare-from').selectOption('1')
  await page.getByTestId('compare-to').selectOption('4')
  await expect.poll(() => changes.count()).toBe(0)
  await office.close()
  await company.close()
})

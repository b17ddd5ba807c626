/** Plans at the console: edited with what is wrong at its field, rehearsed, published as a version; also on a phone. */
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

test('RT16: an administrator adds a step, puts right what is wrong with it, sees what would happen, and publishes', async () => {
  const { origin } = inject('product')
  await Company.open('w63', inject('product'), makeConfig())
  const office = await Office.signIn(browser, origin, 'w63', 'olga')
  const { page } = office
  await page.getByTestId('account').focus()
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await page.getByTestId('plans').waitFor()
  await page.getByTestId('plan').getByRole('link').press('Enter')
  await page.getByTestId('step').waitFor()
  await office.looksWell()

  await page.getByRole('button', { name: 'Add a step' }).press('Enter')
  const step = page.getByTestId('step').nth(1)
  await step.getByRole('combobox', { name: 'Waits' }).selectOption('exactly')
  const asks = step.getByRole('textbox', { name: 'And asks for' })
  await asks.fill('lang = zh and (')
  await page.getByRole('button', { name: 'Publish' }).press('Enter')
  // The place and the reason stand at the field, and nothing was sent.
  await page.locator('.sum').waitFor()
  expect(await asks.getAttribute('aria-invalid')).toBe('true')
  await office.looksWell()
  await asks.fill('lang = zh')
  await step.locator('summary').press('Enter')
  await step.getByRole('textbox', { name: 'Tell the customer' }).fill('It takes a while.')

  const happenings = page.getByTestId('happening')
  expect(await happenings.count()).toBe(2)
  expect(await happenings.nth(1).textContent()).toMatch(
    /After 0:30[\s\S]*waits in Desk, for: lang = zh[\s\S]*It takes a while/,
  )

  await page.getByRole('button', { name: 'Publish' }).press('Enter')
  const published = page.getByTestId('published')
  await published.waitFor()
  // Nobody in the queue speaks Chinese, and the wait has no end.
  expect(await published.getByRole('listitem').count()).toBe(2)
  await office.looksWell()
  await page.reload()
  await step.waitFor()
  expect(await asks.inputValue()).toBe('lang = zh')
  await office.close()
})

test('RT16: the editor fits a phone, in Chinese and the dark; who was slower is told so and loads what is published', async () => {
  const { origin } = inject('product')
  const company = await Company.open('w64', inject('product'), makeConfig())
  const office = await Office.signIn(browser, origin, 'w64', 'olga', { locale: 'zh-CN', dark: true, width: 360 })
  const { page } = office
  await office.goTo('plans/chat', 'plans')
  await page.getByTestId('step').waitFor()
  await page.getByRole('button', { name: '添加步骤' }).click()
  await page.getByRole('button', { name: '添加条件' }).nth(1).click()
  await office.looksWell()
  await company.administrator.configure({ ...makeConfig(), organisation: 'Somebody was faster' })
  await page.getByRole('button', { name: '发布' }).click()
  await page.getByRole('button', { name: '载入当前已发布的版本' }).click()
  await page.locator('.sum').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '发布' }).click()
  await page.getByTestId('published').waitFor()
  await office.looksWell()
  await office.close()
})

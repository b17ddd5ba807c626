/** The chat's look at the console: a form, and beside it the chat itself as it would be. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { makeConfig } from './kit/companies.ts'
import { Company } from './kit/company.ts'
import { Office } from './kit/office.ts'
import { startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const config: ConfigInput = {
  ...makeConfig(),
  attributes: { customer: { company: { name: 'Company', type: 'text' } }, conversation: {} },
}
/** What the frame in the preview shows. */
const preview = (page: Page) => page.getByTestId('preview').locator('iframe').contentFrame()

test('OF8: the chat beside the form is what the form says before it is saved, and saving publishes it', async () => {
  const { origin } = inject('product')
  await Company.open('w29', inject('product'), config)
  const office = await Office.signIn(browser, origin, 'w29', 'mara')
  const { page } = office
  await office.goTo('organisation/widget', 'organisation')
  await preview(page).getByTestId('composer').waitFor()
  expect(await page.getByTestId('once').inputValue()).toBe(
    `<script async src="${new URL(origin).origin}/widget.js" data-organisation="w29"></script>`,
  )

  await page.getByLabel('A colour of our own').check()
  await page.locator('input[name="colours.accent"]').fill('#ffee99')
  await page.getByText('It hardly stands out').waitFor()
  await page.getByText('Black is written on it').waitFor()
  await page.locator('input[name="texts.en.title"]').fill('Ask <b>us</b>')
  const title = preview(page).getByRole('heading', { name: 'Ask <b>us</b>' })
  await title.waitFor()
  expect(await title.evaluate((node) => getComputedStyle(node.closest('header') ?? node).backgroundColor)).toBe(
    'rgb(255, 238, 153)',
  )
  await page.getByRole('button', { name: 'Ask for something' }).press('Enter')
  await page.getByRole('button', { name: 'Ask for something' }).press('Enter')
  await page.locator('select[name="preChat.1.field"]').selectOption('customer.company')
  await page.locator('input[name="preChat.1.label.zh"]').fill('您的公司')
  await preview(page).getByLabel('Company').waitFor()
  await page.getByRole('button', { name: 'Field 2 up' }).press('Enter')
  await page.getByTestId('preview').getByRole('button', { name: '中文' }).press('Enter')
  await preview(page).getByLabel('您的公司').waitFor()
  await page.getByTestId('preview').getByRole('button', { name: 'Talk' }).press('Enter')
  await preview(page).getByText('请问是哪一款').waitFor()
  await office.looksWell()

  const side = page.locator('input[name="offset.side"]')
  await side.fill('9999')
  await page.locator('form button[type="submit"]').click()
  await page.locator('input[name="offset.side"][aria-invalid="true"]').waitFor()
  await side.fill('30')
  await page.locator('form button[type="submit"]').click()
  await page.getByText('Saved').waitFor()
  await page.reload()
  await preview(page).getByLabel('Company').waitFor()
  expect(await page.locator('select[name="preChat.0.field"]').inputValue()).toBe('customer.company')
  expect(await side.inputValue()).toBe('30')
  await office.close()
})

test('OF8: on a phone, in Chinese and the dark', async () => {
  const { origin } = inject('product')
  await Company.open('w29', inject('product'), config)
  const office = await Office.signIn(browser, origin, 'w29', 'olga', { locale: 'zh-CN', dark: true, width: 360 })
  await office.goTo('organisation/widget', 'organisation')
  await preview(office.page).getByTestId('composer').waitFor()
  await office.looksWell()
  await office.goTo('organisation/customers', 'organisation')
  await office.page.locator('[data-key="company"]').waitFor()
  await office.goTo('organisation/rules', 'organisation')
  await office.page.locator('input[name="own.chat"]').check()
  await office.page.locator('input[name="retention.channels.chat"]').waitFor()
  await office.looksWell()
  await office.close()
})

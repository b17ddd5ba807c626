/** The organisation's settings at the console: a queue, opening hours, and two people who publish at the same time. */
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

test('OF1 OF7: a queue is added to a plan; who was slower keeps what was typed and puts it on top', async () => {
  const { origin } = inject('product')
  const company = await Company.open('w61', inject('product'), makeConfig())
  const office = await Office.signIn(browser, origin, 'w61', 'olga')
  const { page } = office
  await office.goTo('organisation/queues', 'organisation')
  await page.getByTestId('entry').first().waitFor()
  await office.looksWell()
  await office.goTo('organisation/queues/~new', 'organisation')
  const name = page.locator('input[name="name"]')
  await name.press('Enter')
  await page.locator('input[name="name"][aria-invalid="true"]').waitFor()
  await office.looksWell()
  await name.fill('Repairs')
  // Meanwhile somebody else publishes.
  await company.administrator.configure({ ...makeConfig(), tags: { late: { name: 'Late' } } })
  await name.press('Enter')
  await page.locator('.sum').filter({ hasText: 'Somebody else' }).waitFor()
  expect(await name.inputValue()).toBe('Repairs')
  await name.press('Enter')
  await page.waitForURL(/queues\/repairs$/)
  await page.reload()
  await page.locator('input[name="name"]').waitFor()
  expect(await page.locator('input[name="chat"]').isChecked()).toBe(true)
  await office.goTo('organisation/tags', 'organisation')
  await page.locator('[data-key="late"]').waitFor()

  // A queue that a plan needs cannot go; one that it does not can.
  await office.goTo('organisation/queues/repairs', 'organisation')
  await page.locator('input[name="name"]').waitFor()
  await page.locator('form .btn.sm.line').click()
  await page.locator('form .btn.danger').click()
  await page.waitForURL(/organisation\/queues$/)
  await page.locator('[data-key="desk"] a').click()
  await page.locator('form .btn.sm.line').click()
  await page.locator('form .btn.danger').click()
  await page.locator('.sum').waitFor()
  await office.looksWell()
  await office.close()
})

test('OF7: opening hours with a wrong time are refused at the day, on a phone, in Chinese and the dark', async () => {
  const { origin } = inject('product')
  await Company.open('w61', inject('product'), makeConfig())
  const office = await Office.signIn(browser, origin, 'w61', 'mara', { locale: 'zh-CN', dark: true, width: 360 })
  const { page } = office
  await office.goTo('organisation/hours/~new', 'organisation')
  await page.locator('input[name="key"]').fill('Shop')
  const monday = page.locator('fieldset').first()
  await monday.locator('input').first().fill('25:00')
  await page.locator('form button[type="submit"]').click()
  await monday.locator('.err').waitFor()
  await office.looksWell()
  await monday.locator('input').first().fill('08:30')
  await page.locator('form button[type="submit"]').click()
  await page.waitForURL(/hours\/shop$/)
  await page.reload()
  expect(await monday.locator('input').first().inputValue()).toBe('08:30')
  await office.looksWell()
  await office.close()
})

test('OF7 VI1: a canned reply and a field of some roles are set up, on a phone, in Chinese and the dark', async () => {
  const { origin } = inject('product')
  await Company.open('w61', inject('product'), makeConfig())
  const office = await Office.signIn(browser, origin, 'w61', 'olga', { locale: 'zh-CN', dark: true, width: 360 })
  const { page } = office
  await office.goTo('organisation/replies/~new', 'organisation')
  await page.locator('input[name="shortcut"]').fill('hi')
  await page.locator('textarea[name="text"]').fill('Dear {{customer.pet}}')
  await page.locator('input[name="shortcut"]').press('Enter')
  await page.locator('textarea[name="text"][aria-invalid="true"]').waitFor()
  await office.looksWell()
  await page.locator('textarea[name="text"]').fill('Dear {{customer.name}}')
  await page.locator('input[name="shortcut"]').press('Enter')
  await page.waitForURL(/replies\/hi$/)

  await office.goTo('organisation/fields/~new', 'organisation')
  await page.locator('input[name="name"]').fill('Risk')
  await page.locator('input[name="supervisor"]').check()
  await office.looksWell()
  await page.locator('input[name="name"]').press('Enter')
  await page.waitForURL(/fields\/risk$/)
  await page.reload()
  await page.locator('input[name="name"]').waitFor()
  const chosen = page.locator('fieldset', { has: page.locator('input[name="supervisor"]') }).locator('input:checked')
  expect(await chosen.evaluateAll((ticks) => ticks.map((tick) => tick.getAttribute('name')))).toEqual(['supervisor'])
  await office.goTo('organisation/replies/hi', 'organisation')
  await page.locator('textarea[name="text"]').waitFor()
  expect(await page.locator('textarea[name="text"]').inputValue()).toBe('Dear {{customer.name}}')
  await office.close()
})

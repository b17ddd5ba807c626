/** Staff at the console: somebody new comes in by a link, gets work, and goes; teams are made. */
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

test('OF1 OF4 PE7: a manager adds somebody, who comes in by the link, gets work, and is deactivated', async () => {
  const { origin } = inject('product')
  await Company.open('w59', inject('product'), makeConfig())
  const office = await Office.signIn(browser, origin, 'w59', 'mara')
  const { page } = office
  await office.goTo('staff/people/~add', 'staff')
  await page.locator('input[name="name"]').fill('Nia Adeyemi')
  await page.locator('input[name="email"]').fill('ada@w59.example')
  await page.locator('input[name="email"]').press('Enter')
  // Ada's: the field says so, and what was typed is still there.
  await page.locator('input[name="id"][aria-invalid="true"]').waitFor()
  await office.looksWell()
  await page.locator('input[name="email"]').fill('nia@w59.example')
  await page.locator('input[name="email"]').press('Enter')
  const link = await page.getByTestId('once').inputValue()
  await office.looksWell()
  await page.locator('a.btn.primary').click()
  await page.locator('select[name="queues.desk"]').selectOption('5')
  await page.locator('form').last().locator('button[type="submit"]').click()
  await page.locator('form').last().locator('[role="status"]').filter({ hasText: /\S/ }).waitFor()
  await office.looksWell()
  await page.reload()
  await page.locator('select[name="queues.desk"]').waitFor()
  expect(await page.locator('select[name="queues.desk"]').inputValue()).toBe('5')

  const door = await Office.enter(browser, link, { locale: 'zh-CN', dark: true, width: 360 })
  const password = door.page.locator('input[type="password"]')
  await password.fill('too short')
  await password.press('Enter')
  await door.page.locator('input[aria-invalid="true"]').waitFor()
  await door.looksWell()
  await password.fill('a password of her own')
  await password.press('Enter')
  await door.page.locator('[data-testid="join"][data-step="done"] button').click()
  await door.fillIn('nia@w59.example', 'a password of her own')
  await door.page.getByTestId('presence').waitFor()
  await door.page.goto(link)
  await door.page.locator('[data-testid="join"][data-step="over"]').waitFor()
  await door.looksWell()
  await door.page.goto(`${origin}/#/`)
  await door.page.getByTestId('presence').waitFor()

  await page.locator('input[name="active"]').click()
  await page.locator('form').first().locator('button[type="submit"]').click()
  await door.page.locator('input[name="password"]').waitFor()
  await office.goTo('staff', 'staff')
  await page.locator('[data-member="nia"]').filter({ hasText: 'Deactivated' }).waitFor()
  await office.looksWell()
  await door.close()
  await office.close()
})

test('OF1 OF4: a team is made on a phone in Chinese and the dark; a supervisor sees the staff and changes nobody', async () => {
  const { origin } = inject('product')
  await Company.open('w60', inject('product'), makeConfig())
  const office = await Office.signIn(browser, origin, 'w60', 'olga', { locale: 'zh-CN', dark: true, width: 360 })
  const { page } = office
  await office.goTo('staff/teams', 'staff')
  await page.getByTestId('empty').waitFor()
  await page.locator('input[name="teams"]').fill('华北')
  await page.locator('input[name="teams"]').press('Enter')
  await page.getByTestId('team').filter({ hasText: '华北' }).waitFor()
  await office.looksWell()
  await page.reload()
  await page.getByTestId('team').filter({ hasText: '华北' }).waitFor()
  await office.goTo('staff', 'staff')
  await page.getByTestId('member').first().waitFor()
  await office.looksWell()
  await office.close()

  const sia = await Office.signIn(browser, origin, 'w60', 'sia')
  await sia.goTo('staff', 'staff')
  await sia.page.getByTestId('member').first().waitFor()
  expect(await sia.page.locator('main a').count()).toBe(0)
  await sia.goTo('staff/people/ada', 'staff')
  await sia.page.getByTestId('forbidden').waitFor()
  await sia.close()
})

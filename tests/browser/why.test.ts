/** "Why?" at the console: of a contact that waits, and of one that somebody has. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Office } from './kit/office.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('EX4: a supervisor reads why a contact waits, and later why its agent got it', async () => {
  await using stage = await Stage.set(browser, 'w70')
  const customer = await stage.customer()
  await customer.say('Is anybody there?')
  await customer.place(1)
  const looks = { locale: 'zh-CN', width: 360, dark: true } as const
  const office = await Office.signIn(browser, inject('product').origin, 'w70', 'sia', looks)
  const { page } = office
  await page.getByTestId('waiting').first().click()
  const why = page.getByTestId('why')
  await why.locator('summary').focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-testid="why-is"][data-is="waiting"]').waitFor()
  await page.getByText('没有客服登录此队列').waitFor()
  await office.looksWell()

  const ada = await stage.agent('ada')
  const conversation = await ada.accept()
  await page.locator('[data-status="talking"]').waitFor()
  await page.getByTestId('about').locator('summary').first().click()
  await why.locator('summary').click()
  await page.getByTestId('decided').waitFor()
  expect(await page.getByTestId('explained').textContent()).toContain('没有其他人可以接待')
  await office.looksWell()
  await office.close()
  await stage.agree(conversation, [customer, ada], { order: ['Is anybody there?'] })
})

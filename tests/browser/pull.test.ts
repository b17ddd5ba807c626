/** Whether agents take from a queue's list is chosen in the queue's form, and holds at once for who waits and who works. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Office } from './kit/office.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('RM5 OF7: a queue is given over to its agents’ own choice, and taken back, while somebody waits in it', async () => {
  await using stage = await Stage.set(browser, 'w81')
  const [customer, ada] = await Promise.all([stage.customer(), stage.agent('ada')])
  await ada.setPresence('busy')
  await customer.say('I wait')
  await ada.sees('waiting')
  expect(await ada.part('take').count()).toBe(0)

  const office = await Office.signIn(browser, inject('product').origin, 'w81', 'mara', {
    ...{ width: 360, dark: true, locale: 'zh-CN' },
  })
  const { page } = office
  await office.goTo('organisation/queues/desk', 'organisation')
  const choose = async (pull: '' | 'beside' | 'only') => {
    await page.locator('select[name="pull"]').selectOption(pull)
    await page.locator('form button[type="submit"]').click()
    await page.locator('form [role="status"]').filter({ hasText: /\S/ }).waitFor()
  }
  await choose('only')
  await office.looksWell()
  // Nothing rings, and the button is there without a reload.
  await ada.sees('take')
  await ada.setPresence('available')
  await page.reload()
  await page.locator('select[name="pull"]').waitFor()
  expect(await page.locator('select[name="pull"]').inputValue()).toBe('only')
  expect(await ada.part('offer').count()).toBe(0)
  await ada.accessible()
  await ada.part('take').click()
  await customer.status('talking')
  await ada.say('Chosen')
  await customer.shows(['I wait', 'Chosen'])

  const second = await stage.customer()
  await second.say('I wait too')
  await ada.sees('take')
  await choose('')
  await ada.accept()
  await second.status('talking')
  await ada.seesNo('take')
  await office.close()
})

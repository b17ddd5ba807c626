/** How contacts ring and how staff sign in, set up at the console. */
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

test('OF9 SC15: work is set up in seconds, wrong values stand at their fields, and only administrators say how people sign in', async () => {
  const { origin } = inject('product')
  const company = await Company.open('w98', inject('product'), makeConfig())
  const manager = await Office.signIn(browser, origin, 'w98', 'mara', { locale: 'zh-CN', dark: true, width: 360 })
  const { page } = manager
  await manager.goTo('organisation/work', 'organisation')
  await page.locator('input[name="timings.ring"]').fill('-2')
  await page.locator('form button[type="submit"]').click()
  await page.locator('input[name="timings.ring"][aria-invalid="true"]').waitFor()
  await manager.looksWell()
  await page.locator('input[name="timings.ring"]').fill('25')
  await page.locator('textarea[name="declineReasons"]').fill('Not my field\nA break')
  await page.locator('form button[type="submit"]').click()
  await page.locator('form [role="status"]:not(:empty)').waitFor()
  const { timings, declineReasons } = await company.administrator.config()
  expect({ ring: timings.ring, declineReasons }).toEqual({
    ring: 25_000,
    declineReasons: ['Not my field', 'A break'],
  })
  expect(await page.locator('.pages a[href$="/access"]').count()).toBe(0)
  await manager.close()

  const administrator = await Office.signIn(browser, origin, 'w98', 'olga')
  const form = administrator.page
  await administrator.goTo('organisation/access', 'organisation')
  await form.locator('input[name="idle"]').fill('45')
  await form.locator('input[name="own.oidc"]').check()
  await form.locator('input[name="oidc.clientId"]').fill('parley')
  await form.locator('form button[type="submit"]').click()
  await form.locator('input[name="oidc.issuer"][aria-invalid="true"]').waitFor()
  await administrator.looksWell()
  await form.locator('input[name="oidc.issuer"]').fill('https://login.example.com')
  await form.locator('form button[type="submit"]').click()
  await form.locator('form [role="status"]:not(:empty)').waitFor()
  expect((await company.administrator.config()).policies.session).toMatchObject({
    idle: 45 * 60_000,
    oidc: { issuer: 'https://login.example.com', clientId: 'parley' },
  })
  await administrator.close()
})

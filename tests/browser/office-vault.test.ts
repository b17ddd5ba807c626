/** Keys and secrets at the console: a key is shown once and revoked for good, a secret is never seen again. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { heldFetch } from '../support/held-fetch.ts'
import { makeConfig } from './kit/companies.ts'
import { Company } from './kit/company.ts'
import { Office } from './kit/office.ts'
import { startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('OF1 OF5: an administrator makes a key with the keyboard, and revokes it', async () => {
  const { origin } = inject('product')
  await Company.open('w57', inject('product'), makeConfig())
  const office = await Office.signIn(browser, origin, 'w57', 'olga')
  const { page } = office
  await page.getByTestId('account').focus()
  await page.keyboard.press('g')
  await page.keyboard.press('k')
  await page.getByTestId('vault').waitFor()
  await page.getByTestId('empty').waitFor()
  await office.looksWell()

  await page.locator('summary').focus()
  await page.keyboard.press('Enter')
  await page.locator('input[name="name"]').press('Enter')
  // Nothing was filled in: it says so at both fields, and nothing was sent.
  await page.locator('.sum').waitFor()
  expect(await page.locator('input[name="name"]').getAttribute('aria-invalid')).toBe('true')
  await office.looksWell()
  await page.locator('input[name="name"]').fill('CRM')
  await page.locator('input[name="reports.read"]').focus()
  await page.keyboard.press('Space')
  await page.locator('input[name="name"]').press('Enter')
  const secret = await page.getByTestId('once').inputValue()
  expect(secret).toMatch(/^prl_w57_/)
  const asked = async () => {
    const headers = { authorization: `Bearer ${secret}` }
    return (await heldFetch(`${origin}/api/v1/reports/queues`, { headers })).status
  }
  expect(await asked()).toBe(200)
  await office.looksWell()

  await page.reload()
  const row = page.getByTestId('key')
  await row.waitFor()
  expect(await page.content()).not.toContain(secret)
  await row.locator('button').click()
  await row.locator('button.danger').click()
  await page.locator('[data-testid="key"][data-state="revoked"]').waitFor()
  expect(await asked()).toBe(401)
  await office.close()
})

test('OF1 OF5: a secret is set and taken away on a phone, in Chinese and the dark, and is in no page', async () => {
  const { origin } = inject('product')
  await Company.open('w57', inject('product'), makeConfig())
  const office = await Office.signIn(browser, origin, 'w57', 'olga', { locale: 'zh-CN', dark: true, width: 360 })
  const { page } = office
  await office.goTo('keys/secrets', 'vault')
  const secret = page.getByTestId('secret')
  await secret.locator('input').fill('a client secret')
  await secret.locator('input').press('Enter')
  await secret.locator('[data-set="true"]').waitFor()
  await office.looksWell()
  await page.reload()
  await secret.locator('[data-set="true"]').waitFor()
  expect(await page.content()).not.toContain('a client secret')
  expect(await secret.locator('input').inputValue()).toBe('')
  await office.close()
})

test('OF1: who may not be there is told so, and sees no way there', async () => {
  const { origin } = inject('product')
  await Company.open('w57', inject('product'), makeConfig())
  const office = await Office.signIn(browser, origin, 'w57', 'mara')
  const { page } = office
  await page.locator('nav.rail').waitFor()
  expect(await page.locator('nav.rail a[href^="#/keys"]').count()).toBe(0)
  await page.goto(`${origin}/#/keys`)
  await page.getByTestId('forbidden').waitFor()
  await office.looksWell()
  await office.close()
})

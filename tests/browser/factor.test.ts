/** A second factor as its owner has it: turned on at the screen, asked for at the door, and its codes for a lost phone. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fromBase32, totpAt } from '../../worker/auth/totp.ts'
import { Agent } from './kit/agent.ts'
import { expectAccessible } from './kit/axe.ts'
import { emailOf, makeConfig, password, type StaffId } from './kit/companies.ts'
import { Company } from './kit/company.ts'
import { startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

/** What a wrong code is answered with: where it is turned on, and at the door. */
const wrongCode = {
  'en-GB': { settings: 'This is not right.', door: 'This code is wrong, or was used already.' },
  'zh-CN': { settings: '输入有误。', door: '验证码有误，或已被使用。' },
}

/** What a phone would show `later` half minutes from now. */
const codeOf = (key: string, later = 0) => totpAt(fromBase32(key), Math.floor(Date.now() / 30_000) + later)

/** Nothing is wrong with the screen by WCAG 2.2 AA, and nothing of it lies beside a phone's. */
async function look(page: Page): Promise<void> {
  await expectAccessible(page.mainFrame())
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
}

/** Fills the form of the door; the code once it is asked for. */
async function enter(page: Page, who: StaffId, code: string): Promise<void> {
  await page.locator('#email').fill(emailOf('w25', who))
  await page.locator('#password').fill(password)
  await page.locator('form button[type="submit"]').first().click()
  await page.locator('#code').fill(code)
  await page.locator('form button[type="submit"]').first().click()
}

test.each([
  ['en-GB', 'ada'],
  ['zh-CN', 'ben'],
] as const)('SC9: is turned on, asked for, and replaced by a recovery code, on a phone in %s', async (locale, who) => {
  const { origin } = inject('product')
  await Company.open('w25', inject('product'), makeConfig())
  const context = await browser.newContext({ locale, viewport: { width: 360, height: 740 } })
  context.setDefaultTimeout(30_000)
  const agent = await Agent.signIn(context, origin, 'w25', who)
  const { page } = agent
  const value = page.locator('#security-value')
  const send = (text: string) => value.fill(text).then(() => value.press('Enter'))
  await page.goto(`${origin}/#/settings/security`)
  await value.waitFor()
  await look(page)
  await send(password)
  const key = (await page.getByTestId('factor-key').textContent()) ?? ''
  await look(page)
  await send('000000')
  const said = wrongCode[locale]
  await page.getByRole('alert').filter({ hasText: said.settings }).waitFor()
  await send(await codeOf(key, -1))
  await page.getByTestId('recovery-codes').waitFor()
  const codes = await page.getByTestId('recovery-codes').locator('code').allTextContents()
  expect(new Set(codes).size).toBe(10)
  await look(page)
  await page.locator('main button.primary').last().click()
  await page.getByTestId('factor-on').waitFor()
  await look(page)

  await agent.leave()
  await enter(page, who, '000000')
  await page.locator('#sign-in-trouble').filter({ hasText: said.door }).waitFor()
  await look(page)
  await page.locator('#code').fill(await codeOf(key))
  await page.locator('form button[type="submit"]').first().click()
  await page.locator('#code').waitFor({ state: 'detached' })

  await page.goto(`${origin}/#/settings/security`)
  await page.getByTestId('factor-on').waitFor()
  await agent.leave()
  await enter(page, who, codes[0] ?? '')
  await page.locator('#code').waitFor({ state: 'detached' })
  await page.goto(`${origin}/#/settings/security`)
  expect(await page.getByTestId('factor-on').textContent()).toContain('9')
  // As it was, for whoever comes next.
  await send(codes[1] ?? '')
  await page.getByTestId('factor-on').waitFor({ state: 'detached' })
  await context.close()
})

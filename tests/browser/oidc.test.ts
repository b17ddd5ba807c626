/** The company's own sign-in as somebody meets it: from the button by way of a real identity provider, and back. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { clientId, clientSecret, type RunningProvider, startProvider } from '../support/provider.ts'
import { expectAccessible } from './kit/axe.ts'
import { emailOf, makeConfig } from './kit/companies.ts'
import { Company } from './kit/company.ts'
import { SOON } from './kit/screen.ts'
import { startBrowser } from './kit/stage.ts'

const company = 'w53'
const accounts = {
  ada: { email: emailOf(company, 'ada'), email_verified: true },
  unverified: { email: emailOf(company, 'ada'), email_verified: false },
  stranger: { email: 'somebody@else.example', email_verified: true },
}

let browser: Browser
let provider: RunningProvider
beforeAll(async () => {
  const { origin, providerPort } = inject('product')
  browser = await startBrowser()
  provider = await startProvider(providerPort, [`${origin}/sign-in/oidc/${company}/callback`], accounts)
  const session = { oidc: { issuer: provider.issuer, clientId } }
  const opened = await Company.open(company, inject('product'), { ...makeConfig(), policies: { session } })
  await opened.administrator.setSecret('oidc', clientSecret)
})
afterAll(async () => {
  provider?.stop()
  await browser?.close()
})

/** From the button to the provider, and through its forms, as this login. */
async function goAs(page: Page, login: string): Promise<void> {
  await page.goto(inject('product').origin)
  await page.locator('details summary').click()
  await expectAccessible(page.mainFrame())
  await page.locator('#organisation').fill(company)
  await page.locator('#organisation').press('Enter')
  await page.waitForURL(`${provider.issuer}/**`)
  await page.locator('input[name="login"]').fill(login)
  await page.locator('input[name="password"]').fill('any')
  await page.locator('button[type="submit"]').click()
  // What it may tell of whoever this is.
  await page.locator('input[name="prompt"][value="consent"]').waitFor({ state: 'attached' })
  await page.locator('button[type="submit"]').click()
  await page.waitForURL(`${inject('product').origin}/**`)
}

async function newPage(): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' })
  context.setDefaultTimeout(SOON)
  return context.newPage()
}

test('SC12: the button leads to the provider, and who is staff comes back signed in and stays so', async () => {
  const page = await newPage()
  await goAs(page, 'ada')
  await page.getByTestId('presence').waitFor()
  expect(new URL(page.url()).search).toBe('')
  await page.reload()
  await page.getByTestId('presence').waitFor()
  const cookies = (await page.context().cookies()).filter(({ name }) => name.startsWith('__Host-parley'))
  expect(cookies.map(({ name }) => name).sort()).toEqual(['__Host-parley_device', '__Host-parley_session'])
  for (const cookie of cookies)
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
  await page.context().close()
})

test.each([
  ['unverified', 'has not verified your e-mail address'],
  ['stranger', 'Nobody here has that e-mail address'],
])('SC12: who is %s comes back to the form, which says why', async (login, words) => {
  const page = await newPage()
  await goAs(page, login)
  await page.locator('#sign-in-trouble').filter({ hasText: words }).waitFor()
  await expectAccessible(page.mainFrame())
  expect(await page.getByTestId('presence').count()).toBe(0)
  await page.context().close()
})

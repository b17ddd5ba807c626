/** Work of other media than chat: a message that was left, and what is set up for each kind. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { makeConfig, staff } from './kit/companies.ts'
import { Office } from './kit/office.ts'
import { SOON } from './kit/screen.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test.concurrent('MD7: a message rings as one, waits while its agent chats, and is answered and closed though nobody sits there', async () => {
  const config = makeConfig()
  const steps = [{ after: 0, queues: [{ queue: 'desk' }], offer: 'message' as const }]
  await using stage = await Stage.set(browser, 'w82', {
    config: {
      ...config,
      plans: { chat: { name: 'Chat', steps } },
      // One thing at a time, but for what can wait.
      agents: { ada: { name: staff.ada.name, queues: [{ queue: 'desk' }], total: 1 } },
    },
  })
  const writer = await stage.customer()
  await writer.say('Do you mend tents?')
  await writer.part('message-instead').click()
  const form = writer.part('leave-message')
  await form.getByLabel('Your name').fill('Mia')
  await form.getByLabel('Your e-mail address').fill('mia@example.com')
  await form.getByLabel('Your message').fill('It has a hole')
  await form.getByRole('button').click()
  await writer.shows(['Do you mend tents?', 'It has a hole'])
  await writer.page.close()

  const ada = await stage.agent('ada')
  const message = await ada.rung()
  await ada.part('offer').locator('[data-medium="message"]').waitFor()
  await ada.accessible()
  await ada.accept()
  const chatter = await stage.customer()
  await chatter.say('Quickly, please')
  const chat = await ada.accept()
  const item = ada.part('item', `[data-conversation="${message}"]`)
  await item.getByTestId('interrupted').waitFor()
  await item.locator('[data-medium="message"]').waitFor()
  await ada.say('Done')
  await ada.close()
  await ada.seesNo('item', `[data-conversation="${chat}"]`)
  await item.getByTestId('interrupted').waitFor({ state: 'detached' })
  await ada.open(message)
  await ada.say('We mend it')
  await ada.close()
  await stage.hasRecorded([
    { id: chat, status: 'closed' },
    { id: message, status: 'closed' },
  ])
})

test.concurrent('MD2 MD6: how much of each kind somebody does is set up in the office and at the console, and reports ask for one kind', async () => {
  await using stage = await Stage.set(browser, 'w83', { config: makeConfig() })
  const { origin } = inject('product')
  const ada = await stage.agent('ada')
  await ada.part('account').click()
  await vi.waitFor(async () => expect(await ada.part('capacity-mail').inputValue()).toBe('6'), {
    timeout: SOON,
    interval: 50,
  })
  const mara = await Office.signIn(browser, origin, 'w83', 'mara', { width: 360, dark: true, locale: 'zh-CN' })
  const { page } = mara
  await mara.goTo('organisation/media', 'organisation')
  await mara.looksWell()
  await page.locator('[data-testid="entry"][data-key="mail"] a').click()
  await page.locator('input[name="grace"]').fill('1')
  await page.locator('form button[type="submit"]').click()
  await page.locator('form .err').filter({ hasText: /\S/ }).waitFor()
  await mara.looksWell()
  await page.locator('input[name="grace"]').fill('600')
  await page.locator('input[name="capacity"]').fill('9')
  await page.locator('input[name="most"]').fill('9')
  await page.locator('form button[type="submit"]').click()
  await page.locator('form [role="status"]').filter({ hasText: /\S/ }).waitFor()
  // The agent's own screen hears of it; more than the bound is refused, and the field shows what holds.
  await vi.waitFor(async () => expect(await ada.part('capacity-mail').inputValue()).toBe('9'), {
    timeout: SOON,
    interval: 50,
  })
  await ada.part('capacity-mail').fill('10')
  await ada.part('capacity-mail').press('Enter')
  await vi.waitFor(async () => expect(await ada.part('capacity-mail').inputValue()).toBe('9'), {
    timeout: SOON,
    interval: 50,
  })
  await ada.accessible()
  await mara.goTo('staff/people/ada', 'staff')
  await page.locator('input[name="capacity.mail"]').fill('2')
  await page.locator('form').last().locator('button[type="submit"]').click()
  await vi.waitFor(async () => expect(await ada.part('capacity-mail').inputValue()).toBe('2'), {
    timeout: SOON,
    interval: 50,
  })
  await mara.goTo('reports/queues', 'reports')
  await page.getByTestId('report-medium').selectOption('message')
  await vi.waitFor(() => expect(page.url()).toContain('medium=message'), { timeout: SOON, interval: 50 })
  await mara.looksWell()
  await mara.close()
})

/** Who the chat takes somebody for, and what is left of them in the browser when they go. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { Line } from './kit/line.ts'
import { SOON } from './kit/screen.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test.concurrent('a user of the shop stays that user while the shop cannot say who it is', async () => {
  await using line = await Line.to(inject('product').origin)
  await using stage = await Stage.set(browser, 'w19', { customerOrigin: line.origin })
  const customer = await stage.user('Mia Berger')
  await customer.say('I am Mia')
  await customer.shows(['I am Mia'])
  let asked = 0
  await customer.page.route('**/chat-user', (route) => {
    asked++
    return route.fulfill({ status: 500 })
  })
  line.silence()
  await customer.noticesLoss()
  await customer.say('meanwhile')
  line.heal()
  await vi.waitFor(() => expect(asked).toBeGreaterThan(1), { timeout: SOON })
  expect(await customer.lines()).toMatchObject([{ text: 'I am Mia' }, { text: 'meanwhile', state: 'sending' }])
  await customer.page.unroute('**/chat-user')
  await customer.link('live')
  await customer.shows(['I am Mia', 'meanwhile'])
})

test.concurrent('whom the shop signs out is forgotten, on a page where the window was not opened, and by the next page', async () => {
  await using stage = await Stage.set(browser, 'w27')
  for (const leaves of ['stays', 'goes at once']) {
    const customer = await stage.customer()
    const { page } = customer
    await customer.say('a secret')
    await customer.shows(['a secret'])
    await customer.part('composer').fill('a draft')
    await page.keyboard.press('Escape')
    await page.reload()
    await page.getByTestId('launcher').waitFor()
    if (leaves === 'stays') await page.evaluate('parley.shutdown()')
    else await page.evaluate('void parley.shutdown(), location.reload()').catch(() => {})
    await page.getByTestId('launcher').waitFor()
    await customer.openChat()
    await customer.status('new')
    await customer.shows([])
    expect(await customer.part('composer').inputValue()).toBe('')
  }
})

test.concurrent('Escape closes the window from within, and the launcher has the focus', async () => {
  await using stage = await Stage.set(browser, 'w26')
  const customer = await stage.customer()
  await customer.part('composer').press('Escape')
  const launcher = customer.page.getByTestId('launcher')
  await launcher.and(customer.page.locator(':focus')).waitFor()
  expect(await launcher.getAttribute('aria-expanded')).toBe('false')
})

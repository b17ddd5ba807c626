/** The orders of queues at the console: edited with a warning, held by the list of who waits, live; and how a team visits its queues. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Office } from './kit/office.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('RT19 RT20: a list by which the lower may wait for ever warns; who waits is shown in it at once', async () => {
  await using stage = await Stage.set(browser, 'w56')
  const [first, second] = [await stage.customer(), await stage.customer()]
  await first.say('I was first')
  await first.place(1)
  await second.say('I came later')
  await second.place(2)
  const { origin } = inject('product')
  const sia = await Office.signIn(browser, origin, 'w56', 'sia')
  const waiting = sia.page.locator('[data-testid="queue"][data-queue="desk"] [data-conversation]')
  await waiting.nth(1).waitFor()
  const shown = () => waiting.evaluateAll((all) => all.map((each) => each.getAttribute('data-conversation')))
  const before = await shown()

  const olga = await Office.signIn(browser, origin, 'w56', 'olga', { width: 360, dark: true })
  const { page } = olga
  await olga.goTo('organisation/queues/desk', 'organisation')
  await page.locator('select[name="contactOrder"]').selectOption('list')
  await page.getByTestId('starves').filter({ hasText: 'for ever' }).waitFor()
  const list = page.getByTestId('ranked-contactOrder.list')
  await list.locator('xpath=following-sibling::select').selectOption('waiting asc')
  await list.locator('[data-id="waiting asc"] button').first().click()
  expect(await list.locator('li').evaluateAll((all) => all.map((each) => each.getAttribute('data-id')))).toEqual([
    'waiting asc',
    'priority desc',
  ])
  await olga.looksWell()
  await page.locator('form button[type="submit"]').click()
  await page.locator('form [role="status"]').filter({ hasText: 'Saved' }).waitFor()
  await sia.page.waitForFunction((last) => {
    const top = document.querySelector('[data-testid="queue"][data-queue="desk"] [data-conversation]')
    return top?.getAttribute('data-conversation') === last
  }, before[1])
  expect(await shown()).toEqual([...before].reverse())

  await olga.goTo('staff/teams', 'staff')
  await page.locator('input[name="teams"]').fill('North')
  await page.locator('input[name="teams"]').press('Enter')
  await page.getByTestId('visits').selectOption('order')
  await page.reload()
  await page.getByTestId('visits').waitFor()
  expect(await page.getByTestId('visits').inputValue()).toBe('order')
  await olga.looksWell()
  await olga.goTo('staff/people/ada', 'staff')
  await page.locator('select[name="strict"]').selectOption('order')
  await page.locator('form').last().locator('button[type="submit"]').click()
  await page.locator('form').last().locator('[role="status"]').filter({ hasText: /\S/ }).waitFor()
  await olga.looksWell()
  await Promise.all([sia.close(), olga.close()])
})

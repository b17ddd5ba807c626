/** What supervisors and agents see of who has what: given by hand on the floor, and waiting for a call. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Agent } from './kit/agent.ts'
import { expectAccessible } from './kit/axe.ts'
import { Office } from './kit/office.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('AG15: who waits is given to an agent, who says why not, or has it', async () => {
  await using stage = await Stage.set(browser, 'w75')
  const ada = await stage.agent('ada')
  await ada.setPresence('busy')
  const customer = await stage.customer()
  await customer.say('Is anybody there?')
  const office = await Office.signIn(browser, inject('product').origin, 'w75', 'sia')
  const { page } = office
  await office.goTo('floor', 'floor')
  await page.locator('[data-queue="desk"] button[aria-expanded="false"]').click()
  const contact = page.getByTestId('by-hand').locator('tr[data-conversation]')
  const give = async (agent: string, force: boolean) => {
    await contact.locator('select').selectOption(agent)
    await contact.locator('input[type="checkbox"]').setChecked(force)
    await contact.locator('button[type="submit"]').click()
  }
  const became = (is: string) => contact.locator(`[data-testid="given"][data-is="${is}"]`)
  await give('ben', true)
  await became('refused').filter({ hasText: 'the console is away' }).waitFor()
  await give('ada', false)
  await became('refused').filter({ hasText: 'is not available' }).waitFor()
  await office.looksWell()
  await give('ada', true)
  await became('rings').waitFor()
  const conversation = await ada.accept()
  await became('taken').waitFor()
  expect(await contact.getAttribute('data-conversation')).toBe(conversation)
  await customer.status('talking')
  await office.close()
})

/** No customer can call yet: what the actors would say of a call is put into their frames on the way. */
test('AG12: what waits for a call is marked in the list and beside the talk', async () => {
  await using stage = await Stage.set(browser, 'w75')
  const context = await stage.context({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' })
  await context.routeWebSocket(/\/connect\/(agent|conversation)\//, (page) => {
    const server = page.connectToServer()
    server.onMessage((message) =>
      page.send(
        String(message)
          .replaceAll('"state":"owned"', '"state":"owned","interrupted":1')
          .replaceAll('"interrupted":null', '"interrupted":{"since":1}'),
      ),
    )
  })
  const ada = await Agent.signIn(context, inject('product').origin, 'w75', 'ada')
  await ada.setPresence('available')
  const customer = await stage.customer()
  await customer.say('hello')
  const conversation = await ada.accept()
  await ada.page.locator(`[data-conversation="${conversation}"] [data-testid="interrupted"]`).waitFor()
  await ada.page.getByTestId('interrupted-line').filter({ hasText: 'goes on by itself' }).waitFor()
  await expectAccessible(ada.page.mainFrame())
})

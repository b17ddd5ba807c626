/** Words that should not have been written are taken away before everybody's eyes. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeConfig, staff } from './kit/companies.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('LD11: who leads removes a message from its menu; both pages show at once, and after a reload, that it is gone', async () => {
  const config = makeConfig()
  const agents = { ...config.agents, olga: { name: staff.olga.name, queues: [{ queue: 'desk', level: 1 }] } }
  await using stage = await Stage.set(browser, 'w52', { config: { ...config, agents } })
  const { customer, agent, conversation } = await stage.talk()
  await customer.say('My card is 4111 1111 1111 1111')
  await agent.shows(['hello', 'My card is 4111 1111 1111 1111'])
  // An agent may split, but not remove.
  await agent.part('more').last().click()
  expect(await agent.part('remove').count()).toBe(0)

  const leader = await stage.agent('olga')
  await leader.page.goto(`${new URL(leader.page.url()).origin}/#/conversation/${conversation}`)
  await leader.shows(['hello', 'My card is 4111 1111 1111 1111'])
  await leader.part('more').last().press('Enter')
  await leader.part('remove').press('Enter')
  await leader.accessible()
  await leader.part('remove-why').selectOption('payment')
  await leader.part('remove-confirm').press('Enter')

  for (const screen of [leader, agent, customer]) {
    await screen.sees('entry', '[data-type="removed"]')
    await screen.shows(['hello'])
    expect((await screen.part('entry').allTextContents()).join()).not.toContain('4111')
    await screen.accessible()
  }
  expect(await customer.part('entry', '[data-type="removed"]').textContent()).toContain('This message was removed')
  expect(await agent.part('entry', '[data-type="removed"]').textContent()).toContain('Removed by Olga Petrova')
  await customer.page.reload()
  await customer.openChat()
  await customer.shows(['hello'])
  await customer.sees('entry', '[data-type="removed"]')
})

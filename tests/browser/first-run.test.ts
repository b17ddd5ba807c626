/** Somebody who has never seen the console is led to their first talk. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Agent } from './kit/agent.ts'
import { makeConfig, staff } from './kit/companies.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('SS6: an empty console leads to the chat, to being available and to the first talk, and is quiet afterwards', async () => {
  const usual = makeConfig()
  const config = { ...usual, agents: { olga: { name: staff.olga.name, queues: [{ queue: 'desk', level: 1 }] } } }
  await using stage = await Stage.set(browser, 'w100', { config })
  const context = await stage.context()
  const { origin } = inject('product')
  const agent = await Agent.signIn(context, origin, 'w100', 'olga')
  const steps = agent.part('first-run').locator('li')
  await steps.first().waitFor()
  expect(await steps.count()).toBe(3)
  await agent.accessible()
  await steps.nth(0).getByRole('link', { name: 'Look and snippet' }).click()
  await agent.part('once').waitFor()
  expect(await agent.part('once').inputValue()).toContain('data-organisation="w100"')
  await agent.page.goBack()

  await steps.nth(1).getByRole('button').click()
  await agent.part('first-run').locator('li[data-done="true"]').waitFor()
  const [chat] = await Promise.all([
    context.waitForEvent('page'),
    steps.nth(0).getByRole('link', { name: 'Open the chat as a customer' }).click(),
  ])
  await chat.getByTestId('composer').fill('Is this thing on?')
  await chat.getByTestId('composer').press('Enter')
  await agent.accept()
  await agent.say('It is')
  await chat.getByText('It is', { exact: true }).waitFor()
  await agent.seesNo('first-run')
  await agent.close()
  await agent.page.reload()
  await agent.page.getByText('The next contact rings here').last().waitFor()
  expect(await agent.part('first-run').count()).toBe(0)
})

/** The whole talk, behind a proxy that refuses every upgrade. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Stage, startBrowser } from './kit/stage.ts'
import { buildWall } from './kit/wall.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('W14: where a proxy refuses upgrades, all of it works by the long poll', async () => {
  await using wall = await buildWall(inject('product').origin)
  await using stage = await Stage.set(browser, 'w14', { customerOrigin: wall.origin, agentOrigin: wall.origin })
  // W1 and W2.
  const [customer, agent] = await Promise.all([stage.customer(), stage.agent('ada')])
  await Promise.all([customer.link('polling'), agent.link('polling')])
  await customer.say('Hello?')
  const conversation = await agent.accept()
  await customer.status('talking')
  await agent.say('Good morning')
  await customer.shows(['Hello?', 'Good morning'])

  // W3.
  await agent.sees('marks', '[data-mark="read"]')
  const typed = await customer.typeUntil(agent.sees('typing'))
  await customer.part('composer').press('Enter')
  await agent.seesNo('typing')
  await agent.shows(['Hello?', 'Good morning', typed])
  await customer.sees('marks', '[data-mark="read"]')

  // W8.
  await customer.say('Written before the reload')
  await Promise.all([customer.page.reload(), agent.page.reload()])
  await agent.sees('status', '[data-status="talking"]')
  await agent.say('After it')
  await customer.say('Me too')
  await agent.shows(await customer.settled(6))

  // W6.
  await agent.close()
  await customer.status('closed')
  await agent.sees('status', '[data-status="closed"]')
  await stage.agree(conversation, [customer, agent], {
    customer: ['Hello?', typed, 'Written before the reload', 'Me too'],
    agent: ['Good morning', 'After it'],
  })
  await Promise.all([customer.link('polling'), agent.link('polling')])
  expect(wall.refused()).toBeGreaterThanOrEqual(4)
})

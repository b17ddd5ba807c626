/** One person on two devices. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('W12: two devices of the same signed-in shop user see the same talk', async () => {
  await using stage = await Stage.set(browser, 'w12')
  const [phone, agent] = await Promise.all([stage.user('Mia Berger'), stage.agent('ada')])
  await phone.say('From my phone')
  const conversation = await agent.accept()
  await agent.say('Hello Mia')
  const laptop = await stage.user('Mia Berger')
  await laptop.shows(['From my phone', 'Hello Mia'])
  await laptop.say('From my laptop')
  const order = ['From my phone', 'Hello Mia', 'From my laptop']
  await phone.shows(order)
  await agent.shows(order)
  await phone.say('and from my phone again')
  order.push('and from my phone again')
  await stage.agree(conversation, [phone, laptop, agent], { order })

  // Another user, and a visitor, see nothing of it.
  const others = await Promise.all([stage.user('Noah Tanaka'), stage.customer()])
  for (const other of others) {
    await other.status('new')
    await other.shows([])
  }
})

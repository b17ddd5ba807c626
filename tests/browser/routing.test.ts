/** Contacts that wait, ring in vain, and lose their agent. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeConfig } from './kit/companies.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test.concurrent('W4: an agent declines, and the contact goes back to its old place and rings elsewhere', async () => {
  await using stage = await Stage.set(browser, 'w4')
  const [first, second, ada] = await Promise.all([stage.customer(), stage.customer(), stage.agent('ada')])
  await first.say('I was here first')
  const conversation = await ada.rung()
  await ada.setPresence('busy')
  await second.say('and I second')
  await second.place(1)
  await ada.decline()
  await ada.seesNo('offer')
  await first.place(1)
  await second.place(2)
  const ben = await stage.agent('ben')
  await expect(ben.accept()).resolves.toBe(conversation)
  await ben.say('Sorry for the wait')
  await stage.agree(conversation, [first, ben], { order: ['I was here first', 'Sorry for the wait'] })
  const entries = await stage.company.administrator.recorded(conversation)
  expect(entries.map(({ body }) => body)).toContainEqual(
    expect.objectContaining({ type: 'declined', agent: 'ada', why: 'declined' }),
  )
})

test.concurrent('W5: an agent lets it ring out, and the contact goes back to its old place and rings elsewhere', async () => {
  await using stage = await Stage.set(browser, 'w5', { config: makeConfig({ ring: 8_000, capacity: 1 }) })
  const [first, second, ada] = await Promise.all([stage.customer(), stage.customer(), stage.agent('ada')])
  await first.say('I was here first')
  const conversation = await ada.rung()
  await second.say('and I second')
  await second.place(1)
  await ada.presence('away')
  await ada.seesNo('offer')
  await first.place(1)
  await second.place(2)
  const ben = await stage.agent('ben')
  await expect(ben.accept()).resolves.toBe(conversation)
  await ben.say('Sorry for the wait')
  await stage.agree(conversation, [first, ben], { order: ['I was here first', 'Sorry for the wait'] })
  const entries = await stage.company.administrator.recorded(conversation)
  expect(entries.map(({ body }) => body)).toContainEqual(
    expect.objectContaining({ type: 'declined', agent: 'ada', why: 'missed' }),
  )
})

test.concurrent('W7: the customer sees the place in the queue, and sees it move', async () => {
  await using stage = await Stage.set(browser, 'w7', { config: makeConfig({ capacity: 1 }) })
  const [first, second, third] = await Promise.all([stage.customer(), stage.customer(), stage.customer()])
  await first.say('first')
  await first.place(1)
  await second.say('second')
  await second.place(2)
  await third.say('third')
  await third.place(3)
  const ada = await stage.agent('ada')
  const conversation = await ada.accept()
  await first.seesNo('place')
  await second.place(1)
  await third.place(2)
  await second.leave()
  await second.status('closed')
  await third.place(1)
  await stage.agree(conversation, [first, ada], { order: ['first'] })
})

test.concurrent('W13: an agent whose console dies keeps the conversation for the grace; then it is offered to others', async () => {
  const grace = 9_000
  await using stage = await Stage.set(browser, 'w13', { config: makeConfig({ grace }) })
  const { customer, agent: ada, conversation } = await stage.talk('ada')
  const ben = await stage.agent('ben')
  await ada.say('One moment')
  await customer.shows(['hello', 'One moment'])
  const died = Date.now()
  await ada.page.context().close()
  await customer.say('I wait')
  await customer.shows(['hello', 'One moment', 'I wait'])
  await customer.status('talking')
  await expect(ben.rung(2 * grace)).resolves.toBe(conversation)
  expect(Date.now() - died).toBeGreaterThanOrEqual(grace)
  await customer.sees('entry', '[data-type="left"]')
  await ben.accept()
  await ben.say('Ben here')
  await stage.agree(conversation, [customer, ben], { order: ['hello', 'One moment', 'I wait', 'Ben here'] })
})

test.concurrent('W13: a console that comes back within the grace keeps its conversations', async () => {
  const grace = 12_000
  await using stage = await Stage.set(browser, 'w16', { config: makeConfig({ grace }) })
  const { customer, agent, conversation } = await stage.talk('ada')
  const ben = await stage.agent('ben')
  const over = Date.now() + grace
  await agent.page.close()
  await customer.say('Still there?')
  const back = await stage.secondAgentTab(agent)
  // High enough for all of it: of a conversation is drawn what is near the screen.
  await back.page.setViewportSize({ width: 1280, height: 12_000 })
  await back.open(conversation)
  const order = ['hello', 'Still there?']
  // They talk until the grace of the death is long over.
  while (Date.now() < over + 3_000) {
    order.push(`answer ${order.length}`, `question ${order.length}`)
    await back.say(order.at(-2) ?? '')
    await customer.shows(order.slice(0, -1))
    await customer.say(order.at(-1) ?? '')
    await back.shows(order)
  }
  expect(await ben.part('offer').count()).toBe(0)
  await back.owns(conversation)
  await stage.agree(conversation, [customer, back], { order })
  const entries = await stage.company.administrator.recorded(conversation)
  expect(entries.map(({ body }) => body.type)).not.toContain('lost')
})

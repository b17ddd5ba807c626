/** A customer and an agent talk: from the shop's page to the end of the conversation. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test.concurrent("W1: a person opens a shop's page, opens the chat widget and writes", async () => {
  await using stage = await Stage.set(browser, 'w1')
  const customer = await stage.customer()
  await customer.status('new')
  await customer.say('Do you mend tents?', 'Mine has a hole.')
  await customer.shows(['Do you mend tents?', 'Mine has a hole.'])
  await customer.status('waiting')
  const [conversation] = await stage.hasRecorded([
    { status: 'waiting', channel: 'chat', customer: { name: 'Visitor' }, owner: null },
  ])
  await stage.agree(conversation?.id ?? '', [customer], { order: ['Do you mend tents?', 'Mine has a hole.'] })
})

test.concurrent('W2: the contact rings at the console of an available agent, who accepts, and they talk', async () => {
  await using stage = await Stage.set(browser, 'w2')
  const [customer, agent] = await Promise.all([stage.customer(), stage.agent('ada')])
  await customer.say('Hello?')
  const conversation = await agent.rung()
  await customer.status('waiting')
  expect(await agent.accept()).toBe(conversation)
  await customer.status('talking')
  const order = ['Hello?', 'Good morning', 'I look for a tent', 'For two?', 'For three']
  await agent.shows(['Hello?'])
  await agent.say('Good morning')
  await customer.shows(order.slice(0, 2))
  await customer.say('I look for a tent')
  await agent.shows(order.slice(0, 3))
  await agent.say('For two?')
  await customer.shows(order.slice(0, 4))
  await customer.say('For three')
  await stage.agree(conversation, [customer, agent], { order })
})

test.concurrent('W3: each side sees the other typing, and whether its words were delivered and read', async () => {
  await using stage = await Stage.set(browser, 'w3')
  const { customer, agent, conversation } = await stage.talk()
  await customer.sees('marks', '[data-mark="read"]')

  await customer.typeUntil(agent.sees('typing'))
  await customer.part('composer').fill('')
  await agent.seesNo('typing')

  const typed = await agent.typeUntil(customer.sees('typing'))
  await agent.part('composer').press('Enter')
  await customer.seesNo('typing')
  await agent.sees('marks', '[data-mark="read"]')

  // With its window closed the chat still takes in what comes; it is read when somebody looks.
  await customer.page.getByTestId('launcher').click()
  await agent.say('Are you there?')
  await agent.sees('marks', '[data-mark="delivered"]')
  await customer.page.getByTestId('launcher').click()
  await agent.sees('marks', '[data-mark="read"]')

  // The console of an agent who looks elsewhere takes it in too.
  await agent.lookAway()
  await customer.say('Here I am')
  await customer.sees('marks', '[data-mark="delivered"]')
  await agent.lookAgain()
  await customer.sees('marks', '[data-mark="read"]')
  await stage.agree(conversation, [customer, agent], { order: ['hello', typed, 'Are you there?', 'Here I am'] })
})

test.concurrent('W6: the agent closes the conversation, and both sides see it closed', async () => {
  await using stage = await Stage.set(browser, 'w6')
  const { customer, agent, conversation } = await stage.talk()
  await agent.say('Goodbye')
  await customer.shows(['hello', 'Goodbye'])
  await agent.close()
  await customer.status('closed')
  await customer.sees('entry', '[data-type="closed"]')
  await agent.sees('status', '[data-status="closed"]')
  await agent.sees('entry', '[data-type="closed"]')
  await agent.seesNo('item', `[data-conversation="${conversation}"]`)
  await stage.agree(conversation, [customer, agent], { order: ['hello', 'Goodbye'] })
  await stage.hasRecorded([{ id: conversation, status: 'closed', owner: null }])
})

test.concurrent('W8: both pages reload in the middle, and no word is lost, doubled or out of order', async () => {
  await using stage = await Stage.set(browser, 'w8')
  const { customer, agent, conversation } = await stage.talk()
  await agent.say('one')
  // Nobody waits for these to be sent.
  await customer.say('two', 'three')
  await customer.page.reload()
  await agent.say('four')
  await agent.page.reload()
  await customer.sees('composer')
  await agent.owns(conversation)
  await customer.say('five')
  await agent.sees('status', '[data-status="talking"]')
  await agent.say('six')
  await stage.agree(conversation, [customer, agent], {
    customer: ['hello', 'two', 'three', 'five'],
    agent: ['one', 'four', 'six'],
  })
})

test.concurrent('W10: both open a second tab, see the same talk in both, and write in both', async () => {
  await using stage = await Stage.set(browser, 'w10')
  const { customer, agent, conversation } = await stage.talk()
  const secondCustomer = await stage.secondCustomerTab(customer)
  const secondAgent = await stage.secondAgentTab(agent)
  await secondAgent.open(conversation)
  await secondAgent.sees('status', '[data-status="talking"]')
  const order = ['hello']
  for (const [writer, text] of [
    [secondCustomer, 'from my second tab'],
    [secondAgent, 'so is this'],
    [customer, 'from my first tab'],
    [agent, 'the same here'],
  ] as const) {
    await writer.say(text)
    order.push(text)
    for (const screen of [customer, agent, secondCustomer, secondAgent]) await screen.shows(order)
  }
  await stage.agree(conversation, [customer, agent, secondCustomer, secondAgent], { order })
})

test.concurrent('W12: two devices of the same signed-in shop user see the same talk', async () => {
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

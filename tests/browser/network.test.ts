/** The network fails, or lets only part of it through, and the talk goes on by itself. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { makeConfig } from './kit/companies.ts'
import { Line } from './kit/line.ts'
import { Stage, startBrowser } from './kit/stage.ts'
import { buildWall } from './kit/wall.ts'

const MINUTE = 60_000
/** Resolves when the clock shows `time` (ms): the length of the outage is what is tried. */
const passing = (time: number) => vi.waitUntil(() => Date.now() >= time, { timeout: MINUTE + 1_000, interval: 500 })

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test.concurrent('W9: both pages lose the network for a minute, and what was written meanwhile arrives without a reload', {
  timeout: MINUTE + 90_000,
}, async () => {
  await using line = await Line.to(inject('product').origin)
  await using stage = await Stage.set(browser, 'w9', { customerOrigin: line.origin, agentOrigin: line.origin })
  const { customer, agent, conversation } = await stage.talk()
  await customer.say('before')
  await agent.shows(['hello', 'before'])
  await Promise.all([customer.watchForReload(), agent.watchForReload()])

  line.silence()
  const over = Date.now() + MINUTE
  // Written before the pages know, and after.
  await customer.say('into the dark')
  await agent.say('so do I')
  await Promise.all([customer.noticesLoss(), agent.noticesLoss()])
  await customer.say('and more', 'and more still')
  await agent.say('me too')
  await passing(over)
  line.heal()

  await Promise.all([customer.link('live'), agent.link('live')])
  await stage.agree(conversation, [customer, agent], {
    customer: ['hello', 'before', 'into the dark', 'and more', 'and more still'],
    agent: ['so do I', 'me too'],
  })
  await agent.owns(conversation)
  expect(await Promise.all([customer.wasNotReloaded(), agent.wasNotReloaded()])).toEqual([true, true])
})

test.concurrent('W9: browsers that know that they are offline keep what is written, and send it when they are back', async () => {
  await using line = await Line.to(inject('product').origin)
  await using stage = await Stage.set(browser, 'w17', { customerOrigin: line.origin, agentOrigin: line.origin })
  const { customer, agent, conversation } = await stage.talk()
  await Promise.all([customer.watchForReload(), agent.watchForReload()])
  const contexts = [customer, agent].map((screen) => screen.page.context())

  line.silence()
  await Promise.all(contexts.map((context) => context.setOffline(true)))
  await customer.say('one', 'two')
  await agent.say('three', 'four')
  await Promise.all([customer.noticesLoss(), agent.noticesLoss()])
  line.heal()
  await Promise.all(contexts.map((context) => context.setOffline(false)))

  await Promise.all([customer.link('live'), agent.link('live')])
  await stage.agree(conversation, [customer, agent], {
    customer: ['hello', 'one', 'two'],
    agent: ['three', 'four'],
  })
  expect(await Promise.all([customer.wasNotReloaded(), agent.wasNotReloaded()])).toEqual([true, true])
})

test.concurrent('W13: a console that falls silent with its line open counts as dead', async () => {
  await using line = await Line.to(inject('product').origin)
  await using stage = await Stage.set(browser, 'w15', {
    agentOrigin: line.origin,
    config: makeConfig({ grace: 9_000 }),
  })
  const { customer, agent: ada, conversation } = await stage.talk('ada')
  line.silence()
  const ben = await stage.agent('ben', inject('product').origin)
  await expect(ben.rung(30_000)).resolves.toBe(conversation)
  await ben.accept()
  await customer.say('Ben now?')
  await ada.say('Never sent')
  await ben.say('Ben now')
  line.heal()
  await ada.link('live')
  // What it had in hand is another's: it may read along, no more, and its words are shown as not sent.
  await ada.seesNo('item')
  await ada.sees('entry', '[data-state="failed"]')
  await stage.agree(conversation, [customer, ben], { order: ['hello', 'Ben now?', 'Ben now'] })
})

test.concurrent('W14: where a proxy refuses upgrades, all of it works by the long poll', async () => {
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

test.concurrent('W14: an agent behind such a proxy has more links than a browser has connections', async () => {
  await using wall = await buildWall(inject('product').origin)
  const names = ['one', 'two', 'three', 'four', 'five']
  const config = makeConfig({ capacity: names.length })
  await using stage = await Stage.set(browser, 'w18', { agentOrigin: wall.origin, config })
  const [agent, ...customers] = await Promise.all([stage.agent('ada'), ...names.map(() => stage.customer())])
  await agent.link('polling')
  await Promise.all(customers.map((customer, at) => customer.say(`I am ${names[at]}`)))
  for (let talk = 0; talk < names.length; talk++) {
    const conversation = await agent.accept()
    const [hello = ''] = await agent.settled(1)
    const customer = customers[names.findIndex((name) => hello === `I am ${name}`)]
    expect(customer).toBeDefined()
    await agent.say(`You said: ${hello}`)
    const order = [hello, `You said: ${hello}`]
    await stage.agree(conversation, customer === undefined ? [agent] : [customer, agent], { order })
  }
  expect(await agent.part('item').count()).toBe(names.length)
})

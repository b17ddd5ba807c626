/** The network fails, and the talk goes on by itself. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { LINK_DEAD_AFTER } from '../../core/protocol/frames.ts'
import { makeConfig } from './kit/companies.ts'
import { Line } from './kit/line.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

/** A page finds out by its dead-link time, at the next tick of its heart. */
const FOUND_OUT = LINK_DEAD_AFTER + 5_000

test('W9: both pages lose the network, and what was written meanwhile arrives without a reload', async () => {
  await using line = await Line.to(inject('product').origin)
  await using stage = await Stage.set(browser, 'w9', { customerOrigin: line.origin, agentOrigin: line.origin })
  const { customer, agent, conversation } = await stage.talk()
  await customer.say('before')
  await agent.shows(['hello', 'before'])
  await Promise.all([customer.watchForReload(), agent.watchForReload()])

  line.silence()
  // Written before the pages know, and after.
  await customer.say('into the dark')
  await agent.say('so do I')
  await Promise.all([customer.noticesLoss(FOUND_OUT), agent.noticesLoss(FOUND_OUT)])
  await customer.say('and more', 'and more still')
  await agent.say('me too')
  line.heal()

  await Promise.all([customer.link('live', 30_000), agent.link('live', 30_000)])
  await stage.agree(conversation, [customer, agent], {
    customer: ['hello', 'before', 'into the dark', 'and more', 'and more still'],
    agent: ['so do I', 'me too'],
  })
  await agent.owns(conversation)
  expect(await Promise.all([customer.wasNotReloaded(), agent.wasNotReloaded()])).toEqual([true, true])
})

test('W9: browsers that know that they are offline keep what is written, and send it when they are back', async () => {
  await using line = await Line.to(inject('product').origin)
  await using stage = await Stage.set(browser, 'w17', { customerOrigin: line.origin, agentOrigin: line.origin })
  const { customer, agent, conversation } = await stage.talk()
  await Promise.all([customer.watchForReload(), agent.watchForReload()])
  const contexts = [customer, agent].map((screen) => screen.page.context())

  line.silence()
  await Promise.all(contexts.map((context) => context.setOffline(true)))
  await customer.say('one', 'two')
  await agent.say('three', 'four')
  await Promise.all([customer.noticesLoss(FOUND_OUT), agent.noticesLoss(FOUND_OUT)])
  line.heal()
  await Promise.all(contexts.map((context) => context.setOffline(false)))

  await Promise.all([customer.link('live', 30_000), agent.link('live', 30_000)])
  await stage.agree(conversation, [customer, agent], {
    customer: ['hello', 'one', 'two'],
    agent: ['three', 'four'],
  })
  expect(await Promise.all([customer.wasNotReloaded(), agent.wasNotReloaded()])).toEqual([true, true])
})

test('W13: a console that falls silent with its line open counts as dead', async () => {
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
  await ada.link('live', 30_000)
  // What it had in hand is another's: it may read along, no more, and its words are shown as not sent.
  await ada.seesNo('item')
  await ada.sees('entry', '[data-state="failed"]')
  await stage.agree(conversation, [customer, ben], { order: ['hello', 'Ben now?', 'Ben now'] })
})

/** Several talks of one customer: the same on each device, the earlier ones to be read again, and a new one. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('WG12: a user begins another talk, finds it on another device, and reads the first one there', async () => {
  await using stage = await Stage.set(browser, 'w89')
  const [here, agent] = await Promise.all([stage.user('Mia Berger'), stage.agent('ada')])
  await here.say('the first question')
  const first = await agent.accept()
  await agent.say('the first answer')
  await here.shows(['the first question', 'the first answer'])
  await here.leave()
  await here.status('closed')
  await stage.hasRecorded([{ id: first, status: 'closed' }])
  await here.part('talks').press('Enter')
  await here.part('begin-talk').press('Enter')
  await here.status('new')
  await here.say('the second question')
  const second = await agent.accept()
  expect(second).not.toBe(first)

  const there = await stage.user('Mia Berger')
  await there.shows(['the second question'])
  await there.part('talks').press('Enter')
  await there.part('talk-list').locator(`[data-conversation="${first}"]`).waitFor()
  expect(await there.part('talk-list').locator('[data-conversation]').count()).toBe(1)
  await there.accessible()
  await there.part('talk-list').locator(`[data-conversation="${first}"]`).press('Enter')
  await there.shows(['the first question', 'the first answer'])
  expect(await there.part('composer').or(there.part('leave')).count()).toBe(0)
  await there.accessible()
  await there.part('talks').press('Enter')
  await there.shows(['the second question'])
  await there.say('and a third')
  await here.shows(['the second question', 'and a third'])
})

/** What an agent does at the console is not lost on the way, and nobody is left behind. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { emailOf, password } from './kit/companies.ts'
import { Line } from './kit/line.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test.concurrent('who owns conversations is not signed out, and who signs out is offline', async () => {
  await using stage = await Stage.set(browser, 'w20')
  const { agent, conversation } = await stage.talk('ada')
  await agent.leave()
  await agent.page.getByRole('alert').filter({ hasText: '1 conversation.' }).waitFor()
  await agent.presence('available')
  await agent.open(conversation)
  await agent.close()
  await agent.seesNo('item')
  await agent.leave()
  await agent.page.locator('input[name="email"]').waitFor()
  const { page } = agent
  await page.locator('input[name="email"]').fill(emailOf('w20', 'ada'))
  await page.locator('input[name="password"]').fill(password)
  await page.locator('button[type="submit"]').click()
  await agent.presence('offline')
})

test.concurrent('on a narrow screen an offer takes its own room', async () => {
  await using stage = await Stage.set(browser, 'w21')
  const { agent } = await stage.talk('ada')
  await agent.page.setViewportSize({ width: 360, height: 640 })
  const next = await stage.customer()
  await next.say('next')
  await agent.rung()
  const [offer, field] = await Promise.all([agent.part('offer').boundingBox(), agent.part('composer').boundingBox()])
  if (offer === null || field === null) throw new Error('not on the screen')
  expect(field.y + field.height).toBeLessThanOrEqual(offer.y)
  expect(offer.y + offer.height).toBeLessThanOrEqual(640)
  await agent.say('I can still write')
})

test.concurrent('notes wait for the line also when another conversation is opened before they are sent', async () => {
  await using line = await Line.to(inject('product').origin)
  await using stage = await Stage.set(browser, 'w22', { agentOrigin: line.origin })
  const agent = await stage.agent('ada')
  await agent.setPresence('busy')
  for (const words of ['first', 'second']) await (await stage.customer()).say(words)
  await agent.sees('waiting', ' >> nth=1')
  const ids = await agent.part('waiting').evaluateAll((rows) => rows.map((row) => row.dataset['conversation']))
  const look = async (id: string | undefined) => {
    await agent.part('waiting', `[data-conversation="${id}"]`).click()
    await agent.page.locator(`article[data-conversation="${id}"]`).waitFor()
  }
  await look(ids[0])
  await agent.sees('composer')

  line.silence()
  await agent.noticesLoss()
  await agent.say('on a train', 'through a tunnel')
  await look(ids[1])
  line.heal()
  await agent.link('live')
  await look(ids[0])
  const notes = agent.page.locator('.note[data-state="sent"] .said')
  await notes.nth(1).waitFor()
  expect(await notes.allTextContents()).toEqual(['on a train', 'through a tunnel'])
})

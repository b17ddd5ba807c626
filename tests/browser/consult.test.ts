/** Asking a colleague in private, letting the customer wait, taking back, and what is told of conversations out of sight. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeConfig } from './kit/companies.ts'
import type { Screen } from './kit/screen.ts'
import { Stage, startBrowser } from './kit/stage.ts'
import { write } from './kit/writing.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const event = (screen: Screen, type: string) => screen.sees('entry', `[data-type="${type}"]`)

test.concurrent('CS1 CS2 CS4: a colleague is asked in private, on a phone, advises and takes over', async () => {
  await using stage = await Stage.set(browser, 'w45')
  const { customer, agent: ada, conversation } = await stage.talk('ada')
  const ben = await stage.agent('ben')
  await ben.page.setViewportSize({ width: 360, height: 740 })
  await ada.page.locator('article h2').focus()
  await ada.page.keyboard.press('c')
  await ada.part('consult-queue').selectOption('agent/ben')
  await ada.part('consult-note').fill('May I refund it?')
  await ada.accessible()
  await ada.part('consult').click()
  await ada.sees('consulting', '[data-state="asked"]')

  await ben.rung()
  const offer = ben.part('offer')
  expect(await offer.textContent()).toMatch(/Ada Okafor asks you in private.*May I refund it\?.*hello/s)
  await ben.accessible()
  await ben.part('accept').click()
  await ben.sees('consulting', '[data-state="joined"]')
  await ben.shows(['hello'])
  await ben.say('Yes, all of it')
  await event(ada, 'note')
  await ben.accessible()
  expect(await ben.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)

  await ada.sees('consulting', '[data-state="joined"]')
  await ada.accessible()
  await ada.part('consulting-transfer').click()
  await ben.seesNo('consulting')
  await ada.seesNo('item', `[data-conversation="${conversation}"]`)
  await ben.say('Your refund is under way')
  const order = ['hello', 'Your refund is under way']
  await customer.shows(order)
  expect(await customer.part('transcript').textContent()).not.toMatch(/all of it|May I refund/)
  await stage.agree(conversation, [customer, ben], { order })
})

test.concurrent('CS5 CS6: the customer waits a moment and is told that it goes on; what was handed over is taken back', async () => {
  await using stage = await Stage.set(browser, 'w46')
  const { customer, agent: ada, conversation } = await stage.talk('ada')
  await ada.part('hold').click()
  await event(customer, 'held')
  await ada.sees('holding')
  await ada.page.reload()
  await ada.sees('holding')
  await ada.page.setViewportSize({ width: 360, height: 740 })
  await ada.accessible()
  expect(await ada.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await ada.part('resume').click()
  await event(customer, 'resumed')
  await ada.seesNo('holding')
  await ada.page.setViewportSize({ width: 1280, height: 800 })

  const ben = await stage.agent('ben')
  await ada.part('transfer-open').click()
  await ada.part('transfer-queue').selectOption('agent/ben')
  await ada.part('transfer').click()
  await ben.rung()
  await ada.part('pull-back').click()
  await ada.owns(conversation)
  await ben.seesNo('offer')
  // Until the conversation itself is hers again, what she writes is a note.
  await ada.seesNo('pull-back')
  await ada.page.getByRole('button', { name: 'Reply', pressed: true }).waitFor()
  await ada.say('Here I am again')
  await stage.agree(conversation, [customer, ada], { order: ['hello', 'Here I am again'] })
})

test.concurrent('AG10: an agent declines with a reason and a word beside it', async () => {
  await using stage = await Stage.set(browser, 'w47', {
    config: { ...makeConfig(), declineReasons: ['Wrong language'] },
  })
  const [customer, ada] = await Promise.all([stage.customer(), stage.agent('ada')])
  await customer.say('Hallo')
  const conversation = await ada.rung()
  await ada.part('decline-reason').selectOption('Wrong language')
  await ada.part('decline-word').fill('It is Dutch')
  await ada.accessible()
  await ada.decline()
  await ada.rung()
  await ada.accept()
  await ada.part('entry', '[data-type="declined"]').getByText('Wrong language · It is Dutch').waitFor()
  await stage.agree(conversation, [customer, ada], { order: ['Hallo'] })
})

test.concurrent('CS7: of twelve conversations each shows its last word and what is unread, in sight or not', async () => {
  const many = 12
  await using stage = await Stage.set(browser, 'w48', { config: makeConfig({ capacity: many }) })
  const ada = await stage.agent('ada')
  const talks = []
  for (let n = 1; n <= many; n += 1) {
    const talk = await write(stage.company, `word ${n}`)
    await ada.accept()
    talks.push(talk)
  }
  for (const [n, talk] of talks.entries()) await talk.say(`another ${n + 1}`)
  const last = talks.at(-1)?.conversation
  for (const [n, { conversation }] of talks.entries()) {
    const item = ada.part('item', `[data-conversation="${conversation}"]`)
    await item.getByText(`another ${n + 1}`, { exact: true }).waitFor()
    if (conversation !== last) await item.locator('.count').waitFor()
  }
  await ada.accessible()
})

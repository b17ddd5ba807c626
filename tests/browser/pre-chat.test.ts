/** What a chat asks before the first word: by the organisation's labels, over a reload and a lost line, and only once. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { makeConfig } from './kit/companies.ts'
import { Line } from './kit/line.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const asking: ConfigInput = {
  ...makeConfig(),
  timings: { ring: 60_000, reopen: 0 },
  attributes: {
    customer: { company: { name: 'Company', type: 'text' }, news: { name: 'News', type: 'boolean' } },
    conversation: { order: { name: 'Order', type: 'list', values: ['Tent', 'Stove'] } },
  },
  widget: {
    preChat: [
      { field: 'name', required: true },
      { field: 'email', required: true },
      { field: 'customer.company', label: { en: 'Where do you work?', zh: '您的公司' } },
      { field: 'customer.news', required: true, label: { en: 'I have read the terms' } },
      { field: 'conversation.order' },
    ],
  },
}

test('PC1 PC2 PC3 PC7: a customer is asked before the first word, offline and over a reload, and the agent reads it', async () => {
  await using line = await Line.to(inject('product').origin)
  await using stage = await Stage.set(browser, 'w28', { config: asking, customerOrigin: line.origin })
  const agent = await stage.agent('ada')
  const customer = await stage.customer(await stage.context({ viewport: { width: 360, height: 640 } }))
  const form = customer.part('pre-chat')
  expect(await customer.part('composer').count()).toBe(0)
  await customer.accessible()

  // Nothing is sent that the server would not take: what is wrong stands at its field, and the first of them has the focus.
  await form.getByLabel('Your e-mail address').fill('mia')
  await form.getByRole('button').click()
  await form.getByText('We need an answer here.').first().waitFor()
  await form.getByText('This is no e-mail address').waitFor()
  expect(await form.locator('[aria-invalid]').count()).toBe(3)
  expect(await form.getByLabel('Your name').evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true)
  await customer.accessible()

  await form.getByLabel('Your name').fill('Mia Lund')
  await form.getByLabel('Where do you work?').fill('Figleaf')
  await customer.page.reload()
  expect(await form.getByLabel('Where do you work?').inputValue()).toBe('Figleaf')
  await form.getByLabel('Your e-mail address').fill('mia@example.com')
  await form.getByLabel('I have read the terms').check()
  await form.getByLabel('Order').selectOption('Tent')

  line.silence()
  await customer.page.context().setOffline(true)
  await customer.sees('link', '[data-state="offline"]')
  await form.getByRole('button').click()
  await form.getByText('Waiting for the connection').waitFor()
  line.heal()
  await customer.page.context().setOffline(false)
  await customer.say('Hello')
  await agent.accept()
  await agent.page.getByText('Mia Lund').first().waitFor()
  await agent.part('about').locator('> summary').click()
  await agent.part('details').getByText('Figleaf').waitFor()
  await agent.part('details').getByText('mia@example.com').waitFor()
  await agent.accessible()

  // In the next talk only what that one is about is still to be asked.
  await customer.leave()
  await customer.status('closed')
  await stage.hasRecorded([{ status: 'closed', customer: { name: 'Mia Lund' } }])
  await customer.page.reload()
  await form.getByLabel('Order').waitFor()
  expect(await form.locator('input, select').count()).toBe(1)
})

/** What helps an agent to write: canned replies, what they leave open, drafts. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { makeConfig } from './kit/companies.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const config: ConfigInput = {
  ...makeConfig(),
  attributes: { conversation: { order: { name: 'Order', type: 'text' } } },
  cannedReplies: {
    hello: { shortcut: 'hello', text: 'Good morning, this is {{agent.name}}.\nHow can I help?' },
    help: { shortcut: 'help', text: 'Your number is {{conversation.id}}.' },
    order: { shortcut: 'order', text: 'Dear {{customer.name}}, {{conversation.order}} is on its way.' },
    elsewhere: { shortcut: 'hell-elsewhere', text: 'Never here', teams: ['other'] },
  },
  teams: { other: { name: 'Other' } },
}

test.concurrent('CR1 CR3 CR4: an agent calls a canned reply by the keys, and fills in what nobody knows', async () => {
  await using stage = await Stage.set(browser, 'w31', { config })
  const { customer, agent, conversation } = await stage.talk()
  const field = agent.part('composer')
  const options = agent.part('replies').getByRole('option')
  await field.pressSequentially('/hel')
  await agent.sees('replies')
  expect(await options.allTextContents()).toEqual([
    'helloGood morning, this is Ada Okafor.\nHow can I help?',
    `helpYour number is ${conversation}.`,
  ])
  await agent.accessible()
  await field.press('ArrowDown')
  await options.nth(1).and(agent.page.locator('[aria-selected="true"]')).waitFor()
  await field.press('ArrowUp')
  await field.press('Enter')
  await agent.seesNo('replies')
  expect(await field.inputValue()).toBe('Good morning, this is Ada Okafor.\nHow can I help?')
  await field.press('Enter')
  await customer.shows(['hello', 'Good morning, this is Ada Okafor.\nHow can I help?'])

  // Escape sends the list away, and another sign brings it back.
  await field.pressSequentially('See ::he')
  await agent.sees('replies')
  await field.press('Escape')
  await agent.seesNo('replies')
  await field.pressSequentially('l #ord')
  await options.getByText('order', { exact: true }).click()
  expect(await field.inputValue()).toBe('See ::hel Dear {{customer.name}}, {{conversation.order}} is on its way.')
  await agent.sees('missing')
  await field.press('Enter')
  await agent.part('missing').getByText('cannot be sent').waitFor()
  // The first open place is selected: typing takes its place, and the keys can take it all back.
  await field.pressSequentially('Mia')
  expect(await field.inputValue()).toBe('See ::hel Dear Mia, {{conversation.order}} is on its way.')
  await field.press('Enter')
  await field.pressSequentially('No. 7')
  await agent.seesNo('missing', ':not(:empty)')
  await field.press('Enter')
  await customer.shows([
    'hello',
    'Good morning, this is Ada Okafor.\nHow can I help?',
    'See ::hel Dear Mia, No. 7 is on its way.',
  ])

  // With the choice for it a reply can be taken back, and goes out by itself if it is not.
  await agent.page.evaluate(() => localStorage.setItem('parley.hold-back', 'on'))
  await agent.page.reload()
  await agent.say('Not yet', 'and this behind it')
  await agent.part('take-back').first().click()
  expect(await field.inputValue()).toBe('Not yet')
  await agent.page.reload()
  expect(await field.inputValue()).toBe('Not yet')
  await field.press('Enter')
  await customer.shows([
    'hello',
    'Good morning, this is Ada Okafor.\nHow can I help?',
    'See ::hel Dear Mia, No. 7 is on its way.',
    'and this behind it',
    'Not yet',
  ])

  // On a phone, in the dark, in Chinese, by the button.
  await agent.page.evaluate(() => localStorage.setItem('parley.locale', 'zh'))
  await agent.page.emulateMedia({ colorScheme: 'dark' })
  await agent.page.setViewportSize({ width: 360, height: 740 })
  await agent.page.reload()
  await agent.part('call-reply').click()
  await agent.sees('replies')
  await agent.accessible()
  const { x, right, wide } = await agent.part('replies').evaluate((list) => {
    const { x, right } = list.getBoundingClientRect()
    return { x, right, wide: document.documentElement.scrollWidth }
  })
  expect({ fits: x >= 0 && right <= 360, wide }).toEqual({ fits: true, wide: 360 })
  await options.first().click()
  expect(await field.inputValue()).toContain('Ada Okafor')
})

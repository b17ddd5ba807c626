/** What an agent does with a conversation as a whole, on the screen, after a reload and in the record. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConfigInput } from '../../core/protocol/config.ts'
import { makeConfig } from './kit/companies.ts'
import { holdCommands } from './kit/held-commands.ts'
import type { Screen } from './kit/screen.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const config: ConfigInput = {
  ...makeConfig(),
  tags: { repair: { name: 'Repair' }, praise: { name: 'Praise' } },
  dispositions: { solved: { name: 'Solved' }, refund: { name: 'Refund' } },
  attributes: {
    conversation: {
      order: { name: 'Order number', type: 'text' },
      product: { name: 'Product', type: 'list', values: ['Tent', 'Stove'] },
      warranty: { name: 'Within warranty', type: 'boolean' },
    },
  },
}

const event = (screen: Screen, type: string) => screen.sees('entry', `[data-type="${type}"]`)

test.concurrent('CV19: an agent tags and describes a conversation, and closes it with its outcome', async () => {
  await using stage = await Stage.set(browser, 'w33', { config })
  const { customer, agent, conversation } = await stage.talk()
  const about = agent.part('about')
  await about.locator('> summary').click()
  await about.getByLabel('Repair').check()
  await event(agent, 'tagged')
  // What is being written outlives what happens meanwhile.
  await about.getByLabel('Order number').pressSequentially('A-17')
  await customer.say('in between')
  await agent.shows(['hello', 'in between'])
  await about.getByLabel('Product').selectOption('Tent')
  await about.getByLabel('Within warranty').check()
  await agent.part('entry', '[data-type="described"]').nth(2).waitFor()
  await agent.sees('earlier')
  await agent.accessible()

  await agent.page.reload()
  await about.locator('summary .pill', { hasText: 'Repair' }).waitFor()
  await about.locator('> summary').click()
  expect(await about.getByLabel('Repair').isChecked()).toBe(true)
  expect(await about.getByLabel('Order number').inputValue()).toBe('A-17')
  expect(await about.getByLabel('Product').inputValue()).toBe('Tent')
  expect(await about.getByLabel('Within warranty').isChecked()).toBe(true)

  await agent.part('close').click()
  await agent.part('close-disposition').selectOption('solved')
  await agent.accessible()
  await agent.part('close-confirm').click()
  await agent.sees('status', '[data-status="closed"]')
  await about.locator('summary .pill', { hasText: 'Solved' }).waitFor()
  await stage.hasRecorded([{ id: conversation, status: 'closed', tags: ['repair'], disposition: 'solved' }])
})

test.concurrent('CV19: what was ticked or chosen stays until it is answered, and goes back when it is refused', async () => {
  await using stage = await Stage.set(browser, 'w30', { config })
  const { customer, agent } = await stage.talk()
  const about = agent.part('about')
  const warranty = about.getByLabel('Within warranty')
  await about.locator('> summary').click()
  const held = await holdCommands(agent.page, 'describe')
  await warranty.check()
  await customer.say('meanwhile')
  await agent.shows(['hello', 'meanwhile'])
  expect(await warranty.isChecked()).toBe(true)
  await held.release()
  await event(agent, 'described')
  expect(await warranty.isChecked()).toBe(true)

  await warranty.uncheck()
  await customer.say('again')
  await agent.shows(['hello', 'meanwhile', 'again'])
  expect(await warranty.isChecked()).toBe(false)
  await held.release({ attributes: { warranty: 'neither' } })
  await agent.page.locator('.trouble p').waitFor()
  expect(await warranty.isChecked()).toBe(true)

  await agent.part('close').click()
  await agent.part('close-disposition').selectOption('solved')
  await customer.say('wait')
  await agent.shows(['hello', 'meanwhile', 'again', 'wait'])
  expect(await agent.part('close-disposition').inputValue()).toBe('solved')
})

test.concurrent('CV17: a conversation laid aside is listed as such, and comes back to its agent', async () => {
  await using stage = await Stage.set(browser, 'w34', { config })
  const { agent, conversation } = await stage.talk()
  await agent.part('snooze-open').click()
  await agent.accessible()
  await agent.page.getByRole('button', { name: 'Cancel' }).click()
  await agent.part('snooze-open', ':focus').waitFor()
  await agent.part('snooze-open').click()
  await agent.part('snooze').click()
  await agent.sees('laid-aside', `[data-conversation="${conversation}"]`)
  await agent.seesNo('item')
  const [laid] = await stage.hasRecorded([{ id: conversation, snoozedUntil: expect.any(Number) }])
  expect(laid?.owner).toBeNull()

  await agent.page.reload()
  await agent.sees('laid-aside', `[data-conversation="${conversation}"]`)
  await agent.accessible()
  await agent.part('wake').click()
  expect(await agent.accept()).toBe(conversation)
  await agent.seesNo('laid-aside')
  await stage.hasRecorded([{ id: conversation, snoozedUntil: null, status: 'talking', owner: 'ada' }])
})

test.concurrent('CV15: an agent hands over to another, who reads the word on the offer', async () => {
  await using stage = await Stage.set(browser, 'w35', { config })
  const [{ customer, agent, conversation }, ben] = await Promise.all([stage.talk(), stage.agent('ben')])
  await agent.part('transfer-open').click()
  await agent.part('transfer-queue').selectOption({ label: 'Ben Lindqvist' })
  await agent.part('transfer-note').fill('Wants a tent for three')
  await agent.accessible()
  await agent.part('transfer').click()
  const offer = ben.part('offer', `[data-conversation="${conversation}"]`)
  await offer.getByText('Wants a tent for three').waitFor()
  await ben.accessible()
  await ben.page.reload()
  await offer.getByText('Wants a tent for three').waitFor()
  expect(await ben.accept()).toBe(conversation)
  await agent.seesNo('item')
  await ben.say('I am Ben')
  await customer.shows(['hello', 'I am Ben'])
  await stage.agree(conversation, [customer, ben], { order: ['hello', 'I am Ben'] })
  await stage.hasRecorded([{ id: conversation, owner: 'ben' }])
})

test.concurrent('MG1 MG3: an agent merges a talk into an earlier one, and takes that back', async () => {
  const reopen = { ...config, timings: { ...config.timings, reopen: 1 } }
  await using stage = await Stage.set(browser, 'w36', { config: reopen })
  const { customer, agent, conversation: earlier } = await stage.talk()
  await agent.close()
  await stage.hasRecorded([{ id: earlier, status: 'closed' }])
  await customer.status('closed')
  await customer.say('one more thing')
  const later = await agent.accept()
  expect(later).not.toBe(earlier)
  await agent.part('about').locator('> summary').click()
  await agent.part('merge', `[data-into="${earlier}"]`).click()
  await agent.owns(earlier)
  await agent.sees('unmerge')
  await agent.accessible()
  await customer.say('goes on')
  await stage.hasRecorded([
    { id: later, mergedInto: earlier, status: 'closed' },
    { id: earlier, status: 'talking' },
  ])

  await agent.page.reload()
  await agent.part('unmerge').click()
  await agent.owns(later)
  await agent.seesNo('unmerge')
  await agent.seesNo('item', `[data-conversation="${earlier}"]`)
  await stage.hasRecorded([
    { id: later, mergedInto: null, status: 'talking' },
    { id: earlier, status: 'closed' },
  ])
})

test.concurrent('MG4 MG5: an agent begins a new conversation from a message, and takes that back', async () => {
  await using stage = await Stage.set(browser, 'w37', { config })
  const { customer, agent, conversation: first } = await stage.talk()
  await customer.say('and now for something else')
  await agent.shows(['hello', 'and now for something else'])
  // Tab stops at the last message; the arrow keys lead to the others, and Escape back to the button.
  await agent.part('more').last().focus()
  await agent.page.keyboard.press('ArrowUp')
  await agent.part('more').first().and(agent.page.locator(':focus')).waitFor()
  await agent.page.keyboard.press('ArrowDown')
  await agent.page.keyboard.press('Enter')
  await agent.part('split').waitFor()
  await agent.accessible()
  await agent.page.keyboard.press('Escape')
  await agent.part('more').last().and(agent.page.locator(':focus')).waitFor()
  await agent.part('more').last().click()
  await agent.part('split').click()
  await agent.part('split-to').waitFor()
  await agent.accessible()
  await agent.part('split-confirm').click()
  await agent.sees('unsplit')
  const next = (await agent.page.locator('article.conv').getAttribute('data-conversation')) ?? ''
  expect(next).not.toBe(first)
  await agent.owns(next)
  // What it was begun with stands there, and leads back.
  await agent.part('origin').getByText('and now for something else').waitFor()
  expect(await agent.part('origin').getByText('hello', { exact: true }).count()).toBe(0)
  expect(await agent.part('origin').getByRole('link').first().getAttribute('href')).toBe(`#/conversation/${first}`)
  await agent.accessible()
  await customer.say('in the new one')
  await agent.shows(['in the new one'])
  await stage.hasRecorded([
    { id: next, splitFrom: first },
    { id: first, status: 'closed' },
  ])

  await agent.page.reload()
  await agent.part('unsplit').click()
  await agent.owns(first)
  await agent.seesNo('item', `[data-conversation="${next}"]`)
  await stage.hasRecorded([
    { id: next, mergedInto: first, status: 'closed' },
    { id: first, status: 'talking' },
  ])
})

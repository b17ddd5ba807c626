/** The console by the keyboard alone. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('an agent accepts, replies, takes a note and closes without a pointer, and gives commands other keys', async () => {
  await using stage = await Stage.set(browser, 'w32')
  const [customer, agent] = await Promise.all([stage.customer(), stage.agent('ada')])
  const { keyboard } = agent.page
  const focused = () => agent.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '')
  // Out of the select of the presence, in which letters choose.
  await agent.page.locator('#main').focus()
  await customer.say('Is anybody there?')
  const conversation = await agent.rung()
  await keyboard.press('a')
  await agent.owns(conversation)
  await agent.sees('composer')

  // In the composer letters are letters.
  await agent.part('composer').focus()
  await keyboard.type('jerk and dart')
  await keyboard.press('Enter')
  await agent.shows(['Is anybody there?', 'jerk and dart'])

  await agent.page.locator('#main').focus()
  await keyboard.press('n')
  expect(await focused()).toBe('composer')
  await keyboard.type('seems fine')
  await keyboard.press('Enter')
  await agent.page.locator('.note[data-state="sent"]').waitFor()

  // The palette is reached from within the composer, finds by a few letters, and gives the focus back.
  await keyboard.press('Control+k')
  await agent.sees('palette')
  await keyboard.type('repl')
  await keyboard.press('Enter')
  await agent.seesNo('palette')
  expect(await focused()).toBe('composer')

  await keyboard.press('Control+k')
  await keyboard.type('keys')
  await agent.page.getByRole('option', { name: /All keys/ }).waitFor()
  await keyboard.press('Enter')
  await agent.page.getByRole('dialog', { name: 'Keys' }).getByText('Change the keys').click()
  const change = agent.page.getByRole('button', { name: 'Change the keys of “Close the conversation”' })
  await change.click()
  await keyboard.press('d')
  await agent.page.getByRole('alert').filter({ hasText: '“Decline the offer” has this key' }).waitFor()
  await keyboard.press('x')
  await agent.page.reload()
  expect(await change.textContent()).toBe('X')

  await agent.page.locator('#main').focus()
  await keyboard.press('g')
  await keyboard.press('i')
  await agent.owns(conversation)
  await keyboard.press('j')
  await agent.page.locator(`article[data-conversation="${conversation}"]`).waitFor()
  await agent.sees('close')
  await agent.page.locator('#main').focus()
  await keyboard.press('x')
  await agent.sees('close-confirm')
  await keyboard.press('Enter')
  await customer.status('closed')
})

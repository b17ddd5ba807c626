/** A conversation that customer and agent take along. */
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Screen } from './kit/screen.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

/** What is saved, by keyboard; its name. */
async function save(screen: Screen): Promise<{ name: string; page: string }> {
  const saved = screen.page.waitForEvent('download')
  await screen.part('save-transcript').press('Enter')
  const download = await saved
  return { name: download.suggestedFilename(), page: await readFile(await download.path(), 'utf8') }
}

test('TR6: customer and agent save the conversation in their language; where it cannot be had they are told', async () => {
  await using stage = await Stage.set(browser, 'w77')
  const chinese = await stage.context({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const [customer, agent] = await Promise.all([stage.customer(chinese), stage.agent('ada')])
  await customer.say('hello')
  const conversation = await agent.accept()
  await agent.say('good day')
  await customer.shows(['hello', 'good day'])
  await agent.part('note-toggle').click()
  await agent.say('between us')
  await agent.shows(['hello', 'good day'])

  const theirs = await save(customer)
  expect(theirs.name).toBe(`conversation-${conversation}.html`)
  expect(theirs.page).toContain('<html lang="zh-CN">')
  expect(theirs.page).toContain('Asia/Shanghai')
  expect(theirs.page.indexOf('hello')).toBeLessThan(theirs.page.indexOf('good day'))
  expect(theirs.page).not.toContain('between us')
  await customer.accessible()

  await agent.part('about').locator('summary').first().click()
  const ours = await save(agent)
  expect(ours.name).toBe(`conversation-${conversation}.html`)
  expect(ours.page).toContain('<html lang="en">')
  expect(ours.page).toContain('between us')

  // As it was saved, in a browser: all of it can be read, and nothing runs.
  const reader = await (await stage.context()).newPage()
  const complaints: string[] = []
  reader.on('console', (message) => complaints.push(message.text()))
  await reader.setContent(ours.page)
  expect(await reader.locator('li p').allTextContents()).toEqual(['hello', 'good day', 'between us'])
  expect(await reader.locator('h1').evaluate((node) => getComputedStyle(node).fontSize)).not.toBe('32px')
  expect(complaints).toEqual([])

  await customer.page.route('**/transcript?*', (route) => route.abort())
  await customer.part('save-transcript').press('Enter')
  await customer.sees('save-transcript-failed')
  await customer.accessible()
})

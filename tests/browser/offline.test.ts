/** The console without a network: a reload, what is read and written then, and when nothing of it may be left. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { Agent } from './kit/agent.ts'
import { makeConfig } from './kit/companies.ts'
import { Line } from './kit/line.ts'
import { SOON } from './kit/screen.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const config = { ...makeConfig({ grace: 600_000 }), tags: { refund: { name: 'Refund' } } }

/** What a browser keeps, by name; of what follows a stream, up to which number. */
const keptIn = (page: Page): Promise<Record<string, number | null>> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('parley-offline')
        opening.onsuccess = () => {
          const { result } = opening
          if (!result.objectStoreNames.contains('sealed')) return resolve({})
          const kept: Record<string, number | null> = {}
          const rows = result.transaction('sealed').objectStore('sealed').openCursor()
          rows.onsuccess = () => {
            const row = rows.result
            if (row !== null) {
              kept[String(row.key)] = row.value.at?.seq ?? null
              return row.continue()
            }
            result.close()
            resolve(kept)
          }
        }
      }),
  )
const keeps = (page: Page, wanted: Record<string, number | null>) =>
  vi.waitFor(async () => expect(await keptIn(page)).toMatchObject(wanted), { timeout: SOON })
/** All that is on the screen. */
const keepsTalk = async ({ page }: Agent, conversation: string) => {
  const numbers = await page.locator('[data-seq]').evaluateAll((all) => all.map((one) => Number(one.dataset['seq'])))
  const check = async () =>
    expect((await keptIn(page))[`record/talk/${conversation}`]).toBeGreaterThanOrEqual(Math.max(...numbers))
  await vi.waitFor(check, { timeout: SOON })
}
const keepsNothing = (page: Page) => vi.waitFor(async () => expect(await keptIn(page)).toEqual({}), { timeout: SOON })
const isServed = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready))

/** The replies that wait here were written so much earlier. */
const age = (page: Page, ms: number) =>
  page.evaluate((ms) => {
    for (const key of Object.keys(localStorage).filter((key) => key.startsWith('parley.kept.'))) {
      const items: { name: string; at: number }[] = JSON.parse(localStorage.getItem(key) ?? '[]')
      const older = items.map((item, at) => (at === 0 && item.name === 'post' ? { ...item, at: item.at - ms } : item))
      localStorage.setItem(key, JSON.stringify(older))
    }
  }, ms)

test('OL2 OL3 OL6: a reload without a network shows the talk; what is written then goes out on return, old replies when they are wanted', async () => {
  await using line = await Line.to(inject('product').origin)
  await using stage = await Stage.set(browser, 'w95', { agentOrigin: line.origin, config })
  const context = await stage.context({ serviceWorkers: 'allow' })
  const agent = await Agent.signIn(context, line.origin, 'w95', 'ada')
  await agent.setPresence('available')
  const customer = await stage.customer()
  await customer.say('hello')
  const conversation = await agent.accept()
  await agent.say('How can I help?')
  await customer.say('My number is 4711')
  await agent.shows(['hello', 'How can I help?', 'My number is 4711'])
  await isServed(agent.page)
  await keeps(agent.page, { holder: null, 'record/board': null, 'record/names': null })
  await keepsTalk(agent, conversation)

  line.silence()
  await context.setOffline(true)
  await agent.page.reload()
  await agent.shows(['hello', 'How can I help?', 'My number is 4711'])
  await agent.noticesLoss()
  await agent.owns(conversation)
  await customer.say('Still there?')

  await agent.say('one', 'two')
  await agent.part('about').locator('> summary').click()
  await agent.page.getByLabel('Refund').check()
  await agent.part('note-toggle').click()
  await agent.say('a note in the dark')
  await age(agent.page, 16 * 60_000)
  await agent.page.reload()
  await agent.sees('stale')
  await agent.part('about').locator('> summary').click()
  expect(await agent.page.getByLabel('Refund').isChecked()).toBe(true)
  expect((await agent.lines()).map(({ text, state }) => [text, state])).toEqual([
    ['hello', 'sent'],
    ['How can I help?', 'sent'],
    ['My number is 4711', 'sent'],
    ['one', 'sending'],
    ['two', 'sending'],
    ['', 'sending'],
  ])
  await agent.accessible()

  line.heal()
  await context.setOffline(false)
  await agent.link('live')
  // Note and tag go; the old reply asks, and the one after it waits.
  await agent.sees('entry', '[data-type="note"][data-state="sent"]')
  await agent.sees('entry', '[data-type="tagged"]')
  await agent.page.getByText('Waits for your answer above').waitFor()
  expect(await customer.lines()).toHaveLength(4)
  await agent.part('send-stale').click()
  const order = ['hello', 'How can I help?', 'My number is 4711', 'Still there?', 'one', 'two']
  await stage.agree(conversation, [customer, agent], { order })
  await agent.seesNo('stale')
})

test('OL1 OL4 OL5: nothing is left after a revocation, a sign-out, or where nothing may be kept, and nobody else reads it', async () => {
  await using line = await Line.to(inject('product').origin)
  await using stage = await Stage.set(browser, 'w96', { agentOrigin: line.origin, config })
  const context = await stage.context({ serviceWorkers: 'allow' })
  const ada = await Agent.signIn(context, line.origin, 'w96', 'ada')
  await ada.setPresence('available')
  const customer = await stage.customer()
  await customer.say('only for Ada')
  const conversation = await ada.accept()
  await isServed(ada.page)
  await keepsTalk(ada, conversation)

  // Revoked while the network is gone: what is kept is read until the server can say so.
  line.silence()
  await context.setOffline(true)
  await ada.page.reload()
  await ada.shows(['only for Ada'])
  await stage.company.administrator.endSessions('ada')
  line.heal()
  await context.setOffline(false)
  await ada.page.locator('input[name="email"]').waitFor()
  await keepsNothing(ada.page)
  await ada.page.close()

  const ben = await Agent.signIn(context, line.origin, 'w96', 'ben')
  await keeps(ben.page, { holder: null, 'record/board': null })
  line.silence()
  await context.setOffline(true)
  await ben.page.goto(`${line.origin}/#/conversation/${conversation}`)
  await ben.page.reload()
  await ben.page.getByText('This conversation is not kept on this device.').waitFor()
  expect(await ben.page.getByText('only for Ada').count()).toBe(0)
  expect(await keptIn(ben.page)).not.toHaveProperty([`record/talk/${conversation}`])
  line.heal()
  await context.setOffline(false)
  await ben.link('live')
  await ben.leave()
  await ben.page.locator('input[name="email"]').waitFor()
  await keepsNothing(ben.page)
  await ben.page.close()

  const again = await Agent.signIn(context, line.origin, 'w96', 'ben')
  await keeps(again.page, { 'record/board': null })
  await stage.company.administrator.configure({ ...config, policies: { session: { offline: false } } })
  await again.page.reload()
  await keepsNothing(again.page)
  await vi.waitFor(
    async () =>
      expect(await again.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0),
    { timeout: SOON },
  )
})

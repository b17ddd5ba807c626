/** Several agents are rung at once, and agents take who waits from a list. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Agent } from './kit/agent.ts'
import { makeConfig, type StaffId } from './kit/companies.ts'
import { Office } from './kit/office.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

/** On a phone, in a language, available. */
async function phone(stage: Stage, company: string, who: StaffId, locale: string): Promise<Agent> {
  const context = await stage.context({ locale, viewport: { width: 360, height: 740 } })
  const agent = await Agent.signIn(context, inject('product').origin, company, who)
  await agent.setPresence('available')
  return agent
}

async function fits(agent: Agent): Promise<void> {
  await agent.accessible()
  expect(await agent.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
}

test.concurrent('RM2 RM3: two phones ring, in English and Chinese; one takes it, the other reads who was faster', async () => {
  await using stage = await Stage.set(browser, 'w65', { config: makeConfig() })
  const office = await Office.signIn(browser, inject('product').origin, 'w65', 'mara')
  await office.goTo('organisation/queues/desk', 'organisation')
  const field = office.page.locator('input[name="ringAtOnce"]')
  await field.fill('21')
  await office.page.locator('form button[type="submit"]').click()
  await office.page.locator('form .err').waitFor()
  await field.fill('2')
  await office.page.locator('form button[type="submit"]').click()
  await office.page.locator('form').getByText('Saved').waitFor()
  await office.close()
  const [customer, ada, ben] = await Promise.all([
    stage.customer(),
    phone(stage, 'w65', 'ada', 'en-GB'),
    phone(stage, 'w65', 'ben', 'zh-CN'),
  ])
  await customer.say('Anybody?')
  const conversation = await ada.rung()
  await expect(ben.rung()).resolves.toBe(conversation)
  await ada.part('offer').getByText('Also rings for 1 other').waitFor()
  await ben.part('offer').getByText('同时在另外 1 人处振铃').waitFor()
  await Promise.all([fits(ada), fits(ben)])
  // On a phone the conversation takes the place of the list.
  await ada.part('accept').click()
  await customer.status('talking')
  await ben.sees('gone', `[data-conversation="${conversation}"]`)
  expect(await ben.part('gone').textContent()).toMatch(/已由Ada Okafor接走/)
  await ben.seesNo('offer')
  await fits(ben)
  await ben.presence('available')
  await ada.say('Yes, me')
  await stage.agree(conversation, [customer, ada], { order: ['Anybody?', 'Yes, me'] })
})

test.concurrent('RM5 RM6: who waits is taken from the list, by button and by key, and what stands in the way is said', async () => {
  await using stage = await Stage.set(browser, 'w66', {
    config: { ...makeConfig(), queues: { desk: { name: 'Desk', pull: 'only' } } },
  })
  const [first, second, ada, ben] = await Promise.all([
    stage.customer(),
    stage.customer(),
    phone(stage, 'w66', 'ada', 'en-GB'),
    phone(stage, 'w66', 'ben', 'zh-CN'),
  ])
  await first.say('I was here first')
  await ada.sees('take')
  await second.say('and I second')
  await ada.part('take').nth(1).waitFor()
  await Promise.all([fits(ada), fits(ben)])
  // The second one is the agent's own choice.
  await ada.part('take').nth(1).click()
  await second.status('talking')
  await ada.say('Hello')
  await ben.setPresence('busy')
  await ben.part('take').click()
  await ben.page.getByText('请先将状态设为空闲。').waitFor()
  await fits(ben)
  await ben.setPresence('available')
  await ben.page.keyboard.press('p')
  await first.status('talking')
  await ben.say('你好')
  await first.shows(['I was here first', '你好'])
  await ada.seesNo('waiting')
})

/** What people write is text: hostile words through every field, on every screen, in a browser that would run them. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fetchAny } from '../support/held-fetch.ts'
import { makeConfig } from './kit/companies.ts'
import { corpus } from './kit/corpus.ts'
import { Stage, startBrowser } from './kit/stage.ts'
import { strikes, watch } from './kit/strikes.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('SC13: names, messages and notes are text for both sides, also after a reload', async () => {
  const [name = '', ...more] = corpus.map((words) => words.slice(0, 80))
  const config = makeConfig()
  const hostile = {
    ...config,
    organisation: name,
    queues: { desk: { name: more[0] ?? '' } },
    plans: { chat: { ...config.plans['chat'], name: more[1] ?? '', steps: config.plans['chat']?.steps ?? [] } },
    agents: { ...config.agents, ada: { name: more[2] ?? '', queues: [{ queue: 'desk', level: 3 }] } },
    reasons: more.slice(3, 8),
  }
  await using stage = await Stage.set(browser, 'w23', { config: hostile })
  const { customer, agent, conversation } = await stage.talk()
  const complaints = [await watch(customer.page.context()), await watch(agent.page.context())]
  const words = ['hello']
  for (const text of corpus.slice(0, 7)) {
    await customer.say(text)
    words.push(text)
    await agent.shows(words)
  }
  for (const text of corpus.slice(7)) {
    await agent.say(text)
    words.push(text.replaceAll('\u0000', ''))
    await customer.settled(words.length)
  }
  await agent.part('note-toggle').click()
  for (const text of corpus.slice(0, 5)) await agent.say(text)
  await agent.page
    .getByText(corpus[4] ?? '')
    .last()
    .waitFor()
  await agent.part('presence').waitFor()
  for (const page of [customer.page, agent.page]) expect(await strikes(page)).toEqual([])
  await Promise.all([customer.page.reload(), agent.page.reload()])
  await customer.openChat()
  await customer.settled(words.length)
  await agent.owns(conversation)
  for (const page of [customer.page, agent.page]) expect(await strikes(page)).toEqual([])
  expect(complaints.flat()).toEqual([])
})

test('SC13: every page forbids inline script, and those for staff are framed by nobody', async () => {
  const { origin } = inject('product')
  for (const path of ['/', '/anywhere', '/widget/', '/api/docs', '/api/health']) {
    const answer = await fetchAny(`${origin}${path}`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect([path, policy]).toEqual([path, expect.stringMatching(/default-src '(self|none)'/)])
    expect([path, policy]).toEqual([path, expect.not.stringMatching(/script-src[^;]*'unsafe|,/)])
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect([path, /frame-ancestors 'none'/.test(policy)]).toEqual([path, path !== '/widget/'])
  }
  const page = await (await browser.newContext()).newPage()
  await page.goto(origin)
  await page.locator('input[name="email"]').waitFor()
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.inline = true'
    document.body.append(script)
    return 'inline' in window
  })
  expect(ran).toBe(false)
  await page.context().close()
})

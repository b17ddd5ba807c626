/** The widget as a page drives it: its calls, its events, and what becomes of it where it may not be or cannot be had. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { pageWith } from './kit/elsewhere.ts'
import { SOON } from './kit/screen.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const names = ['open', 'close', 'ready', 'message', 'unread', 'conversation', 'offline', 'error']
const hearAll = `window.heard = []; for (const name of ${JSON.stringify(names)}) parley.push(['on', name, (detail) => heard.push([name, detail])])`
const heard = (page: Page) => page.evaluate<(readonly [string, unknown])[]>('heard')
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: SOON, interval: 50 })
/** As if another page of the browser were looked at. */
const lookAway = (page: Page, hidden: boolean) =>
  page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'))`)

test.concurrent('WG3 WG5: a page hears what happens in the chat and drives it, and hears no word of it', async () => {
  await using stage = await Stage.set(browser, 'w73')
  const { customer, agent, conversation } = await stage.talk()
  const { page } = customer
  const launcher = page.getByTestId('launcher')
  const window = page.locator('iframe')
  await page.evaluate(hearAll)
  await customer.say('a question')
  await agent.shows(['hello', 'a question'])
  await page.evaluate('parley.close()')
  await agent.say('an answer')
  await launcher.and(page.locator('[aria-label="Chat (1)"]')).waitFor()
  const told = await heard(page)
  expect(told).toEqual([
    ['message', { conversation, seq: expect.any(Number), from: 'customer' }],
    ['close', null],
    ['message', { conversation, seq: expect.any(Number), from: 'agent' }],
    ['unread', 1],
  ])
  expect(JSON.stringify(told)).not.toMatch(/question|answer/)

  // The title says so while nobody looks, and what it was before is what it is after.
  const title = await page.title()
  await lookAway(page, true)
  expect(await page.title()).toBe(`(1)\u00a0${title}`)
  await lookAway(page, false)
  expect(await page.title()).toBe(title)

  // On the next page the badge comes by itself: the talk is under way.
  await page.reload()
  await launcher.and(page.locator('[aria-label="Chat (1)"]')).waitFor()
  await page.evaluate(hearAll)

  await page.evaluate("parley.setTheme('dark'), parley.setLocale('zh')")
  await launcher.and(page.locator('[aria-label^="在线咨询"]')).waitFor()
  await page.evaluate('parley.open()')
  const inside = page.frameLocator('iframe')
  await inside.locator('textarea[aria-label="输入消息"]').waitFor()
  await inside.locator('html[data-theme="dark"][lang="zh-CN"]').waitFor()
  await customer.accessible()

  await page.evaluate('parley.hide()')
  await launcher.waitFor({ state: 'hidden' })
  expect(await window.isVisible()).toBe(false)
  await page.evaluate('parley.show()')
  await launcher.waitFor()
  await page.evaluate('parley.shutdown()')
  expect(await window.count()).toBe(0)
})

test.concurrent('WG3 WG4 WG6: calls wait for the loader; a strict policy and a hostile style leave the chat as it is; one that cannot be had goes', async () => {
  const { origin } = inject('product')
  await using stage = await Stage.set(browser, 'w74')
  const style =
    '* { display: none !important; transform: rotate(9deg) !important } iframe, button { opacity: 0 !important }'
  await using shop = await pageWith(
    `<style nonce="n1">${style} html, body, head + body { display: block !important }</style>
    <script nonce="n1">window.parley = [['setLocale', 'en'], ['no-such-call'], ['open']]; ${hearAll}</script>
    <script nonce="n1" async src="${origin}/widget.js" data-organisation="w74"></script>`,
    `default-src 'none'; script-src 'nonce-n1'; style-src 'nonce-n1'; connect-src ${origin}; frame-src ${origin}`,
  )
  const page = await (await stage.context()).newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(shop.url)
  await page.frameLocator('iframe').getByTestId('composer').waitFor()
  expect(await heard(page)).toContainEqual(['ready', null])
  const looks = await page.getByTestId('launcher').evaluate((button) => {
    const { opacity, display } = getComputedStyle(button)
    return { opacity, display }
  })
  expect(looks).toEqual({ opacity: '1', display: 'grid' })
  expect(complaints.filter((text) => /Content Security Policy/.test(text))).toEqual([])

  // Where there is no such chat nothing stays.
  await using nobody = await pageWith(
    `<script>window.parley = []; ${hearAll}</script><script src="${origin}/widget.js" data-organisation="nobody-here"></script>`,
  )
  await page.goto(nobody.url)
  await until(async () => expect(await heard(page)).toEqual([['error', { code: 'refused' }]]))
  await page.evaluate('parley.open()')
  expect(await page.locator('parley-chat').count()).toBe(0)

  // A window in which nothing comes is taken away, and can be opened again.
  await using plain = await pageWith(
    `<script>window.parley = []; ${hearAll}</script><script src="${origin}/widget.js" data-organisation="w74"></script>`,
  )
  const cutOff = await (await stage.context()).newPage()
  await cutOff.clock.install()
  await cutOff.route('**/widget/?*', (route) => route.abort())
  await cutOff.goto(plain.url)
  await cutOff.getByTestId('launcher').click()
  await cutOff.locator('iframe').waitFor()
  await cutOff.clock.fastForward(21_000)
  await cutOff.locator('iframe').waitFor({ state: 'detached' })
  expect(await heard(cutOff)).toContainEqual(['error', { code: 'unreachable' }])
  await cutOff.unroute('**/widget/?*')
  await cutOff.getByTestId('launcher').click()
  await cutOff.frameLocator('iframe').getByTestId('composer').waitFor()
})

test.concurrent('WG7: calls of Chatwoot, Intercom and Zendesk drive the chat; one without a counterpart warns once', async () => {
  const { origin } = inject('product')
  await using shop = await pageWith(
    `<script src="${origin}/widget-shims.js"></script><script async src="${origin}/widget.js" data-organisation="w73"></script>`,
  )
  await using context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  const warnings: string[] = []
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()))
  await page.addInitScript("window.seen = []; addEventListener('chatwoot:ready', () => seen.push('ready'))")
  await page.goto(shop.url)
  const launcher = page.getByTestId('launcher')
  await launcher.waitFor()
  const isOpen = (open: boolean) => launcher.and(page.locator(`[aria-expanded="${open}"]`)).waitFor()
  await page.evaluate(
    "zE('messenger:on', 'open', () => seen.push('zE')); Intercom('onHide', () => seen.push('Intercom'))",
  )
  await page.evaluate("$chatwoot.toggle('open')")
  await isOpen(true)
  await until(async () => expect(await page.evaluate('seen')).toEqual(['zE', 'ready']))
  await page.evaluate("Intercom('hide')")
  await isOpen(false)
  await page.evaluate("zE('messenger', 'open')")
  await isOpen(true)
  await page.evaluate("zE('messenger', 'close'), $chatwoot.toggleBubbleVisibility('hide')")
  await launcher.waitFor({ state: 'hidden' })
  await page.evaluate(
    "for (const n of [1, 2]) $chatwoot.setLabel('vip'), Intercom('trackEvent', 'x'), zE('webWidget', 'open')",
  )
  expect(warnings.map((text) => text.split(' has ')[0])).toEqual([
    'Parley: $chatwoot setLabel',
    'Parley: Intercom trackEvent',
    'Parley: zE webWidget open',
  ])
})

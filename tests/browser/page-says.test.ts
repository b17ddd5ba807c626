/** What a page may say of its user, and that nothing stays in its browser where it wants nothing kept. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { makeConfig } from './kit/companies.ts'
import { Customer } from './kit/customer.ts'
import { pageWith } from './kit/elsewhere.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const chatOf = (company: string, more = '') =>
  `<script async src="${inject('product').origin}/widget.js" data-organisation="${company}" ${more}></script>`

test.concurrent('WG3 PC8: what the page says of its user stands at the agent’s, and what is wrong with it in the console', async () => {
  const attributes = { customer: { company: { name: 'Company', type: 'text' as const } } }
  await using stage = await Stage.set(browser, 'w87', { config: { ...makeConfig(), attributes } })
  await using shop = await pageWith(
    `<script>window.parley = [['setAttributes', { company: 'Acme' }]]</script>${chatOf('w87')}`,
  )
  const agent = await stage.agent('ada')
  const customer = await Customer.visit(await stage.context(), shop.url)
  const complaints: string[] = []
  customer.page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await customer.openChat()
  await customer.say('hello')
  await agent.accept()
  await agent.part('about').locator('summary').first().click()
  await agent.part('details').getByText('Acme').waitFor()
  const complaint = customer.page.waitForEvent('console', {
    predicate: (message) => message.text().includes('attributes.colour is no attribute of customers here'),
  })
  await customer.page.evaluate("parley.setAttributes({ company: 'Beta', colour: 'red' })")
  await complaint
  await customer.page.evaluate("parley.setAttributes(null), parley.setAttributes({ company: 'Gamma' })")
  await agent.part('details').getByText('Gamma').waitFor()
  expect(complaints).toHaveLength(1)

  const { page } = customer
  const html = page.frameLocator('iframe').locator('html')
  await page.evaluate("window.heard = []; parley.on('close', () => heard.push('close'))(); parley.toggle()")
  await page.getByTestId('launcher').and(page.locator('[aria-expanded="false"]')).waitFor()
  await page.evaluate("parley.toggle(), parley.setTheme('light')")
  await html.and(page.frameLocator('iframe').locator('[data-theme="light"]')).waitFor()
  await page.evaluate("parley.setTheme('auto')")
  await html.and(page.frameLocator('iframe').locator(':not([data-theme])')).waitFor()
  await page.evaluate("parley.on('offline', (is) => heard.push(is))")
  await page.context().setOffline(true)
  await page.waitForFunction("heard.join() === 'true'")
  await page.context().setOffline(false)
  await page.waitForFunction("heard.join() === 'true,false'")
})

test.concurrent('WG8: without storage a talk lasts as long as its page, and nothing of it stays', async () => {
  await using stage = await Stage.set(browser, 'w88')
  await using shop = await pageWith(chatOf('w88', 'data-storage="none"'))
  const customer = await Customer.visit(await stage.context(), shop.url)
  const { page } = customer
  const kept = async () => {
    const count =
      'Promise.all([localStorage.length, sessionStorage.length, indexedDB.databases().then((all) => all.length)])'
    const counts = await Promise.all(page.frames().map((frame) => frame.evaluate<number[]>(count)))
    return [...counts.flat(), (await page.context().cookies()).length]
  }
  await customer.openChat()
  await customer.say('hello')
  await customer.status('waiting')
  await customer.part('composer').fill('a draft')
  expect(page.frames()).toHaveLength(2)
  expect((await kept()).filter((count) => count > 0)).toEqual([])
  await page.reload()
  expect((await kept()).filter((count) => count > 0)).toEqual([])
  await customer.openChat()
  await customer.status('new')
  expect(await customer.lines()).toEqual([])
})

/** Flows: one is written at the console and gone through, and one leads a customer in the chat. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { FlowInput } from '../../core/protocol/flow.ts'
import { makeConfig } from './kit/companies.ts'
import { Company } from './kit/company.ts'
import { Office } from './kit/office.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('FW10: a flow is written with its faults in place, gone through, published and taken back', async () => {
  const { origin } = inject('product')
  const company = await Company.open('w84', inject('product'), makeConfig())
  const office = await Office.signIn(browser, origin, 'w84', 'olga')
  const { page } = office
  await office.goTo('organisation/flows', 'organisation')
  await page.getByRole('link', { name: 'Add a flow' }).click()
  const text = page.locator('textarea[name="text"]')
  await text.waitFor()
  const good = await text.inputValue()
  await page.locator('[data-testid="faults"][data-count="0"]').waitFor()
  await text.fill(good.replace('next: number', 'next: nowhere'))
  // The option's line, and the node that nothing leads to any more.
  const fault = page.locator('.flowfaults li[data-line="8"]')
  await fault.getByText('There is no node nowhere').waitFor()
  await fault.getByRole('button').click()
  expect(await text.evaluate((area) => document.activeElement === area)).toBe(true)
  await office.looksWell()
  await page.locator('input[name="key"]').fill('menu')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.locator('.sum').waitFor()

  await text.fill(good)
  const way = page.getByTestId('rehearsal')
  await way.getByRole('button', { name: 'Begin' }).click()
  await way.locator('[data-choice="order"]').click()
  await way.locator('input[name="answer"]').fill('12345')
  await way.locator('input[name="answer"]').press('Enter')
  await way.getByText('The flow is over.').waitFor()
  await office.looksWell()
  await page.locator('input[name="entrances.flows.chat"]').check()
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.waitForURL(/flows\/menu$/)
  await page.getByRole('link', { name: /All flows/ }).click()
  await page.locator('[data-key="menu"]').getByText('Chats begin with it').waitFor()

  await company.administrator.configure(makeConfig())
  await page.reload()
  await page.getByText('No flows yet').waitFor()
  await office.close()
})

test('BT1 BT2 BT3: a customer is led by buttons and words, reloads in the middle, and an agent reads what was said', async () => {
  const nodes: FlowInput['nodes'] = {
    menu: {
      do: 'menu',
      prompt: 'What is it about?',
      options: [
        { id: 'order', label: 'My order', next: 'number' },
        { id: 'other', label: 'Something else', next: 'desk' },
      ],
      otherwise: 'desk',
    },
    number: {
      do: 'collect',
      prompt: 'Which order number?',
      wrong: 'That is no order number.',
      expected: { is: 'digits', least: 4 },
      into: 'flow.order',
      next: 'desk',
      otherwise: 'desk',
    },
    desk: { do: 'queue', text: 'One moment, please.' },
  }
  const config = {
    ...makeConfig(),
    entrances: { chat: 'chat', flows: { chat: 'menu' } },
    flows: { menu: { name: 'Menu', start: 'menu', nodes } },
  }
  await using stage = await Stage.set(browser, 'w85', { config })
  const context = await stage.context({ viewport: { width: 360, height: 640 } })
  const [customer, agent] = await Promise.all([stage.customer(context), stage.agent('ada')])
  await customer.say('hello')
  await customer.part('entry').getByText('What is it about?').waitFor()
  await customer.accessible()
  await customer.part('choices').getByRole('button', { name: 'My order' }).press('Enter')
  await customer.part('entry').getByText('Which order number?').waitFor()
  await customer.page.reload()
  await customer.part('composer').waitFor()
  await customer.say('it is the blue one')
  await customer.part('entry').getByText('That is no order number.').waitFor()
  await customer.say('12345')
  await customer.part('entry').getByText('One moment, please.').waitFor()
  await agent.accept()
  await customer.status('talking')
  await agent.part('entry').getByText('What is it about?').waitFor()
  await agent.part('entry').getByText('The flow has passed the customer on').waitFor()
})

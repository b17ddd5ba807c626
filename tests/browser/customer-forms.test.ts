/** What customers fill in: how a talk was, and a message outside opening hours. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConfigInput, weekdays } from '../../core/protocol/config.ts'
import { makeConfig } from './kit/companies.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test.concurrent('CV20: a customer rates a talk that is over, and may change their mind', async () => {
  await using stage = await Stage.set(browser, 'w38')
  const { customer, agent, conversation } = await stage.talk()
  await agent.close()
  const rate = customer.part('rate')
  await rate.getByRole('radio', { name: '4' }).check()
  await rate.getByRole('textbox').fill('Quick')
  await customer.accessible()
  await rate.getByRole('button').click()
  await rate.getByText('Thank you').waitFor()
  await stage.hasRecorded([{ id: conversation, rating: 4 }])
  await agent.sees('entry', '[data-type="rated"]')

  await customer.page.reload()
  await rate.waitFor()
  expect(await rate.getByRole('radio', { name: '4' }).isChecked()).toBe(true)
  expect(await rate.getByRole('textbox').inputValue()).toBe('Quick')
  await rate.getByRole('radio', { name: '5' }).check()
  await rate.getByRole('button').click()
  await stage.hasRecorded([{ id: conversation, rating: 5 }])
})

/** Open only on the day of the week that is three days away. */
function closedToday(): ConfigInput {
  const day = weekdays[(new Date().getUTCDay() + 3) % weekdays.length] ?? 'sun'
  return {
    ...makeConfig(),
    hours: { rare: { zone: 'Etc/UTC', weekly: { [day]: [{ from: '09:00', to: '17:00' }] } } },
    attributes: { conversation: { order: { name: 'Order', type: 'list', values: ['Tent', 'Stove'] } } },
    widget: {
      hours: 'rare',
      preChat: [
        { field: 'name', required: true },
        { field: 'conversation.order', required: true },
      ],
    },
  }
}

test.concurrent('CV21 MD3 PC9: outside opening hours a customer is asked what there is to ask, and leaves a message, which waits until staff bring it back', async () => {
  await using stage = await Stage.set(browser, 'w39', { config: closedToday() })
  const customer = await stage.customer()
  const form = customer.part('leave-message')
  await form.getByText('We are closed right now').waitFor()
  await customer.accessible()
  await form.getByLabel('Your name').fill('Mia')
  await form.getByLabel('Your e-mail address').fill('mia@example.com')
  await form.getByLabel('Your message').fill('Do you mend tents?')
  await form.getByRole('button').click()
  await form.getByText('We need an answer here.').waitFor()
  await customer.accessible()
  await form.getByLabel('Order').selectOption('Tent')
  await form.getByRole('button').click()
  await customer.shows(['Do you mend tents?'])
  await customer.sees('composer', ':focus')
  await customer.accessible()
  const [left] = await stage.hasRecorded([{ snoozedUntil: expect.any(Number), owner: null }])

  await customer.page.reload()
  await customer.shows(['Do you mend tents?'])
  const agent = await stage.agent('ada')
  await agent.page.goto(`${agent.page.url().split('#')[0]}#/conversation/${left?.id}`)
  await agent.part('wake').click()
  await agent.rung()
  await agent.part('offer').locator('[data-medium="message"]').waitFor()
  await agent.accept()
  await agent.part('about').locator('> summary').click()
  await agent.part('about').getByText('mia@example.com').waitFor()
  await agent.part('entry', '[data-type="introduced"]').filter({ hasText: 'Tent' }).waitFor()
  await agent.say('We do')
  await customer.shows(['Do you mend tents?', 'We do'])
  await stage.agree(left?.id ?? '', [customer, agent], { order: ['Do you mend tents?', 'We do'] })
})

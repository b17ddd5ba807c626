/** What a talk in the widget offers beside words: formatted ones, answers to press, emoji, a tone, and the preview for agents. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeConfig } from './kit/companies.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const config = {
  ...makeConfig(),
  widget: { typingPreview: true },
  cannedReplies: {
    plans: {
      shortcut: 'plans',
      text: 'Which **plan**? See https://shop.example/plans',
      choices: [
        { id: 'small', label: 'The small one' },
        { id: 'large', label: 'The large one' },
      ],
    },
  },
}
/** Counts what would be heard. */
const listen =
  'window.tones = 0; const start = OscillatorNode.prototype.start; OscillatorNode.prototype.start = function (at) { tones++; return start.call(this, at) }'

test('WG9 WG10 WG11: an agent reads what is typed and sends answers to press; emoji by name; a tone while nobody looks', async () => {
  await using stage = await Stage.set(browser, 'w90', { config })
  const context = await stage.context({ viewport: { width: 360, height: 640 } })
  await context.addInitScript(listen)
  const [customer, agent] = await Promise.all([stage.customer(context), stage.agent('ada')])
  await customer.say('hello')
  await agent.accept()
  await customer.status('talking')
  await customer.sees('typing-preview')
  await customer.part('composer').pressSequentially('I would like')
  await agent.part('peek').getByText('I would like').waitFor()

  await agent.part('composer').pressSequentially('/plans')
  await agent.part('composer').press('Enter')
  await agent.sees('reply-buttons')
  await agent.accessible()
  await agent.part('composer').press('Enter')
  await agent.part('offered').getByText('The small one').waitFor()
  const said = customer.part('entry', '[data-type="message"]').last()
  await said.locator('strong').getByText('plan').waitFor()
  expect(await said.locator('a').getAttribute('href')).toBe('https://shop.example/plans')
  await customer.part('choices').getByRole('button', { name: 'The small one' }).waitFor()
  await customer.accessible()
  await customer.part('choices').getByRole('button', { name: 'The small one' }).press('Enter')
  await agent.part('entry').getByText('The small one').last().waitFor()
  await customer.seesNo('choices')

  await customer.part('composer').fill('')
  await customer.part('emoji').press('Enter')
  await customer.accessible()
  await customer.part('emoji-picker').getByRole('textbox').fill('thumbs')
  await customer.part('emoji-picker').getByRole('textbox').press('ArrowDown')
  await customer.part('emoji-picker').getByRole('button').first().press('ArrowRight')
  await customer.part('emoji-picker').locator('button:focus').press('Enter')
  expect(await customer.part('composer').inputValue()).toBe('👎')
  await customer.part('emoji').press('Enter')
  await customer.part('emoji-picker').getByRole('textbox').press('Escape')
  await customer.seesNo('emoji-picker')
  await customer.sees('composer', ':focus')

  const tones = async () => {
    const frame = customer.page.frames().at(-1)
    return frame?.evaluate<number>('tones')
  }
  await customer.page.evaluate('parley.close()')
  await agent.say('are you there?')
  await expect.poll(tones).toBe(1)
  await customer.openChat()
  await customer.part('sound', '[aria-pressed="true"]').click()
  await customer.sees('sound', '[aria-pressed="false"]')
  await customer.page.evaluate('parley.close()')
  await agent.say('still there?')
  await customer.page.getByTestId('launcher').and(customer.page.locator('[aria-label="Chat (1)"]')).waitFor()
  expect(await tones()).toBe(1)
})

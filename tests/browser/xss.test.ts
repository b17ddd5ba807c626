/** What people write is text: hostile words through every field, on every screen, in a browser that would run them. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { makeConfig } from './kit/companies.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

/** Each would set `struck`, open a dialog or leave an element behind if anything took it for more than text. */
const corpus = [
  '<script>struck=1</script>',
  '<img src=x onerror=struck=1>',
  '"><svg onload=struck=1>',
  "'><iframe srcdoc='<script>parent.struck=1</script>'></iframe>",
  '<a href="javascript:struck=1">click</a>',
  '[click](javascript:struck=1)',
  'javascript:struck=1//https://shop.example/',
  '</textarea></title></style><script>struck=1</script>',
  '<math><mtext><style><img src=x onerror=struck=1></style></mtext></math>',
  '<details open ontoggle=struck=1>',
  '<form action="https://evil.example"><input autofocus onfocus=struck=1>',
  '{{constructor.constructor("struck=1")()}} #{struck=1} <%= struck=1 %>',
  '\u202e<b onmouseover=struck=1>\u0000&lt;script&gt;struck=1&lt;/script&gt;',
  'data:text/html,<script>struck=1</script>',
]

/** What a page must not have in any of its frames, whatever anybody wrote. */
async function strikes(page: Page): Promise<unknown[]> {
  const inFrame = () => {
    const foreign = [
      '[onerror], [onload], [onfocus], [ontoggle], [onmouseover], iframe[srcdoc], math, a[href^="javascript:" i]',
      'a[href^="data:" i], img[src="x"], form[action*="evil"], script:not([src])',
    ]
    const found = [...document.querySelectorAll(foreign.join(', '))].map(({ outerHTML }) => outerHTML.slice(0, 120))
    return 'struck' in window ? [...found, 'something ran'] : found
  }
  return (await Promise.all(page.frames().map((frame) => frame.evaluate(inFrame)))).flat()
}

/** Everything that the browser itself has against a page. */
function watch(page: Page): string[] {
  const complaints: string[] = []
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text())
  })
  return complaints
}

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
  const complaints = [watch(customer.page), watch(agent.page)]
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
    const answer = await fetch(`${origin}${path}`)
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

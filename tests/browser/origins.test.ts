/** Which pages may show an organisation's chat, as a browser holds them to it. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fetchAny } from '../support/held-fetch.ts'
import { makeConfig } from './kit/companies.ts'
import { pageWith } from './kit/elsewhere.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('SC14: a page that is not listed draws nothing and frames nothing; one that is has the chat', async () => {
  const { origin } = inject('product')
  const company = 'w24'
  await using elsewhere = await pageWith(
    `<iframe src="${origin}/widget/?organisation=${company}"></iframe><script src="${origin}/widget.js" data-organisation="${company}"></script>`,
  )
  await using stage = await Stage.set(browser, company)
  // Without a list everybody has it, by script and by frame.
  const page = await (await stage.context()).newPage()
  await page.goto(elsewhere.url)
  await page.getByTestId('launcher').waitFor()
  await page.frameLocator('iframe').first().getByTestId('composer').waitFor()

  const listed = await pageWith(`<script src="${origin}/widget.js" data-organisation="${company}"></script>`)
  await using _ = listed
  await stage.company.administrator.configure({ ...makeConfig(), widget: { origins: [listed.origin] } })
  const refused = await (await stage.context()).newPage()
  const complaints: string[] = []
  refused.on('console', (message) => complaints.push(message.text()))
  const answer = refused.waitForResponse(/\/channels\/chat\/w24\/page\?/)
  await refused.goto(elsewhere.url)
  expect((await answer).status()).toBe(403)
  await expect.poll(() => complaints.join('\n')).toMatch(/frame-ancestors/)
  await refused.evaluate('parley.open()')
  expect(await refused.getByTestId('launcher').count()).toBe(0)
  expect(refused.frames().filter((frame) => frame.url().includes('/widget/'))).toEqual([])

  const welcome = await (await stage.context()).newPage()
  await welcome.goto(listed.url)
  await welcome.getByTestId('launcher').click()
  await welcome.frameLocator('iframe').getByTestId('composer').waitFor()
})

test('SC13: nothing beside the chat itself is framed, wherever it lies', async () => {
  const { origin } = inject('product')
  for (const path of ['/widget/anything', '/widget', '/widget/index.html', '/assets/none']) {
    const { headers } = await fetchAny(`${origin}${path}`, { redirect: 'manual' })
    const policy = headers.get('content-security-policy')
    // An answer that only leads elsewhere has nothing to frame.
    if (headers.get('location') === null)
      expect([path, policy]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")])
  }
})

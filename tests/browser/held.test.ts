/** The tests' own guard: an undocumented answer that a page of any context gets fails the end of that context. */
import { expect, it } from 'vitest'
import { looseServer } from '../support/loose-server.ts'
import { startBrowser } from './kit/stage.ts'

it.each([
  ['a status', 418, 'the status 418'],
  ['a field', 200, 'token'],
])('AP2 sees in pages too when an answer has %s that is not documented', async (_, status, why) => {
  await using server = await looseServer('get', '/api/v1/session', status)
  const browser = await startBrowser()
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${server.origin}/api/v1/session`)
  await expect(context.close()).rejects.toThrow(why)
  // A page without a context of its own, which nobody closes before the browser.
  const other = await browser.newPage()
  await other.goto(`${server.origin}/api/v1/session`)
  await expect(browser.close()).rejects.toThrow(why)
  await browser.close()
})

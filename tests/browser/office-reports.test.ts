/** Reports at the console, for an analyst: what a talk left behind, by day and hour, as a table, a chart and a file. */
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Office } from './kit/office.ts'
import { Stage, startBrowser } from './kit/stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('OF1 OF2: an analyst, whom the inbox is not for, reads what a talk left behind', async () => {
  const { origin } = inject('product')
  await using stage = await Stage.set(browser, 'w62')
  const { agent } = await stage.talk()
  await agent.close()

  const office = await Office.signIn(browser, origin, 'w62', 'noor')
  const { page } = office
  // Reports are the first place that is for an analyst.
  await page.getByTestId('reports').waitFor()
  expect(await page.getByTestId('presence').count()).toBe(0)
  expect(await page.locator('nav.rail a[href="#/"]').count()).toBe(0)
  await office.goTo('reports/queues?every=hour', 'reports')
  const row = page.getByTestId('report-row').filter({ hasText: 'Desk' })
  // The record is told within a second or two.
  await expect
    .poll(
      async () => {
        await page.reload()
        await page.locator('.state:not(.late), table').first().waitFor()
        return row.count()
      },
      { timeout: 30_000 },
    )
    .toBe(1)
  await page.getByTestId('chart').waitFor()
  await office.looksWell()
  const loading = page.waitForEvent('download')
  await page.locator('button.line').click()
  const text = readFileSync(await (await loading).path(), 'utf8')
  expect(text.split('\r\n')[0]).toMatch(/^queue,name,from,offered,answered,/)
  expect(text).toMatch(/\r\ndesk,Desk,.*,1,1,0,/)

  await page.getByTestId('report-every').selectOption('all')
  await row.waitFor()
  await page.reload()
  await row.waitFor()
  expect(await page.getByTestId('report-every').inputValue()).toBe('all')
  await office.goTo('reports/agents', 'reports')
  await page.getByTestId('report-row').filter({ hasText: 'Ada Okafor' }).first().waitFor()
  await office.looksWell()

  const phone = await Office.signIn(browser, origin, 'w62', 'noor', { locale: 'zh-CN', dark: true, width: 360 })
  await phone.page.getByTestId('reports').waitFor()
  await phone.page.getByTestId('report-row').first().waitFor()
  await phone.looksWell()
  await phone.close()
  await office.close()
})

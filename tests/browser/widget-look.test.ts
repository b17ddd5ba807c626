/** The chat as an organisation has configured it: its look, its words, and what it is outside opening hours. */
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

/** Opens in three days by the week, and takes nothing before. */
function shut(texts: NonNullable<ConfigInput['widget']>['texts']): ConfigInput {
  const day = weekdays[(new Date().getUTCDay() + 3) % weekdays.length] ?? 'sun'
  return {
    ...makeConfig(),
    hours: { rare: { zone: 'Etc/UTC', weekly: { [day]: [{ from: '09:00', to: '17:00' }] } } },
    widget: { hours: 'rare', outsideHours: 'closed', texts },
  }
}

test.concurrent('CV25: outside opening hours a chat that is closed takes nothing, and says when it opens by the reader’s clock', async () => {
  const texts = { zh: { closed: '门店已打烊。' } }
  await using stage = await Stage.set(browser, 'w41', { config: shut(texts) })
  for (const [locale, closed, opens] of [
    ['en', 'We are closed right now.', /We open again on .*5:00\sPM/],
    ['zh', '门店已打烊。', /17:00 恢复服务/],
  ] as const) {
    const context = await stage.context({ locale, timezoneId: 'Asia/Shanghai' })
    const customer = await stage.customer(context)
    const notice = customer.part('shut')
    await notice.getByText(closed).waitFor()
    await notice.getByText(opens).waitFor()
    expect(await customer.part('composer').count()).toBe(0)
    expect(await customer.part('leave-message').count()).toBe(0)
    await customer.accessible()
  }
})

test.concurrent('WL1 WL2: a published look and its words reach the next page, and can be read in both modes', async () => {
  await using stage = await Stage.set(browser, 'w42')
  await stage.company.administrator.configure({
    ...makeConfig(),
    widget: {
      colours: { accent: '#ffcc00', accentDark: '#123456' },
      position: 'left',
      offset: { side: 12, bottom: 40 },
      texts: {
        en: { title: 'Ask <b>us</b>', greeting: 'Hello;} body { display: none', placeholder: 'Your question' },
      },
    },
  })
  for (const [colorScheme, brand, on] of [
    ['light', 'rgb(255, 204, 0)', 'rgb(0, 0, 0)'],
    ['dark', 'rgb(18, 52, 86)', 'rgb(255, 255, 255)'],
  ] as const) {
    const context = await stage.context({ locale: 'en', colorScheme })
    const customer = await stage.customer(context)
    const launcher = customer.page.getByTestId('launcher')
    const box = await launcher.boundingBox()
    expect(box?.x).toBe(12)
    expect(await launcher.evaluate((node) => getComputedStyle(node).backgroundColor)).toBe(brand)
    const title = customer.page.frameLocator('iframe').getByRole('heading', { name: 'Ask <b>us</b>' })
    await title.waitFor()
    await customer.page.frameLocator('iframe').getByText('Hello;} body { display: none').waitFor()
    expect(await customer.part('composer').getAttribute('placeholder')).toBe('Your question')
    expect(await title.evaluate((node) => getComputedStyle(node).color)).toBe(on)
    await customer.accessible()
  }
})

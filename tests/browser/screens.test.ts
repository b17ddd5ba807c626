/** Every screen in every state that it can be in, as the table says: it is there, axe finds nothing, it fits a phone, Tab leads through it. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inRoot } from '../../scripts/lib/paths.mjs'
import { startBrowser } from './kit/stage.ts'
import { expectKeyboardWalk, expectNoFindings, expectNoSidewaysScroll, expectNothingClipped } from './screens/checks.ts'
import { Desk, suffer } from './screens/desk.ts'
import { inState, type State, screens } from './screens/table.ts'

/** The pictures stay, to be looked at. */
const folder = inRoot('dist/screens')

let browser: Browser
let desk: Desk
beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  browser = await startBrowser()
  desk = await Desk.open(browser, 'w97')
})
afterAll(async () => {
  await desk.close()
  await browser.close()
})

/** Those that can be in a state, with what is to be seen then. */
const shownIn = (state: State) =>
  screens.flatMap(({ name, screen }) => {
    const seen = inState(screen, state)
    return seen === undefined ? [] : [{ name, screen, ...seen }]
  })

async function keep(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name.replaceAll('/', '-')}.jpg`), type: 'jpeg', quality: 60 })
}

describe.each(['empty', 'one', 'many'] as const)('a company that has %s', (amount) => {
  beforeAll(() => desk.fill(amount))

  test.each(shownIn(amount))(`SS2 SS3: $name, ${amount}`, async ({ name, who, at, sees }) => {
    const page = await desk.go(who, at)
    await page.locator(sees).first().waitFor()
    await expectNoSidewaysScroll(page)
    await expectNothingClipped(page)
    await expectNoFindings(page)
    if (amount === 'one') await expectKeyboardWalk(page)
    await keep(page, `${name}.${amount}`)
  })
})

describe('from right to left', () => {
  const fullest = screens.flatMap(({ name, screen }) => {
    const seen = inState(screen, 'many') ?? inState(screen, 'one')
    return seen === undefined ? [] : [{ name, ...seen }]
  })
  test.each(fullest)('SS4: $name has room for longer words', async ({ name, who, at, sees }) => {
    const page = await desk.go(who, at, 'ar-XB')
    await page.locator(sees).first().waitFor()
    expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe('rtl')
    await expectNoSidewaysScroll(page)
    await expectNothingClipped(page)
    await keep(page, `${name}.ar-XB`)
  })
})

describe.each(['loading', 'error', 'offline'] as const)('on the way: %s', (state) => {
  test.each(shownIn(state))(`SS2: $name, ${state}`, async ({ name, screen, who, at, sees }) => {
    const page = await desk.go(who, 'settings/preferences')
    await using _ = await suffer(page, screen, state)
    await desk.go(who, at)
    // What a page has over its sockets it keeps: only a new page waits for it.
    if (screen.isLive && state === 'loading') await page.reload()
    await page.locator(sees).first().waitFor()
    await expectNoSidewaysScroll(page)
    await expectNoFindings(page, who === 'nobody' ? 'body' : '#main')
    await keep(page, `${name}.${state}`)
  })
})

test.each(shownIn('forbidden'))('SS2: $name, to whom it is not open', async ({ name, who, at, sees }) => {
  const page = await desk.go(who, at)
  await page.locator(sees).first().waitFor()
  await expectNoSidewaysScroll(page)
  await expectNoFindings(page, who === 'nobody' ? 'body' : '#main')
  await keep(page, `${name}.forbidden`)
})

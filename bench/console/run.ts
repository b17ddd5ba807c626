/** What the console costs its agent: a conversation of ten thousand entries scrolled end to end, and opening one of two hundred. */
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { idOf, open, startBrowser } from './stage.ts'

const { values } = parseArgs({ options: { entries: { type: 'string', default: '10000' } } })
const ENTRIES = Number(values.entries)
const OPEN = 200
const ROUNDS = 50

const browser = await startBrowser()
try {
  const { page, say } = await open(browser, OPEN, ENTRIES)
  await page
    .locator(`[data-conversation="${idOf(0)}"]`)
    .first()
    .click()
  await page.locator(`[data-testid="entry"][data-seq="${ENTRIES}"]`).waitFor()
  const usual = await frames(page, 0, 2_000)
  report('a conversation at rest, 2 s', usual)
  report(`scrolled from entry ${ENTRIES} up to 1, some 600 px a frame`, await scroll(page, -600))
  console.log(`  rows in the document: ${await page.locator('.row-at').count()}`)
  await page.locator('[data-testid="entry"][data-seq="1"]').waitFor()
  report('and down again', await scroll(page, 600))
  await page.locator(`[data-testid="entry"][data-seq="${ENTRIES}"]`).waitFor()
  const coming = frames(page, 0, 3_000)
  for (let n = 1; n <= 20; n += 1) {
    say(ENTRIES + n)
    await page.waitForTimeout(100)
  }
  report('twenty words that come while somebody is at the end', await coming)
  await page.locator(`[data-testid="entry"][data-seq="${ENTRIES + 20}"]`).waitFor()
  const away = await page.locator('.log').evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight)
  console.log(`  from the end after that: ${Math.round(away)} px`)
  await page.context().close()

  const { page: desk } = await open(browser, OPEN, 200)
  await desk.locator(`a[data-conversation="${idOf(OPEN - 1)}"]`).waitFor()
  const times: number[] = []
  for (let n = 0; n < ROUNDS; n += 1) times.push(await opening(desk, idOf((n * 7) % OPEN)))
  const sorted = times.sort((a, b) => a - b)
  console.log(
    `Opening a conversation at ${OPEN} open ones: median ${ms(sorted[ROUNDS / 2])}, longest ${ms(sorted.at(-1))}, of ${ROUNDS}`,
  )
} finally {
  await browser.close()
}

interface Frames {
  readonly count: number
  readonly longest: number
  readonly over50: number
  readonly p95: number
  /** The longest that the page's own thread was busy at a stretch, in ms; 0: never over 50. */
  readonly busy: number
}

/** Scrolls by `step` px in each frame until the other end is reached, and waits for what is loaded on the way. */
function scroll(page: Page, step: number): Promise<Frames> {
  return frames(page, step, 0)
}

async function frames(page: Page, step: number, lasts: number): Promise<Frames> {
  return page.evaluate(
    async ({ step, lasts }) => {
      const box = document.querySelector('.log')
      if (!(box instanceof HTMLElement)) throw new Error('there is no list')
      let busy = 0
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) busy = Math.max(busy, duration)
      })
      observer.observe({ type: 'longtask' })
      const times: number[] = []
      const start = performance.now()
      await new Promise<void>((resolve) => {
        let before = start
        let still = 0
        const tick = (now: number) => {
          times.push(now - before)
          before = now
          const at = box.scrollTop
          box.scrollTop += step
          still = box.scrollTop === at ? still + 1 : 0
          if (step === 0 ? now - start > lasts : still > 60) resolve()
          else requestAnimationFrame(tick)
        }
        requestAnimationFrame(tick)
      })
      observer.disconnect()
      const sorted = times.slice(1).sort((a, b) => a - b)
      return {
        count: sorted.length,
        longest: sorted.at(-1) ?? 0,
        over50: sorted.filter((time) => time > 50).length,
        p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
        busy,
      }
    },
    { step, lasts },
  )
}

/** From the click until its last entry is drawn, in ms. */
async function opening(page: Page, conversation: string): Promise<number> {
  return page.evaluate(async (id) => {
    const link = document.querySelector(`a[data-conversation="${id}"]`)
    if (!(link instanceof HTMLElement)) throw new Error(`there is no ${id}`)
    const start = performance.now()
    link.click()
    const shown = () =>
      document.querySelector(`article[data-conversation="${id}"] [data-testid="entry"][data-seq="200"]`)
    while (shown() === null) await new Promise(requestAnimationFrame)
    return performance.now() - start
  }, conversation)
}

function report(what: string, { count, longest, over50, p95, busy }: Frames): void {
  const task = busy === 0 ? 'no task over 50 ms' : `longest task ${ms(busy)}`
  console.log(`${what}: ${count} frames, 95 % within ${ms(p95)}, longest ${ms(longest)}, ${over50} over 50 ms; ${task}`)
}

function ms(time = 0): string {
  return `${time.toFixed(1)} ms`
}

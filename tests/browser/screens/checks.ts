/** What every screen is held to: no findings of axe, no scrolling sideways, no clipped words, and a way through it by Tab. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const rules = { 'label-content-name-mismatch': { enabled: false } }
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** By the rules of WCAG 2.2 AA. `within`: only there, when the rest of the page has been looked at before. */
export async function expectNoFindings(page: Page, within = 'body'): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const found = await page.evaluate<string[]>(
    `axe.run(${JSON.stringify(within)}, ${JSON.stringify({ runOnly: tags, rules, resultTypes: ['violations'] })}).then(
      ({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
  )
  expect(found).toEqual([])
}

/** Nothing of the page lies beside the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
}

/** Words that are cut off: wider than their box, or beyond the edge of what hides what is beyond it. */
export async function expectNothingClipped(page: Page): Promise<void> {
  expect(await page.evaluate(clipped)).toEqual([])
}

function clipped(): string[] {
  /** By design one line of somebody's own words, which may end in an ellipsis; times, counts and buttons may not. */
  const mayEnd = (element: Element) =>
    getComputedStyle(element).textOverflow === 'ellipsis' && element.closest('time, .num, .count, .btn') === null
  const isHidden = (element: Element) => element.closest('.sr, [hidden], option, select, svg') !== null
  const tell = (element: Element, why: string) =>
    `${why}: <${element.localName} class="${element.className}"> ${(element.textContent ?? '').slice(0, 60)}`
  const found: string[] = []
  for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
    const hasWords = [...element.childNodes].some(
      (node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '',
    )
    if (!hasWords || isHidden(element) || !element.checkVisibility({ visibilityProperty: true })) continue
    const box = element.getBoundingClientRect()
    if (box.width === 0 || mayEnd(element)) continue
    const { display } = getComputedStyle(element)
    if (display !== 'inline' && element.scrollWidth > element.clientWidth + 1) found.push(tell(element, 'wider'))
    for (let around = element.parentElement; around !== null; around = around.parentElement) {
      const { overflowX, position, textOverflow } = getComputedStyle(around)
      if (overflowX === 'auto' || overflowX === 'scroll' || textOverflow === 'ellipsis') break
      const edge = around.getBoundingClientRect()
      if (overflowX !== 'visible' && (box.left < edge.left - 1 || box.right > edge.right + 1)) {
        found.push(tell(element, 'beyond the edge'))
        break
      }
      if (position === 'fixed') break
    }
  }
  return found
}

/** Tab leads through everything that can be used, each stop is to be seen, and it leads on. */
export async function expectKeyboardWalk(page: Page): Promise<void> {
  const count = await page.evaluate(() => {
    const usable = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'
    const all = [...document.querySelectorAll<HTMLElement>(usable)].filter(
      (one) =>
        one.checkVisibility({ visibilityProperty: true }) &&
        one.tabIndex >= 0 &&
        !one.matches(':disabled, [type="radio"]') &&
        one.closest('[inert], dialog:not([open])') === null,
    )
    const stops = new Set<Element>()
    const unseen: string[] = []
    const onFocus = () => {
      const { activeElement: at } = document
      if (at === null || at === document.body) return
      stops.add(at)
      // A field inside a frame of its own shows the focus there.
      const around = [at, at.nextElementSibling, at.parentElement, at.closest('.box'), at.closest('.composer')]
      const shows = around.some((one) => one != null && getComputedStyle(one).outlineStyle !== 'none')
      if (!shows || at.getBoundingClientRect().width === 0) unseen.push(at.outerHTML.slice(0, 120))
    }
    document.addEventListener('focusin', onFocus)
    Object.assign(window, {
      walked: () => {
        document.removeEventListener('focusin', onFocus)
        // The way to skip the bar lies over the bar while it has the focus.
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
        return { unseen, missed: all.filter((one) => !stops.has(one)).map((one) => one.outerHTML.slice(0, 120)) }
      },
    })
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    return all.length
  })
  // Some more: one of each group of radio buttons, and the way out of the page and in again.
  await Promise.all(Array.from({ length: count + 12 }, () => page.keyboard.press('Tab')))
  expect(await page.evaluate('walked()')).toEqual({ unseen: [], missed: [] })
}

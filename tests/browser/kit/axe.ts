/** What axe finds wrong on a screen, by the rules of WCAG 2.2 AA. */
import axe from 'axe-core'
import type { Frame } from 'playwright-core'
import { expect } from 'vitest'

/** The initials on the account's button are a picture to everybody; axe takes them for its visible label. */
const rules = { 'label-content-name-mismatch': { enabled: false } }
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export async function expectAccessible(frame: Frame): Promise<void> {
  await frame.evaluate(axe.source)
  const found = await frame.evaluate<string[]>(
    `axe.run(${JSON.stringify({ runOnly: tags, rules })}).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
  )
  expect(found).toEqual([])
}

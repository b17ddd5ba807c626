import { expect, it } from 'vitest'
import { weigh } from '../../scripts/lib/weight.mjs'

it('WG2 a page that includes the chat loads less than 3 kB, and the opened chat less than 30 kB of script', () => {
  const { loader, script } = weigh()
  expect(loader).toBeLessThan(3_000)
  expect(script).toBeLessThan(30_000)
})

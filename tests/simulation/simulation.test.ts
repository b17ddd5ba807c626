/** Every invariant after every commit, over seeds that failed once and over 200 more. */
import { describe, expect, it } from 'vitest'
import { keptSeeds, run } from './report.ts'
import { simulate } from './simulate.ts'

const SEEDS = 200

describe('the simulation', () => {
  it('holds in the seeds that failed once', async () => {
    const { failed, text } = await run(keptSeeds().map(({ seed }) => seed))
    expect(failed, text).toHaveLength(0)
  })

  it(`holds in ${SEEDS} seeds, and meets all that it judges`, async () => {
    const { failed, missing, text } = await run(Array.from({ length: SEEDS }, (_, i) => String(i + 1)))
    expect(failed, text).toHaveLength(0)
    expect(missing).toEqual([])
    console.log(text)
  })

  it('is the same again for the same seed', async () => {
    for (const seed of ['3', '5', '8']) {
      const [first, second] = [await simulate(seed), await simulate(seed)]
      expect(second.hash).toBe(first.hash)
      expect([second.steps, second.commits]).toEqual([first.steps, first.commits])
    }
  })
})

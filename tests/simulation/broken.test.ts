/** Each rule catches what is broken on purpose, within so many seeds: a rule that never fires proves nothing. */
import { describe, expect, it } from 'vitest'
import { broken } from './broken.ts'
import { ruleNames } from './invariants/rules.ts'
import { simulate } from './simulate.ts'
import { realModels } from './world/city.ts'

const MOST_SEEDS = 200

describe('rules broken on purpose', () => {
  it('are all rules there are', () => {
    expect(new Set(broken.map(({ rule }) => rule))).toEqual(new Set(ruleNames))
  })

  it.each(broken.map((each) => [each.rule, each.what, each] as const))('%s: %s', async (rule, _what, each) => {
    const { models, breakage = {}, network, from = 1 } = each
    const options = {
      models: { ...realModels, ...models },
      breakage,
      rules: [rule],
      ...(network === undefined ? {} : { network }),
    }
    let caught: string | undefined
    for (let i = from; i < from + MOST_SEEDS && caught === undefined; i++) {
      caught = (await simulate(`broken-${i}`, options)).violation?.rule
    }
    expect(caught).toBe(rule)
  })
})

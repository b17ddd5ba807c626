/** CV3: a customer is sent what is made for customers, and not a field more; each link of a customer checks it. */
import type { MakeRule } from './rule.ts'

/** What only staff write and say in the simulation. */
const private_ = /note sentence|In a moment|Please help|consult/

export const cv3: MakeRule = ({ director, hit, fail }) => ({
  rest() {
    for (const { principal, replica } of director.stage.links) {
      if (principal.kind !== 'customer') continue
      hit('CV3 entries', replica.copy.size)
      const seen = [...replica.copy.values(), JSON.stringify(replica.view)].find((text) => private_.test(text))
      if (seen !== undefined) fail('CV3', `a customer was sent what is not theirs: ${seen}`)
    }
  },
})

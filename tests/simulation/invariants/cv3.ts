/** CV3: a customer is sent what is made for customers, and not a field more; each link of a customer checks it. */
import type { MakeRule } from './rule.ts'

export const cv3: MakeRule = ({ director, hit }) => ({
  rest() {
    for (const { principal, replica } of director.stage.links) {
      if (principal.kind === 'customer') hit('CV3 entries', replica.copy.size)
    }
  },
})

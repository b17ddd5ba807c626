/** How a plan's step asks for less: nobody who met the expression before fails it after. */
import * as z from 'zod/mini'
import { key } from '../../protocol/fields.ts'
import { type Expression, HIGHEST_LEVEL } from './expression.ts'
import { anybody, join, normal } from './normal.ts'

export const Relaxation = z.object({
  /** Every least level, the queue's too, is lowered by so many points. */
  lower: z._default(z.int().check(z.minimum(0), z.maximum(HIGHEST_LEVEL)), 0),
  /** What is said of these skills and attributes counts as met. */
  waive: z._default(z.array(key).check(z.maxLength(50)), []),
})
export type Relaxation = z.infer<typeof Relaxation>

/** The weaker expression, in normal form: there each condition stands for itself, so that easing one eases the whole. */
export function relax(expression: Expression, relaxation: Relaxation): Expression {
  return ease(normal(expression), relaxation)
}

function ease(expression: Expression, { lower, waive }: Relaxation): Expression {
  switch (expression.is) {
    case 'all':
    case 'one':
      return join(
        expression.is,
        expression.of.map((each) => ease(each, { lower, waive })),
      )
    case 'level': {
      if (expression.skill !== null && waive.includes(expression.skill)) return anybody
      return expression.op === '>='
        ? normal({ ...expression, level: Math.max(0, expression.level - lower) })
        : expression
    }
    case 'text':
      return waive.includes(expression.attribute) ? anybody : expression
    case 'not':
      return expression
  }
}

/** Expressions and agents by chance. */
import fc from 'fast-check'
import type { Able, Expression } from '../../../core/routing/requirement/expression.ts'

const names = ['billing', 'refund', 'level', 'and', '42', 'a-b']
const values = ['zh', 'en', 'not', '3', 'a "quoted" \\ text', '中文']
const level = fc.integer({ min: 0, max: 10 })

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.record({
    is: fc.constant('level' as const),
    skill: fc.constantFrom(null, ...names),
    op: fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
    level,
  }),
  fc.record({
    is: fc.constant('text' as const),
    attribute: fc.constantFrom(...names),
    op: fc.constantFrom('=', '!='),
    value: fc.constantFrom(...values),
  }),
)

/** As the reader builds them: a chain has no members, or two and more. */
export const expression: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ is: fc.constant('not' as const), of: tie('tree') }),
    fc.record({
      is: fc.constantFrom('all' as const, 'one' as const),
      of: fc.oneof(fc.constant([]), fc.array(tie('tree'), { minLength: 2, maxLength: 3 })),
    }),
  ),
})).tree

export const able: fc.Arbitrary<Able> = fc.record({
  level,
  skills: fc.dictionary(fc.constantFrom(...names), level),
  attributes: fc.dictionary(fc.constantFrom(...names), fc.subarray(values)),
})

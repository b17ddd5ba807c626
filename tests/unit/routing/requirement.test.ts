import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Expression, holds } from '../../../core/routing/requirement/expression.ts'
import { isHopeless, normal } from '../../../core/routing/requirement/normal.ts'
import { MOST_TEXT, mistakeText, parse } from '../../../core/routing/requirement/parse.ts'
import { print } from '../../../core/routing/requirement/print.ts'
import { relax } from '../../../core/routing/requirement/relax.ts'
import { able, expression } from './expressions.ts'

function read(text: string): Expression {
  const parsed = parse(text)
  if (!parsed.ok) throw new Error(mistakeText(parsed.error))
  return parsed.value
}
const agent = { level: 2, skills: { billing: 3 }, attributes: { lang: ['zh', 'en'] } }

describe('a requirement', () => {
  it.each([
    ['lang = zh and (billing >= 3 or refund >= 1)', true],
    ['lang = zh and billing > 3', false],
    ['lang != zh', false],
    ['lang = en and not lang = de', true],
    ['refund = 0', true],
    ['billing', true],
    ['refund', false],
    ['level >= 2 and "level" = 0', true],
    ['not billing or level >= 2 and billing', true],
    ['LANG', null],
    ['（billing ≥ 3） and lang ＝ "zh"', true],
    ['anybody', true],
    ['nobody or billing', true],
    ['constructor = 0 and __proto__', null],
    ['constructor = 0', true],
  ])('RT1: %s: %s', (text, expected) => {
    const parsed = parse(text)
    expect(parsed.ok ? holds(parsed.value, agent) : null).toBe(expected)
  })

  it.each([
    ['', 1, 'a skill, "not" or "("', ''],
    ['billing >= 11', 12, 'a level from 0 to 10', '11'],
    ['billing >= high', 12, 'a level from 0 to 10', 'high'],
    ['level = high', 9, 'a level from 0 to 10', 'high'],
    ['lang = ', 8, 'a level from 0 to 10 or a text', ''],
    ['lang = and', 8, 'a level from 0 to 10 or a text', 'and'],
    ['lang = zh billing', 11, '"and", "or" or the end', 'billing'],
    ['(lang = zh and billing', 23, '"and", "or" or ")"', ''],
    ['billing and', 12, 'a skill, "not" or "("', ''],
    ['Billing >= 2', 1, 'a name of small letters, digits and hyphens', 'Billing'],
    ['billing & refund', 9, '"and", "or" or the end', '&'],
    ['lang = "zh', 8, 'a level from 0 to 10 or a text', '"zh'],
    ['3 >= billing', 1, 'a skill, "not" or "("', '3'],
  ])('RT1: %j is wrong at column %i', (text, column, expected, found) => {
    const parsed = parse(text)
    expect(parsed).toEqual({ ok: false, error: { at: column - 1, expected, found } })
  })

  it('RT1: is neither longer nor deeper than anybody writes', () => {
    const deep = `${'('.repeat(30)}billing${')'.repeat(30)}`
    expect(parse(deep)).toMatchObject({ ok: false, error: { at: 21 } })
    expect(parse(`${'not '.repeat(240)}billing`)).toMatchObject({ ok: false })
    expect(parse('a'.repeat(MOST_TEXT + 1))).toMatchObject({ ok: false, error: { at: MOST_TEXT } })
  })

  it('RT1: whatever is typed is read or refused, and a mistake is within the text', () => {
    const scrap = fc.constantFrom('billing', 'lang', ' ', '(', ')', 'and', 'or', 'not', '>=', '=', '3', '"', '\\', '&')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(scrap).map((parts) => parts.join(' ')),
        ),
        (text) => {
          const parsed = parse(text)
          if (!parsed.ok) expect(parsed.error.at).toBeLessThanOrEqual(text.length)
        },
      ),
    )
  })

  it('RT2: is printed as text that reads back the same', () => {
    fc.assert(
      fc.property(expression, (e) => {
        expect(read(print(e))).toEqual(e)
      }),
    )
  })

  it('RT2: its normal form is met by the same agents, and is its own normal form', () => {
    fc.assert(
      fc.property(expression, able, (e, a) => {
        expect(holds(normal(e), a)).toBe(holds(e, a))
        expect(normal(normal(e))).toEqual(normal(e))
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    ['a >= 2 and b', 'b and a >= 2'],
    ['a >= 2 and a >= 3', 'a > 2'],
    ['not (a < 3 or lang = zh)', 'a >= 3 and lang != zh'],
    ['a = 4', 'a >= 4 and a <= 4'],
    ['a and (a or b)', 'a or (a and b)'],
    ['a >= 0', 'anybody'],
    ['a >= 3 or a < 3', 'anybody'],
    ['(a and b) and c', 'a and (b and c)'],
  ])('RT2: %s and %s have the same normal form', (a, b) => {
    expect(normal(read(a))).toEqual(normal(read(b)))
  })

  it.each([
    ['a >= 5 and a < 5', true],
    ['lang = zh and not lang = zh', true],
    ['a > 10', true],
    ['lang = zh and lang = en', false],
    ['a >= 5 or nobody', false],
  ])('RT2: %s can be met by nobody: %s', (text, expected) => {
    expect(isHopeless(read(text))).toBe(expected)
  })

  it('RT3: relaxed, it is met by all who met it before', () => {
    const relaxation = fc.record({
      lower: fc.integer({ min: 0, max: 10 }),
      waive: fc.subarray(['billing', 'refund', 'and', '42']),
    })
    fc.assert(
      fc.property(expression, relaxation, able, (e, r, a) => {
        fc.pre(holds(e, a))
        expect(holds(relax(e, r), a)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    ['billing >= 5 and lang = zh', { lower: 2, waive: [] }, 'billing >= 3 and lang = zh'],
    ['billing >= 5 and lang = zh', { lower: 0, waive: ['lang'] }, 'billing >= 5'],
    ['level >= 3 and not vip', { lower: 3, waive: [] }, 'vip <= 0'],
    ['not (billing < 4)', { lower: 1, waive: [] }, 'billing >= 3'],
    ['billing >= 2 or refund >= 8', { lower: 2, waive: [] }, 'anybody'],
  ])('RT3: %s with %j asks for %s', (text, relaxation, expected) => {
    expect(print(relax(read(text), relaxation))).toBe(expected)
  })
})

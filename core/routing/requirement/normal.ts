/**
 * The normal form of an expression: no `not`, levels as bounds (`>=`, `<=`), nothing said twice, in a fixed order. Two
 * expressions with the same normal form are met by the same agents; the other way round it holds for most that people write.
 */
import { type Comparison, type Expression, HIGHEST_LEVEL } from './expression.ts'
import { print } from './print.ts'

export const anybody: Expression = { is: 'all', of: [] }
export const nobody: Expression = { is: 'one', of: [] }

type Level = Extract<Expression, { is: 'level' }>
type Joint = 'all' | 'one'

export function normal(expression: Expression): Expression {
  return positive(expression, true)
}

/** True when no agent whatsoever can meet it. Not every contradiction is seen. */
export function isHopeless(expression: Expression): boolean {
  const form = normal(expression)
  return form.is === 'one' && form.of.length === 0
}

/** The expression, or its opposite, without `not`. */
function positive(expression: Expression, yes: boolean): Expression {
  switch (expression.is) {
    case 'not':
      return positive(expression.of, !yes)
    case 'all':
    case 'one': {
      const joint = (expression.is === 'all') === yes ? 'all' : 'one'
      return join(
        joint,
        expression.of.map((each) => positive(each, yes)),
      )
    }
    case 'level':
      return bounds(expression.skill, yes ? expression.op : opposite[expression.op], expression.level)
    case 'text':
      return { ...expression, op: (expression.op === '=') === yes ? '=' : '!=' }
  }
}

const opposite: Readonly<Record<Comparison, Comparison>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

function bounds(skill: string | null, op: Comparison, level: number): Expression {
  const least = (n: number) => bound({ is: 'level', skill, op: '>=', level: n })
  const most = (n: number) => bound({ is: 'level', skill, op: '<=', level: n })
  switch (op) {
    case '>=':
      return least(level)
    case '>':
      return least(level + 1)
    case '<=':
      return most(level)
    case '<':
      return most(level - 1)
    case '=':
      return join('all', [least(level), most(level)])
    case '!=':
      return join('one', [most(level - 1), least(level + 1)])
  }
}

/** A bound, or what it comes to when every level, or none, is within it. */
function bound(level: Level): Expression {
  const isLeast = level.op === '>='
  if (isLeast ? level.level <= 0 : level.level >= HIGHEST_LEVEL) return anybody
  if (isLeast ? level.level > HIGHEST_LEVEL : level.level < 0) return nobody
  return level
}

/** Joins parts that are in normal form already. */
export function join(joint: Joint, parts: readonly Expression[]): Expression {
  const members = new Map<string, Expression>()
  for (const part of parts.flatMap((each) => (each.is === joint ? each.of : [each]))) members.set(print(part), part)
  const settling = joint === 'all' ? nobody : anybody
  if (members.has(print(settling)) || !tighten(joint, members) || clash(members)) return settling
  absorb(members)
  const of = [...members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)
  const only = of[0]
  return only !== undefined && of.length === 1 ? only : { is: joint, of }
}

/**
 * Leaves one bound of each kind for a skill: of an `all` the narrowest, of a `one` the widest. False when the two that
 * are left exclude each other (`all`), or cover everything (`one`).
 */
function tighten(joint: Joint, members: Map<string, Expression>): boolean {
  const least = new Map<string | null, number>()
  const most = new Map<string | null, number>()
  for (const [key, each] of [...members]) {
    if (each.is !== 'level') continue
    members.delete(key)
    const isLeast = each.op === '>='
    const kept = isLeast ? least : most
    const before = kept.get(each.skill)
    const wantsHigher = isLeast === (joint === 'all')
    const value = before === undefined ? each.level : (wantsHigher ? Math.max : Math.min)(before, each.level)
    kept.set(each.skill, value)
  }
  for (const [skill, low] of least) {
    const high = most.get(skill)
    if (high !== undefined && (joint === 'all' ? low > high : low <= high + 1)) return false
  }
  const keep = (level: Level) => members.set(print(level), level)
  for (const [skill, level] of least) keep({ is: 'level', skill, op: '>=', level })
  for (const [skill, level] of most) keep({ is: 'level', skill, op: '<=', level })
  return true
}

/** A text that is both asked for and ruled out. */
function clash(members: ReadonlyMap<string, Expression>): boolean {
  for (const each of members.values()) {
    if (each.is === 'text' && each.op === '=' && members.has(print({ ...each, op: '!=' }))) return true
  }
  return false
}

/** `a and (a or b)` is `a`, and so is `a or (a and b)`. */
function absorb(members: Map<string, Expression>): void {
  for (const [key, each] of [...members]) {
    if (each.is !== 'all' && each.is !== 'one') continue
    if (each.of.some((part) => members.has(print(part)))) members.delete(key)
  }
}

/** Writes an expression as text that {@link parse} reads back as the same expression. */
import { type Expression, reserved } from './expression.ts'
import { plain } from './tokens.ts'

/** How tightly a form binds; what binds less than its place stands in brackets. */
const binding = { one: 1, all: 2, not: 3, level: 3, text: 3 } as const

export function print(expression: Expression): string {
  return inside(expression, 0)
}

function inside(expression: Expression, least: number): string {
  const text = bare(expression)
  const isWord = (expression.is === 'all' || expression.is === 'one') && expression.of.length === 0
  return isWord || binding[expression.is] >= least ? text : `(${text})`
}

function bare(expression: Expression): string {
  switch (expression.is) {
    case 'all':
      return expression.of.length === 0 ? 'anybody' : expression.of.map((each) => inside(each, 3)).join(' and ')
    case 'one':
      return expression.of.length === 0 ? 'nobody' : expression.of.map((each) => inside(each, 2)).join(' or ')
    case 'not':
      return `not ${inside(expression.of, 3)}`
    case 'level':
      return `${expression.skill === null ? 'level' : word(expression.skill)} ${expression.op} ${expression.level}`
    case 'text':
      return `${word(expression.attribute)} ${expression.op} ${word(expression.value)}`
  }
}

function word(text: string): string {
  if (plain.test(text) && !/^\d+$/.test(text) && !reserved.has(text.toLowerCase())) return text
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** The text of an expression, cut into words, numbers, quoted texts and signs, each with its place. */
import type { Comparison } from './expression.ts'

export type Token = { readonly at: number; readonly text: string } & (
  | { readonly is: 'word'; readonly word: string }
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'quoted'; readonly value: string }
  | { readonly is: 'sign'; readonly op: Comparison }
  | { readonly is: '(' | ')' | 'end' | 'stray' }
)

/** Signs as people type them: the last three columns of a Chinese keyboard mean the same. */
const signs: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '≠': '!=',
  '≤': '<=',
  '≥': '>=',
  '＝': '=',
  '＜': '<',
  '＞': '>',
}

const shapes =
  /(\s+)|([\p{L}\p{N}_][\p{L}\p{N}_.-]*)|"((?:[^"\\]|\\["\\])*)"|(==|!=|<=|>=|[=<>≠≤≥＝＜＞])|([(（])|([)）])/uy

/** All tokens and an `end`. What is no token at all is a `stray` one; nothing is read beyond it. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    shapes.lastIndex = at
    const match = shapes.exec(text)
    if (match === null) {
      const rest = text.slice(at)
      tokens.push({
        is: 'stray',
        at,
        text: rest.startsWith('"') ? rest : String.fromCodePoint(rest.codePointAt(0) ?? 0),
      })
      return tokens
    }
    const token = tokenOf(match, at)
    if (token !== null) tokens.push(token)
    at = shapes.lastIndex
  }
  return [...tokens, { is: 'end', at, text: '' }]
}

function tokenOf(match: RegExpExecArray, at: number): Token | null {
  const [text, space, word, quoted, sign, open] = match
  if (space !== undefined) return null
  if (word !== undefined) {
    return /^\d+$/.test(word) ? { is: 'number', at, text, value: Number(word) } : { is: 'word', at, text, word }
  }
  if (quoted !== undefined) return { is: 'quoted', at, text, value: quoted.replace(/\\(["\\])/g, '$1') }
  const op = sign === undefined ? undefined : signs[sign]
  if (op !== undefined) return { is: 'sign', at, text, op }
  return { is: open === undefined ? ')' : '(', at, text }
}

/** What can stand without quotes, if it is no reserved word and no number. */
export const plain = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u

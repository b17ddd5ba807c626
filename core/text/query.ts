/** From what somebody types to what the index is asked, and to the places in a text that answer it. */
import { type Run, runsOf, runTokens, type Token, tokensOf } from './tokens.ts'

/** Longer queries are cut, in characters. */
export const MOST_QUERY = 200

/** Tokens that follow one another. With `prefix` the last is only the beginning of one. */
export interface Term {
  readonly tokens: readonly string[]
  readonly prefix: boolean
}

/** A stretch of text, in UTF-16 units. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What a query asks for: all of its terms. Empty when there is nothing in it to look for. */
export function termsOf(query: string): Term[] {
  const groups: Run[][] = []
  for (const run of runsOf(query.slice(0, MOST_QUERY))) {
    const last = groups.at(-1)
    if (run.joined && last !== undefined) last.push(run)
    else groups.push([run])
  }
  return groups.map(termOf)
}

/** What follows a query's last character is open: its single token would ask for the end of a run. */
function termOf(runs: readonly Run[]): Term {
  const tokens = runs.flatMap((run) => runTokens(run).map(({ text }) => text))
  const last = runs.at(-1)
  if (last === undefined || !last.dense) return { tokens, prefix: false }
  return last.pieces.length === 1 ? { tokens, prefix: true } : { tokens: tokens.slice(0, -1), prefix: false }
}

/**
 * The text as an FTS5 table of the tokenizer `ascii` takes it: tokens and spaces. `realm`, of letters and digits, begins
 * every token: the words of one realm are words of no other.
 */
export function indexText(realm: string, text: string): string {
  return tokensOf(text)
    .map((token) => inRealm(realm, token.text))
    .join(' ')
}

/**
 * Terms as an FTS5 MATCH expression. Tokens hold letters, digits, marks and signs only, and stand in quotes: nothing that
 * was typed can be an operator.
 */
export function matchExpression(realm: string, terms: readonly Term[]): string {
  return terms
    .map(({ tokens, prefix }) => `"${tokens.map((token) => inRealm(realm, token)).join(' ')}"${prefix ? ' *' : ''}`)
    .join(' AND ')
}

/** The mark between realm and word is of private use, so that no word holds it. */
const inRealm = (realm: string, token: string) => `${realm}\ue000${token}`

/** Where a text answers the terms, in order, neighbours and overlaps put together. Empty unless it answers all. */
export function spansOf(text: string, terms: readonly Term[]): Span[] {
  const tokens = tokensOf(text)
  const found = terms.map((term) => spansOfTerm(tokens, term))
  if (found.some((spans) => spans.length === 0)) return []
  const merged: { from: number; to: number }[] = []
  for (const { from, to } of found.flat().sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else merged.push({ from, to })
  }
  return merged
}

function spansOfTerm(tokens: readonly Token[], { tokens: wanted, prefix }: Term): Span[] {
  const meets = (at: number) =>
    wanted.every((word, n) => {
      const text = tokens[at + n]?.text ?? ''
      return prefix && n === wanted.length - 1 ? text.startsWith(word) : text === word
    })
  return tokens.flatMap(({ from }, at) => {
    const last = meets(at) ? tokens[at + wanted.length - 1] : undefined
    return last === undefined ? [] : [{ from, to: prefix ? last.head : last.to }]
  })
}

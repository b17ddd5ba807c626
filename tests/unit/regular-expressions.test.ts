/** Regular expressions over what others write never backtrack: SC19. Proved by automata. */
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { checkSync } from 'recheck'
import { parseSync, Visitor } from 'vite'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { UNIT } from '../../core/text/fold.ts'

// The package's own entry starts a program or a thread; this one is the same checker in this thread.
const recheck: { checkSync: typeof checkSync } = createRequire(import.meta.url)('recheck/lib/browser.js')

/** A pattern as it is matched, and the first place where it stands. */
interface Found {
  readonly at: string
  readonly pattern: string
  readonly flags: string
}

/** Calls of `RegExp` and what they make. One that is not here fails. */
const made: Readonly<Record<string, readonly string[]>> = {
  "core/text/tokens.ts: new RegExp(`(?<plain>[A-Za-z0-9]+)(?<marks>[\\\\p{M}\\\\uff9e\\\\uff9f\\\\p{EMod}]*)|${UNIT.source}`, 'gv')":
    [`(?<plain>[A-Za-z0-9]+)(?<marks>[\\p{M}\\uff9e\\uff9f\\p{EMod}]*)|${UNIT.source}`],
  // The patterns of our own schemas, printed when the client is built: they are collected where they are written.
  'client/net/printed.ts: new RegExp(pattern)': [],
}
const formats: Readonly<Record<string, unknown>> = z.core.regexes

/** Every literal, what is made by `RegExp`, and the formats that schemas name (`z.email()`). */
function expressionsOf(file: string): Found[] {
  const code = readFileSync(file, 'utf8')
  const found: Found[] = []
  const construct = (text: string) => {
    const patterns = made[`${file}: ${text}`]
    if (patterns === undefined) throw new Error(`${file} makes a regular expression that nobody judged: ${text}`)
    for (const pattern of patterns) found.push({ at: file, pattern, flags: 'v' })
  }
  const { program, errors } = parseSync(file, code)
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`)
  new Visitor({
    Literal(node) {
      if ('regex' in node) found.push({ at: file, ...node.regex })
    },
    NewExpression(node) {
      if (code.slice(node.callee.start, node.callee.end).endsWith('RegExp')) construct(code.slice(node.start, node.end))
    },
    CallExpression(node) {
      const callee = code.slice(node.callee.start, node.callee.end)
      if (callee.endsWith('RegExp')) construct(code.slice(node.start, node.end))
      const format = callee.startsWith('z.') ? formats[callee.slice(callee.lastIndexOf('.') + 1)] : undefined
      if (format instanceof RegExp) found.push({ at: `${file} by zod`, pattern: format.source, flags: format.flags })
    },
  }).visit(program)
  return found
}

/**
 * What is plainly linear needs no automaton: without a quantifier, or with one below 100 over one character, a match ends
 * after a constant number of steps, wherever it begins; begun at the start alone, one quantifier over one character gives back
 * each character once.
 */
function isPlain({ pattern, flags }: Found): boolean {
  if (/\\[1-9k]/.test(pattern) || flags.includes('m')) return false
  const bare = pattern.replaceAll(/\\[pP]\{[^{}]*\}|\\u\{[^{}]*\}|\\./g, 'x').replaceAll(/\[[^\]]*\]/g, 'x')
  const isShort = /^[^*+{]*(?:(?<!\))\{\d\d?(?:,\d\d?)?\}[^*+{]*)?$/.test(bare)
  return isShort || /^\^[^*+{|]*(?<!\))(?:[*+]|\{[\d,]+\})[^*+{|]*$/.test(bare)
}

/** The checker knows neither the flag v nor the class of skin tones: the same in its words, where no sets are reckoned with. */
function inItsWords({ pattern, flags }: Found): [string, string] {
  const spelt = pattern.replaceAll('\\p{EMod}', '\\u{1f3fb}-\\u{1f3ff}')
  const hasSets = /--|&&|\[\[/.test(spelt)
  return [spelt, hasSets ? flags : flags.replace('v', 'u')]
}

/** How the steps of a match grow with the text: `safe` is no faster than the text does. */
function judge(found: Found): string {
  if (isPlain(found)) return 'safe'
  const [pattern, flags] = inItsWords(found)
  // No automaton is made of it, so nothing is proved of it.
  if (/\(\?<?[=!]/.test(pattern)) return 'looks around'
  const untimed = { timeout: null, attackTimeout: null, incubationTimeout: null }
  const verdict = recheck.checkSync(pattern, flags, { checker: 'automaton', ...untimed })
  return verdict.status === 'vulnerable' ? `vulnerable: ${verdict.complexity.summary}` : verdict.status
}

const sources = globSync('{core,durable-objects,worker,client}/**/*.{ts,tsx,mjs}').sort()
const all = new Map(
  sources.flatMap(expressionsOf).map((found) => [`/${found.pattern}/${found.flags.replaceAll(/[gdy]/g, '')}`, found]),
)

describe('a regular expression', () => {
  it('SC19: is found wherever it stands', () => {
    expect(all.size).toBeGreaterThan(100)
    expect([...all.values()].some(({ at }) => at.endsWith('by zod'))).toBe(true)
  })

  it.each([
    ['^(a+)+$', /^vulnerable/],
    ['\\s*,\\s*', /^vulnerable/],
    ['^(a|a)*$', /^vulnerable/],
    ['^(?!x)(a+)+$', /^looks around/],
  ])('SC19: that backtracks, or of which nothing can be proved, is told from others: %s', (pattern, verdict) => {
    expect(judge({ at: 'here', pattern, flags: '' })).toMatch(verdict)
  })

  it.each([...all])('SC19: does not backtrack: %s', (_name, found) => {
    expect(judge(found), found.at).toBe('safe')
  })
})

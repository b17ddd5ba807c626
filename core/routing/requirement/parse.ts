/**
 * Reads the text of a requirement:
 *
 *     expression = term { "or" term }
 *     term       = factor { "and" factor }
 *     factor     = "not" factor | "(" expression ")" | "anybody" | "nobody" | comparison
 *     comparison = name [ sign ( number | word | quoted ) ]
 *     sign       = "=" | "!=" | "<" | "<=" | ">" | ">="
 *
 * A name alone asks for level 1 at least; `level` is the agent's level in the queue.
 */
import { type Comparison, type Expression, HIGHEST_LEVEL, reserved } from './expression.ts'
import { type Token, tokensOf } from './tokens.ts'

/** Characters of a text, and brackets within brackets: more is a mistake, or worse. */
export const MOST_TEXT = 1_000
const DEEPEST = 20

/** Where the text is wrong, counted from 0, and what would have been right there. */
export interface Mistake {
  readonly at: number
  readonly expected: string
  /** What stands there; empty at the end. */
  readonly found: string
}

export type Parsed = { readonly ok: true; readonly value: Expression } | { readonly ok: false; readonly error: Mistake }

/** As people read it, with columns counted from 1. */
export function mistakeText({ at, expected, found }: Mistake): string {
  return `column ${at + 1}: expected ${expected}, but ${found === '' ? 'the text ends' : `found ${found}`}`
}

export function parse(text: string): Parsed {
  if (text.length > MOST_TEXT) {
    return { ok: false, error: { at: MOST_TEXT, expected: `at most ${MOST_TEXT} characters`, found: 'more' } }
  }
  try {
    const reader = new Reader(tokensOf(text))
    const value = reader.expression(0)
    reader.end()
    return { ok: true, value }
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, error: error.mistake }
    throw error
  }
}

/** Carries a mistake out of the recursion; never leaves {@link parse}. */
class Wrong extends Error {
  readonly mistake: Mistake
  constructor(token: Token, expected: string) {
    super(expected)
    this.mistake = { at: token.at, expected, found: token.text }
  }
}

class Reader {
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  expression(depth: number): Expression {
    return this.#chain('one', 'or', () => this.#chain('all', 'and', () => this.#factor(depth)))
  }

  end(): void {
    if (this.#token.is !== 'end') throw new Wrong(this.#token, '"and", "or" or the end')
  }

  get #token(): Token {
    const token = this.#tokens[Math.min(this.#next, this.#tokens.length - 1)]
    if (token === undefined) throw new TypeError('there is always a last token')
    return token
  }

  #chain(is: 'all' | 'one', joint: string, read: () => Expression): Expression {
    const first = read()
    const of = [first]
    while (this.#takes(joint)) of.push(read())
    return of.length === 1 ? first : { is, of }
  }

  #takes(word: string): boolean {
    const token = this.#token
    if (token.is !== 'word' || token.word.toLowerCase() !== word) return false
    this.#next += 1
    return true
  }

  #factor(depth: number): Expression {
    if (depth > DEEPEST) throw new Wrong(this.#token, `no more than ${DEEPEST} brackets and "not" within each other`)
    if (this.#takes('not')) return { is: 'not', of: this.#factor(depth + 1) }
    if (this.#takes('anybody')) return { is: 'all', of: [] }
    if (this.#takes('nobody')) return { is: 'one', of: [] }
    if (this.#token.is !== '(') return this.#comparison()
    this.#next += 1
    const inner = this.expression(depth + 1)
    this.#close()
    return inner
  }

  #close(): void {
    if (this.#token.is !== ')') throw new Wrong(this.#token, '"and", "or" or ")"')
    this.#next += 1
  }

  #comparison(): Expression {
    const name = this.#name()
    const sign = this.#token
    if (sign.is !== 'sign') return { is: 'level', skill: name, op: '>=', level: 1 }
    this.#next += 1
    return this.#value(name, sign.op)
  }

  #name(): string | null {
    const token = this.#token
    const isLevel = token.is === 'word' && token.word.toLowerCase() === 'level'
    const name = token.is === 'word' ? token.word : token.is === 'quoted' ? token.value : ''
    const isReserved = token.is === 'word' && reserved.has(name.toLowerCase())
    if (!isLevel && (isReserved || token.is === 'number' || !/^[a-z0-9][a-z0-9-]{0,62}$/.test(name))) {
      const isName = name !== '' && !isReserved
      throw new Wrong(token, isName ? 'a name of small letters, digits and hyphens' : 'a skill, "not" or "("')
    }
    this.#next += 1
    return isLevel ? null : name
  }

  #value(name: string | null, op: Comparison): Expression {
    const token = this.#token
    const isEqual = op === '=' || op === '!='
    if (token.is === 'number' && token.value <= HIGHEST_LEVEL) {
      this.#next += 1
      return { is: 'level', skill: name, op, level: token.value }
    }
    const text = token.is === 'quoted' ? token.value : token.is === 'word' ? token.word : ''
    const isText = token.is === 'quoted' ? text !== '' : token.is === 'word' && !reserved.has(text.toLowerCase())
    if (!isText || !isEqual || name === null) {
      const level = `a level from 0 to ${HIGHEST_LEVEL}`
      throw new Wrong(token, isEqual && name !== null ? `${level} or a text` : level)
    }
    this.#next += 1
    return { is: 'text', attribute: name, op, value: text }
  }
}

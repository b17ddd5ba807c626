/** What is said to be wrong with a field, in the languages of the screens: every sentence that a check can say. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inChinese } from '../../../client/i18n/chinese-faults.ts'
import { explain } from '../../../core/protocol/explain.ts'

const checks = ['core/book/faults.ts', 'core/book/warnings.ts', 'core/routing/plan/check.ts']

/** The sentences that stand in a module as `message` or `what`; what is filled in has the name of a key. */
function sentencesOf(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  const found = [...source.matchAll(/\b(?:message|what)(?: =|:) (['`])(.+?)\1/g)].map(([, , text]) => text ?? '')
  return found.map((text) => text.replace(/\$\{what\}/, 'queue billing').replace(/\$\{[^}]*\}/g, 'billing'))
}

const ofSchemas = [
  explain({ code: 'too_small', minimum: 3, origin: 'string', path: [], message: '', input: '' }),
  explain({ code: 'too_big', maximum: 3, origin: 'string', path: [], message: '', input: '' }),
  explain({ code: 'invalid_type', expected: 'string', path: [], message: '', input: '' }),
  explain({ code: 'invalid_format', format: 'email', path: [], message: '', input: '' }),
  explain({ code: 'invalid_value', values: ['a', 'b'], path: [], message: '', input: '' }),
  explain({ code: 'unrecognized_keys', keys: ['a'], path: [], message: '', input: {} }),
  explain({ code: 'custom', path: [], message: 'Invalid input', input: '' }),
]

describe('what is wrong with a field', () => {
  it.each(checks)('OF7: is said in Chinese, whatever %s finds', (file) => {
    const sentences = sentencesOf(file)
    expect(sentences.length).toBeGreaterThan(0)
    const untold = sentences.filter((sentence) => inChinese(sentence) === undefined)
    expect(untold).toEqual([])
  })

  it('OF7: is said in Chinese, whatever a schema finds', () => {
    expect(ofSchemas.filter((sentence) => inChinese(sentence) === undefined)).toEqual([])
  })
})

/** Holds docs/spec.md and the titles of the tests together. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

const rules = [...read('docs/spec.md').matchAll(/^- \*\*([A-Z]+\d+)\*\*/gm)].map(([, rule = '']) => rule)
const prefixes = [...new Set(rules.map((rule) => rule.replace(/\d+/, '')))]

/** The rules that the titles of a file's tests name. */
function namedIn(file: string): readonly string[] {
  const titles = [...read(file).matchAll(/\b(?:test|it|describe)(?:\.\w+)*(?:\([^'"`()]*\))?\(\s*(['"`])(.*?)\1/gs)]
  const rule = new RegExp(`\\b(?:${prefixes.join('|')})\\d+\\b`, 'g')
  return titles.flatMap(([, , title = '']) => title.match(rule) ?? [])
}

const files = globSync('tests/**/*.test.{ts,tsx}', { cwd: root })

describe('the spec', () => {
  it('numbers its rules, each once', () => {
    expect(rules.length).toBeGreaterThan(0)
    expect(rules).toEqual([...new Set(rules)])
  })

  it('has a browser test for everything a person can do', () => {
    const shown = new Set(files.filter((file) => file.startsWith('tests/browser/')).flatMap(namedIn))
    const missing = rules.filter((rule) => /^W\d/.test(rule) && !shown.has(rule))
    expect(missing).toEqual([])
  })

  it.each(files)('knows every rule that %s names', (file) => {
    expect(namedIn(file).filter((rule) => !rules.includes(rule))).toEqual([])
  })
})

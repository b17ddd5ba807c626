/** The faults of other engines that docs/routing.md lists: each is kept out by tests that there are. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const [, section = ''] = readFileSync(join(root, 'docs/routing.md'), 'utf8').split('## Faults of others')
const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => /^\| (?!fault|---)/.test(line))

it.each(rows.map((row) => [row.split('|')[1]?.trim() ?? '', row.split('|')[3] ?? '']))('%s', (_fault, tests) => {
  const named = tests.split(' · ').map((each) => /`([^`]+)`: (.+)/.exec(each.trim()))
  expect(named.length).toBeGreaterThan(0)
  for (const found of named) {
    const [, file = '', title = ''] = found ?? []
    expect(readFileSync(join(root, `tests/unit/${file}.test.ts`), 'utf8')).toContain(`'${title.trim()}'`)
  }
})

it('is a list of ten', () => {
  expect(rows).toHaveLength(10)
})

import { describe, expect, it } from 'vitest'
import { csvLine } from '../../core/text/csv.ts'

describe('a line of CSV', () => {
  it('AU4 quotes what needs it', () => {
    expect(csvLine(['a', 'b, c', 'say "x"', 'two\nlines', ''])).toBe('a,"b, c","say ""x""","two\nlines",\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠SUM(1)'])(
    'AU4 lets no spreadsheet calculate %j',
    (text) => {
      expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/)
    },
  )

  it('AU4 lets none calculate that divides cells by semicolons or tabs, quotes or not', () => {
    const line = csvLine(['x;=1+1;', 'y\t@SUM(1)', 'a-b=c', '-1;+2;;-3', 'two\n\nlines\n=1'])
    const cells = line.split(/[;\t,\n]/).map((text) => text.replace(/^"/, ''))
    expect(cells.filter((text) => /^[=+\-@]/.test(text))).toEqual([])
    expect(line).toContain(',a-b=c,')
    expect(line).toContain('two\n\nlines')
  })
})

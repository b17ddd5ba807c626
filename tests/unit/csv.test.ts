import { describe, expect, it } from 'vitest'
import { csvLine } from '../../core/text/csv.ts'

describe('a line of CSV', () => {
  it('AU4 quotes what needs it', () => {
    expect(csvLine(['a', 'b, c', 'say "x"', 'two\nlines', ''])).toBe('a,"b, c","say ""x""","two\nlines",\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1'])('AU4 lets no spreadsheet calculate %j', (text) => {
    expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/)
  })
})

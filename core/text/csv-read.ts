/** Reads CSV (RFC 4180), as {@link csvLine} writes it and as spreadsheets do. */

/** A row, and the number of the line on which it begins; 1 is the first. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

/** Rows with anything in them. A quote that is never closed takes the rest; one with words behind it is a word itself. */
export function readCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = []
  let line = 1
  let cells: string[] = []
  let begun = 1
  // A cell and what ends it: quoted, with doubled quotes in it, or plain.
  const pattern = /(?:"((?:[^"]|"")*)(?:"|$)|([^,\r\n]*))(,|\r\n|\n|\r|$)/y
  const plain = text.replace(/^\uFEFF/, '')
  while (pattern.lastIndex <= plain.length) {
    const found = pattern.exec(plain)
    if (found === null) break
    const [all, quoted, bare = '', after] = found
    cells.push(unguarded(quoted === undefined ? bare : quoted.replaceAll('""', '"')))
    line += all.split(/\r\n|\n|\r/).length - 1
    if (after === ',') continue
    if (cells.some((cell) => cell !== '')) rows.push({ line: begun, cells })
    cells = []
    begun = line
    if (after === '') break
  }
  return rows
}

/** Without the apostrophe that keeps a spreadsheet from calculating. */
const unguarded = (cell: string) => cell.replace(/^'([=+\-@＝＋－＠\t\r\n])/, '$1')

/** A line of CSV (RFC 4180) that no spreadsheet takes for a formula. */

/** What makes a spreadsheet calculate: such a cell begins with an apostrophe instead. */
const formula = /^[=+\-@\t\r]/

/** The cells as one line, with its end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`

function cell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of CSV (RFC 4180) that no spreadsheet takes for a formula. */

/**
 * What makes a spreadsheet calculate, also in its wide form, at the beginning of a cell: an apostrophe before it makes it
 * text. Where semicolons or tabs divide cells, these begin one too, and a line does: quotes within a cell say nothing there.
 */
const formula = /(^|[;\t\r\n])([=+\-@＝＋－＠])/g

/** The cells as one line, with its end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`

function cell(text: string): string {
  const safe = text.replace(formula, "$1'$2").replace(/^[\t\r\n]/, "'$&")
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

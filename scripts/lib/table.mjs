// Rows as a table of plain text.

/** @param {readonly Record<string, unknown>[]} rows @param {readonly string[]} columns which, in which order */
export function table(rows, columns = Object.keys(rows[0] ?? {})) {
  const lines = [columns, ...rows.map((row) => columns.map((column) => printable(row[column])))]
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at].length)))
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Names come from anywhere: what moves a terminal's cursor is not passed on to it. */
const printable = (value) => String(value ?? '').replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')

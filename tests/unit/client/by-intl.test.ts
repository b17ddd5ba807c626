/** Dates, numbers and plurals on screens are written by Intl, in the reader's language: nothing formats by hand. */
import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const byHand = {
  'a number': /\.toFixed\(|\.toPrecision\(/,
  'a date':
    /\.toLocale(Date|Time)?String\(|\.get(UTC)?(Hours|Minutes|Month|FullYear|Day)\(|DateTimeFormat\((undefined|'|\))/,
  'digits of a time': /\.padStart\(/,
  'a plural': /=== 1 \? ['"`]/,
}

/** What is no text: coordinates of a drawing, the running time of a clock, the name of the browser's own zone. */
const allowed: Readonly<Record<string, RegExp>> = {
  'client/console/whatif/curves.tsx': /toFixed/,
  'client/i18n/locale.ts': /padStart/,
  'client/console/reports/days.ts': /DateTimeFormat\(\)\.resolvedOptions/,
  'client/net/uploads.ts': /DateTimeFormat\(\)\.resolvedOptions/,
}

const lines = globSync('client/**/*.{ts,tsx}').flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line, at) => ({ file: file.replaceAll('\\', '/'), line, place: `${file}:${at + 1}` })),
)

it.each(Object.entries(byHand))('SS5: %s is never written by hand', (_, pattern) => {
  const found = lines.filter(({ file, line }) => pattern.test(line) && allowed[file]?.test(line) !== true)
  expect(found.map(({ place, line }) => `${place} ${line.trim()}`)).toEqual([])
})

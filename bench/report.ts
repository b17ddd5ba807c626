/** The figures of a run: on the screen, and as the table in docs/performance.md. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, totalmem } from 'node:os'
import { inRoot } from '../scripts/lib/paths.mjs'
import type { Figure } from './stats.ts'

export interface Line {
  readonly what: string
  readonly parley: string
  readonly floor?: string
  /** Parley's over the floor's. */
  readonly ratio?: string
  readonly goal?: { readonly text: string; readonly met: boolean }
}

const page = 'docs/performance.md'
const begin = '<!-- figures: written by npm run bench -->'
const end = '<!-- /figures -->'

/** The median, and the range when there were more rounds than one. */
export function show({ median, low, high }: Figure, unit: string, digits = 1): string {
  const range = low === high ? '' : ` (${low.toFixed(digits)}–${high.toFixed(digits)})`
  return `${median.toFixed(digits)}${range}${unit === '' ? '' : ` ${unit}`}`
}

export function print(line: Line): void {
  const { what, parley, floor, ratio, goal } = line
  const beside = floor === undefined ? '' : `, the floor ${floor}${ratio === undefined ? '' : `: × ${ratio}`}`
  const verdict = goal === undefined ? '' : `  [goal ${goal.text}: ${goal.met ? 'met' : 'missed'}]`
  console.log(`${what}: ${parley}${beside}${verdict}`)
}

/** Replaces the table in the page; the prose around it is written by hand. */
export function write(lines: readonly Line[]): void {
  const text = readFileSync(inRoot(page), 'utf8')
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`${page} has no place for the figures`)
  writeFileSync(inRoot(page), `${text.slice(0, from)}${begin}\n\n${table(lines)}\n\n${text.slice(to)}`)
}

function table(lines: readonly Line[]): string {
  const rows = lines.map(({ what, parley, floor, ratio, goal }) => {
    const verdict = goal === undefined ? '' : `${goal.text}: ${goal.met ? 'met' : '**missed**'}`
    return `| ${[what, parley, floor ?? '', ratio ?? '', verdict].join(' | ')} |`
  })
  return [described(), '', '| what | Parley | floor | ratio | goal |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  )
}

function described(): string {
  const memory = Math.round(totalmem() / 2 ** 30)
  const { version } = createRequire(import.meta.url)('workerd/package.json')
  const date = new Date().toISOString().slice(0, 10)
  const where = `${availableParallelism()} cores, ${memory} GB of memory`
  return `${date}, at ${commit()}; ${where}; workerd ${version}, Node ${process.version}; driver and server on the same machine.`
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: inRoot('.'), encoding: 'utf8' }).trim()
  } catch {
    return 'an unknown commit'
  }
}

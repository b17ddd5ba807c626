/** `npm run bench`: Parley beside the floor, in alternating rounds on the same machine. Ends by itself, uses loopback only. */
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { inRoot } from '../scripts/lib/paths.mjs'
import { crowdFigures } from './crowd.ts'
import { idleFigures, messageFigures, routingFigures, rowFigures, wakeFigures } from './figures.ts'
import { recordFigures } from './record/figures.ts'
import { type Line, print, write } from './report.ts'
import type { Plan } from './sides.ts'

const parts = {
  messages: messageFigures,
  rows: rowFigures,
  routing: routingFigures,
  wake: wakeFigures,
  idle: idleFigures,
  crowd: crowdFigures,
  record: recordFigures,
}

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, rounds: { type: 'string' } },
})
const chosen = Object.entries(parts).filter(
  ([name]) => values.only === undefined || values.only.split(',').includes(name),
)
if (chosen.length === 0) {
  console.error(`--only takes some of ${Object.keys(parts).join(',')}.`)
  process.exit(1)
}

/** On a disk: what is measured is above all how often it is synced. */
const stateDir = inRoot('.parley/bench')
const plan: Plan = {
  stateDir,
  rounds: Number(values.rounds ?? (values.quick ? 1 : 5)),
  seconds: values.quick ? 3 : 8,
}
// Whatever hangs, the run ends.
setTimeout(() => {
  console.error('The benchmarks took longer than 45 minutes.')
  process.exit(1)
}, 2_700_000).unref()

const clean = () => rmSync(stateDir, { recursive: true, force: true })
process.on('exit', clean)
clean()

const lines: Line[] = []
for (const [name, figures] of chosen) {
  console.log(`\n${name}`)
  for await (const line of await figures(plan)) {
    print(line)
    lines.push(line)
  }
}
const whole = chosen.length === Object.keys(parts).length && !values.quick
if (whole) write(lines)
console.log(whole ? '\nWritten to docs/performance.md.' : '\nOnly whole runs are written to docs/performance.md.')
const missed = lines.filter(({ goal }) => goal?.met === false)
if (missed.length > 0) console.log(`Missed: ${missed.map(({ what }) => what).join('; ')}.`)
process.exit(0)

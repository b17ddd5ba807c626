import { inRoot } from '../lib/paths.mjs'
import { endOnSignal, runNode } from '../lib/process.mjs'
import { whatIf } from '../lib/what-if.mjs'

/** With a day's traffic: what a change would do to it. Else the actors under faults, seed by seed (`tests/simulation`). */
export async function run(args) {
  endOnSignal()
  if (args.some((arg) => arg === '--day' || arg.startsWith('--day='))) return whatIf(args)
  return (await runNode([inRoot('tests/simulation/cli.ts'), ...args])).code
}

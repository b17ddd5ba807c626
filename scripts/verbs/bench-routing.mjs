import { inRoot } from '../lib/paths.mjs'
import { endOnSignal, runNode } from '../lib/process.mjs'

export async function run(args) {
  endOnSignal()
  return (await runNode([inRoot('bench/centre/run.ts'), ...args])).code
}

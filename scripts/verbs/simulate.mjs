import { existsSync } from 'node:fs'
import { PlainError } from '../lib/args.mjs'
import { inRoot } from '../lib/paths.mjs'
import { endOnSignal, runNode } from '../lib/process.mjs'

export async function run(args) {
  const file = inRoot('tests/simulation/cli.ts')
  if (!existsSync(file)) throw new PlainError('There is no tests/simulation/cli.ts.')
  endOnSignal()
  return (await runNode([file, ...args])).code
}

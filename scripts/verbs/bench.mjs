import { existsSync } from 'node:fs'
import { PlainError } from '../lib/args.mjs'
import { inRoot } from '../lib/paths.mjs'
import { endOnSignal, runNode } from '../lib/process.mjs'

export async function run(args) {
  const file = inRoot('bench/run.ts')
  if (!existsSync(file)) throw new PlainError('There is no bench/run.ts.')
  endOnSignal()
  return (await runNode([file, ...args])).code
}

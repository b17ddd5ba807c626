// Begins anew, on the own machine only.
import { existsSync, rmSync } from 'node:fs'
import { PlainError, readArgs } from '../lib/args.mjs'
import { stateDirOf } from '../lib/paths.mjs'
import { agreed } from '../lib/prompt.mjs'
import { ownerOf } from '../lib/server.mjs'
import { tell } from '../lib/wrangler.mjs'

export const usage = '[--yes] [--state DIR]'
export const summary = 'Deletes all data of the local server.'
export const details = '--dry-run tells what would go, and deletes nothing.'

export async function run(args) {
  const { values } = readArgs(args, {
    yes: { type: 'boolean' },
    state: { type: 'string' },
    'dry-run': { type: 'boolean' },
  })
  const stateDir = stateDirOf(values.state)
  const owner = ownerOf(stateDir)
  if (owner)
    throw new PlainError(
      `A server is running on ${stateDir} (process ${owner.pid}, port ${owner.port}): stop it first.`,
    )
  if (!existsSync(stateDir)) {
    console.log('There is nothing to delete.')
    return
  }
  if (values['dry-run']) return tell(`rm -r ${stateDir}`)
  if (!values.yes && !(await agreed(`Delete all data in ${stateDir}?`))) throw new PlainError('Nothing was deleted.')
  rmSync(stateDir, { recursive: true })
  console.log(`Deleted ${stateDir}.`)
}

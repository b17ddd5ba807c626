import { existsSync } from 'node:fs'
import { rebuildIndex } from '../../worker/db/indexing.ts'
import { PlainError, readArgs } from '../lib/args.mjs'
import { withDatabases } from '../lib/databases.mjs'
import { stateDirOf } from '../lib/paths.mjs'
import { migrate, ownerOf } from '../lib/server.mjs'
import { tell } from '../lib/wrangler.mjs'

export const usage = 'rebuild [--state DIR]'
export const summary = 'Makes the search index of the local server anew from its record.'
export const details = '--dry-run tells what it would do, and does nothing.'

export async function run(args) {
  const { values, positionals } = readArgs(
    args,
    { state: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    { positionals: true },
  )
  if (positionals.join(' ') !== 'rebuild') throw new PlainError(`Usage: npm run admin -- search ${usage}`)
  const stateDir = stateDirOf(values.state)
  const owner = ownerOf(stateDir)
  if (owner)
    throw new PlainError(
      `A server is running on ${stateDir} (process ${owner.pid}, port ${owner.port}): stop it first.`,
    )
  if (!existsSync(stateDir)) throw new PlainError(`There is no data in ${stateDir}.`)
  if (values['dry-run']) return tell(`make the search index of ${stateDir} anew`)
  await migrate(stateDir)
  const count = await withDatabases(stateDir, ({ DB, SEARCH }) => rebuildIndex(DB, SEARCH))
  console.log(`Indexed ${count} messages and notes.`)
}

// Statements to the record, local or remote, through wrangler.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from './args.mjs'
import { sleep } from './process.mjs'
import { databasesOf, mustBeMade } from './project.mjs'
import { placeOf, wrangler } from './wrangler.mjs'

/** Whether there is a local database at all: wrangler would make one to ask it. */
export const hasData = ({ stateDir }) => existsSync(join(stateDir, 'v3/d1'))

/** Beside a running server the file may be locked for a moment. */
const tries = 4
const notMigrated = (output) => /no such table/.test(output)
const busy = (output) => /SQLITE_BUSY|database is locked/.test(output)

/**
 * The rows of each statement; undefined in a dry run.
 * @param {import('./wrangler.mjs').Target} target
 * @param {readonly string[]} statements
 * @param {{ database?: string, secrets?: readonly string[], mayMiss?: boolean }} options  with `mayMiss` a database that
 *   is not migrated is answered with null
 * @returns {Promise<Record<string, any>[][] | undefined | null>}
 */
export async function query(target, statements, { database = 'DB', secrets = [], mayMiss = false } = {}) {
  const args = ['d1', 'execute', database, ...placeOf(target), '--json', '--yes']
  if (!target.dryRun && target.remote) mustBeMade(target, await databasesOf(target))
  if (!target.dryRun && !target.remote && !hasData(target)) return missing(mayMiss)
  for (let left = tries - 1; ; left--) {
    const fails = (output) => notMigrated(output) || (left > 0 && busy(output))
    const result = await wrangler(target, args, { command: statements.join('; '), secrets, fails })
    if (result === undefined) return undefined
    if (result.code === 0) return JSON.parse(result.stdout).map(({ results }) => results)
    if (notMigrated(result.output)) return missing(mayMiss)
    await sleep(300)
  }
}

function missing(allowed) {
  if (allowed) return null
  throw new PlainError('The database has no tables yet, or old ones: npm run admin -- migrate')
}

// Brings the databases up to the migrations that this version has.
import { PlainError, readArgs } from '../lib/args.mjs'
import { databasesOf, mustBeMade } from '../lib/project.mjs'
import { ownerOf } from '../lib/server.mjs'
import { placeOf, targetOf, targetOptions, wrangler } from '../lib/wrangler.mjs'

export const usage = '[--remote] [--state DIR]'
export const summary = 'Brings the databases up to the newest migrations.'
export const details = `With --remote in the account, else in the local state (--state DIR), where no server may run meanwhile.
--config FILE names another file than wrangler.toml. --dry-run tells the calls and makes none.`

export async function run(args) {
  const { values } = readArgs(args, targetOptions)
  const target = targetOf(values)
  const owner = target.remote || target.dryRun ? undefined : ownerOf(target.stateDir)
  if (owner)
    throw new PlainError(
      `A server is running on ${target.stateDir} (process ${owner.pid}, port ${owner.port}): stop it first.`,
    )
  await migrateAll(target)
}

/** @param {import('../lib/wrangler.mjs').Target} target */
export async function migrateAll(target) {
  const databases = (await databasesOf(target)).filter(({ migrations }) => migrations.length > 0)
  if (!target.dryRun) mustBeMade(target, databases)
  for (const { binding } of databases) {
    await wrangler(target, ['d1', 'migrations', 'apply', binding, ...placeOf(target)], { shown: true })
  }
}

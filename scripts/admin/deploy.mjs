// Puts this version into the account.
import { mkdirSync } from 'node:fs'
import { namedWords, readArgs } from '../lib/args.mjs'
import { buildClient } from '../lib/build.mjs'
import { inRoot } from '../lib/paths.mjs'
import { databasesOf, mustBeMade, mustNotReachInside } from '../lib/project.mjs'
import { targetOf, tell, wrangler } from '../lib/wrangler.mjs'
import { migrateAll } from './migrate.mjs'

export const usage = '[--message TEXT]'
export const summary = 'Builds the client, migrates the databases of the account, deploys the worker.'
export const details = `--message TEXT is kept with the version. --config FILE names another file than wrangler.toml.
--dry-run tells the calls, makes none, and has wrangler build the worker as it would send it.`

export async function run(args) {
  const { values, positionals } = readArgs(args, {
    message: { type: 'string' },
    config: { type: 'string' },
    remote: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  })
  namedWords(positionals, [])
  const target = targetOf({ ...values, remote: true })
  await mustNotReachInside(target)
  if (!target.dryRun) mustBeMade(target, await databasesOf(target))
  tell('npm run build')
  // The worker cannot be built without the folder of the client's files.
  if (target.dryRun) mkdirSync(inRoot('dist/client'), { recursive: true })
  else await buildClient()
  // First the databases: the version that still runs can live with what the next one adds.
  await migrateAll(target)
  const deploy = ['deploy', ...(values.message === undefined ? [] : ['--message', values.message])]
  await wrangler(target, deploy, { shown: true })
  if (target.dryRun) await wrangler(target, [...deploy, '--dry-run'], { shown: true, harmless: true })
}

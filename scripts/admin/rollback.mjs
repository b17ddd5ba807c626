// Takes the account back to an earlier version of the worker.
import { namedWords, PlainError, readArgs } from '../lib/args.mjs'
import { agreed } from '../lib/prompt.mjs'
import { targetOf, wrangler } from '../lib/wrangler.mjs'

export const usage = '[version-id] [--message TEXT] [--yes]'
export const summary = 'Takes the account back to the version before, or to a named one.'
export const details = `Only the worker goes back: the databases and what the actors stored stay as they are.
--config FILE names another file than wrangler.toml. --dry-run tells the call and does not make it.`

export async function run(args) {
  const options = {
    message: { type: 'string' },
    yes: { type: 'boolean' },
    config: { type: 'string' },
    remote: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  }
  const { values, positionals } = readArgs(args, options, { positionals: true })
  const { 'version-id': version } = namedWords(positionals, [], ['version-id'])
  if (version !== undefined && !/^[0-9a-f-]{8,36}$/.test(version))
    throw new PlainError(`"${version}" is no version: npm run admin -- status --remote shows which are deployed.`)
  const target = targetOf({ ...values, remote: true })
  if (!target.dryRun && !values.yes && !(await agreed(`Go back to ${version ?? 'the version before'}?`)))
    throw new PlainError('Nothing was changed.')
  const message = values.message === undefined ? [] : ['--message', values.message]
  await wrangler(target, ['rollback', ...(version === undefined ? [] : [version]), ...message, '--yes'], {
    shown: true,
  })
}

// The one secret of an installation, and what organisations get that is made of it.
import { randomBytes } from 'node:crypto'
import { widgetSecret } from '../../worker/auth/keys.ts'
import { namedWords, PlainError, readArgs, runPart } from '../lib/args.mjs'
import { organisationOf } from '../lib/people.mjs'
import { readSecret } from '../lib/prompt.mjs'
import { ensureSecrets } from '../lib/secrets.mjs'
import { targetOf, targetOptions, tell, wrangler } from '../lib/wrangler.mjs'

export const usage = 'init|widget'
export const summary = 'Sets the secret of an installation; derives what a shop signs its users with.'
export const details = `  init [--secret-stdin] [--replace]   with --remote puts PARLEY_SECRET into the account: made here and shown once, or
                                      read from standard input. One that is there stays: a new one, by --replace,
                                      makes strangers of all visitors and needs a new widget secret in each shop.
                                      Without --remote: into .dev.vars, if it has none
  widget <organisation>               the text with which its shop signs its users' tokens; with --remote
                                      PARLEY_SECRET is read from standard input, since nobody can read it back
--config FILE names another file than wrangler.toml. --dry-run tells the calls and makes none.`

export const run = (args) => runPart('secrets', { init, widget }, args)

const name = 'PARLEY_SECRET'

async function init(args) {
  const flag = { type: 'boolean' }
  const { values } = readArgs(args, { ...targetOptions, 'secret-stdin': flag, replace: flag })
  const target = targetOf(values)
  if (!target.remote) {
    if (target.dryRun) return tell(`write ${name} to .dev.vars, if it has none`)
    ensureSecrets()
    return console.log(`.dev.vars has ${name}.`)
  }
  if (!values.replace && (await isSet(target)))
    throw new PlainError(`${name} is set already. A new one makes strangers of all visitors: --replace does it.`)
  const secret = target.dryRun ? '' : await secretFor(values)
  const done = await wrangler(target, ['secret', 'put', name], { input: secret, secrets: [secret].filter(Boolean) })
  if (done === undefined) return
  console.log(`${name} is set.`)
  if (!values['secret-stdin'])
    console.log(`Keep it where you keep passwords, it is shown this once and cannot be read back: ${secret}`)
}

async function widget(args) {
  const { values, positionals } = readArgs(args, targetOptions, { positionals: true })
  const organisation = organisationOf(namedWords(positionals, ['organisation']).organisation)
  const { remote, dryRun } = targetOf(values)
  if (dryRun) return tell(`derive the secret of ${organisation} from ${name}`)
  const secret = remote ? longEnough(await readSecret(`${name}: `)) : ensureSecrets()[name]
  console.log(await widgetSecret(secret, organisation))
}

/** A worker that is not there yet has no secrets either. */
async function isSet(target) {
  const fails = (output) => /code: 10007|not found/i.test(output)
  const answer = await wrangler(target, ['secret', 'list', '--format', 'json'], { fails })
  return answer?.code === 0 && JSON.parse(answer.stdout).some((secret) => secret.name === name)
}

const secretFor = async (values) =>
  values['secret-stdin'] ? longEnough(await readSecret(`${name}: `)) : randomBytes(32).toString('base64url')

function longEnough(secret) {
  if (secret.length >= 32 && !/\s/.test(secret)) return secret
  throw new PlainError(`${name} must have at least 32 characters, and no spaces.`)
}

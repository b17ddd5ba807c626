// The secrets of an installation: the one that keys are made of, those that seal, and what organisations get.
import { randomBytes } from 'node:crypto'
import { widgetSecret } from '../../worker/auth/keys.ts'
import { namedWords, PlainError, readArgs, runPart } from '../lib/args.mjs'
import { query } from '../lib/d1.mjs'
import { organisationOf } from '../lib/people.mjs'
import { readSecret } from '../lib/prompt.mjs'
import { ensureSecrets, readSecrets, writeSecret } from '../lib/secrets.mjs'
import { sql } from '../lib/sql.mjs'
import { table } from '../lib/table.mjs'
import { targetOf, targetOptions, tell, wrangler } from '../lib/wrangler.mjs'

export const usage = 'init|list|widget|rotate|retire'
export const summary =
  'Sets the secrets of an installation, replaces those that seal; derives what a shop signs its users with.'
export const details = `  init [--secret-stdin] [--replace]   with --remote puts PARLEY_SECRET into the account: made here and shown once, or
                                      read from standard input. One that is there stays: a new one, by --replace,
                                      makes strangers of all visitors and needs a new widget secret in each shop.
                                      Without --remote: into .dev.vars, if it has none
                                      PARLEY_VAULT_1, which seals secrets at rest, is set with it, and never replaced
  list                                which keys seal, and which secrets of whom are sealed by which; no value of any
  rotate                              sets the next PARLEY_VAULT_<n>: it seals from now on, and a duty of the worker seals
                                      anew what older ones did
  retire                              takes away the older ones, once nothing is left that only they open
  widget <organisation>               the text with which its shop signs its users' tokens; with --remote
                                      PARLEY_SECRET is read from standard input, since nobody can read it back
--config FILE names another file than wrangler.toml. --dry-run tells the calls and makes none.`

export const run = (args) => runPart('secrets', { init, list, widget, rotate, retire }, args)

const name = 'PARLEY_SECRET'
const vault = 'PARLEY_VAULT_'

async function init(args) {
  const flag = { type: 'boolean' }
  const { values } = readArgs(args, { ...targetOptions, 'secret-stdin': flag, replace: flag })
  const target = targetOf(values)
  if (!target.remote) {
    if (target.dryRun) return tell(`write ${name} to .dev.vars, if it has none`)
    ensureSecrets()
    return console.log(`.dev.vars has ${name}.`)
  }
  if (!values.replace && (await listed(target)).includes(name))
    throw new PlainError(`${name} is set already. A new one makes strangers of all visitors: --replace does it.`)
  const secret = target.dryRun ? '' : await secretFor(values)
  const done = await put(target, name, secret)
  if ((await vaultsOf(target)).length === 0) await put(target, `${vault}1`, randomBytes(32).toString('base64url'))
  if (done === undefined) return
  console.log(`${name} is set.`)
  if (!values['secret-stdin'])
    console.log(`Keep it where you keep passwords, it is shown this once and cannot be read back: ${secret}`)
}

async function list(args) {
  const target = targetOf(readArgs(args, targetOptions).values)
  const rows = await query(target, ['SELECT org_id, name, key_id, set_at FROM secrets ORDER BY org_id, name'])
  const keys = await vaultsOf(target)
  if (rows === undefined) return
  console.log(`Keys that open: ${keys.map((number) => `${vault}${number}`).join(', ') || 'none'}`)
  const sealed = rows[0].map(({ org_id, name, key_id, set_at }) => ({
    organisation: org_id,
    name,
    key: `${vault}${key_id}`,
    set: new Date(set_at).toISOString(),
  }))
  console.log(sealed.length > 0 ? table(sealed) : 'Nothing is sealed.')
}

async function widget(args) {
  const { values, positionals } = readArgs(args, targetOptions, { positionals: true })
  const organisation = organisationOf(namedWords(positionals, ['organisation']).organisation)
  const { remote, dryRun } = targetOf(values)
  if (dryRun) return tell(`derive the secret of ${organisation} from ${name}`)
  const secret = remote ? longEnough(await readSecret(`${name}: `)) : ensureSecrets()[name]
  console.log(await widgetSecret(secret, organisation))
}

async function rotate(args) {
  const target = targetOf(readArgs(args, targetOptions).values)
  const next = `${vault}${Math.max(0, ...(await vaultsOf(target))) + 1}`
  const done = await put(target, next, randomBytes(32).toString('base64url'))
  if (done !== undefined) console.log(`${next} seals from now on. In some minutes: npm run admin -- secrets retire`)
}

async function retire(args) {
  const target = targetOf(readArgs(args, targetOptions).values)
  const [newest, ...older] = (await vaultsOf(target)).sort((a, b) => b - a)
  // In a dry run nobody was asked which there are.
  if (older.length === 0 && !target.dryRun) return console.log('There is only one.')
  const rows = await query(target, [sql`SELECT count(*) AS left FROM secrets WHERE key_id <> ${newest ?? 0}`])
  if (rows === undefined) return drop(target, `${vault}<n>`)
  const [[{ left }]] = rows
  if (left > 0)
    throw new PlainError(`${left} secrets are still sealed by older keys: wait, the worker seals them anew.`)
  for (const number of older) await drop(target, `${vault}${number}`)
  console.log(`${vault}${newest} is the only one now.`)
}

/** The numbers of the keys that seal. */
async function vaultsOf(target) {
  const names = target.remote ? await listed(target) : Object.keys(target.dryRun ? readSecrets() : ensureSecrets())
  return names.flatMap((one) => (/^PARLEY_VAULT_(\d+)$/.exec(one) ?? []).slice(1).map(Number))
}

/** Locally a secret is a line of .dev.vars. */
async function put(target, key, value) {
  if (target.remote) return wrangler(target, ['secret', 'put', key], { input: value, secrets: [value].filter(Boolean) })
  if (target.dryRun) return tell(`write ${key} to .dev.vars`)
  writeSecret(key, value)
  return true
}

async function drop(target, key) {
  if (target.remote) return wrangler(target, ['secret', 'delete', key], { input: 'y\n' })
  if (target.dryRun) return tell(`take ${key} out of .dev.vars`)
  return writeSecret(key, undefined)
}

/** A worker that is not there yet has no secrets either. */
async function listed(target) {
  const fails = (output) => /code: 10007|not found/i.test(output)
  const answer = await wrangler(target, ['secret', 'list', '--format', 'json'], { fails })
  return answer?.code === 0 ? JSON.parse(answer.stdout).map((secret) => secret.name) : []
}

const secretFor = async (values) =>
  values['secret-stdin'] ? longEnough(await readSecret(`${name}: `)) : randomBytes(32).toString('base64url')

function longEnough(secret) {
  if (secret.length >= 32 && !/\s/.test(secret)) return secret
  throw new PlainError(`${name} must have at least 32 characters, and no spaces.`)
}

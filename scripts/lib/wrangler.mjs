// The one way in which the administrator's commands call wrangler: told before it is done, and not done in a dry run.
import { relative, resolve } from 'node:path'
import { PlainError } from './args.mjs'
import { inRoot, root, stateDirOf } from './paths.mjs'
import { bins, runNode } from './process.mjs'

/** The flags of every command that works on an installation. */
export const targetOptions = {
  state: { type: 'string' },
  remote: { type: 'boolean' },
  config: { type: 'string' },
  'dry-run': { type: 'boolean' },
}

/**
 * The installation that a command works on.
 * @typedef {{ remote: boolean, stateDir: string, config: string | undefined, dryRun: boolean }} Target
 * @returns {Target}
 */
export function targetOf({ state, remote = false, config, 'dry-run': dryRun = false }) {
  if (remote && state !== undefined) throw new PlainError('--state is for a local server, --remote for an account.')
  return { remote, stateDir: stateDirOf(state), config: config && givenPath(config), dryRun }
}

/** A path as it was typed: npm runs in the project's folder, wherever it was called. */
export const givenPath = (path) => resolve(process.env.INIT_CWD ?? root, path)

/** Where a D1 command works. */
export const placeOf = (target) => (target.remote ? ['--remote'] : ['--local', '--persist-to', target.stateDir])

/**
 * Runs wrangler to its end. What a dry run would have called is told, and the answer is undefined.
 * @param {Target} target
 * @param {readonly string[]} args
 * @param {{ input?: string, command?: string, secrets?: readonly string[], fails?: (output: string) => boolean,
 *   shown?: boolean, harmless?: boolean }} options
 *   `input` goes to its standard input; `command` becomes `--command`, unseen by others; `secrets` are masked in what is
 *   told; an end with an error that `fails` knows is an answer; `shown` shows what it says as it says it; `harmless` is
 *   done in a dry run too
 * @returns {Promise<{ code: number, output: string, stdout: string } | undefined>}
 */
export async function wrangler(target, args, options = {}) {
  const { input, command, secrets = [], fails, shown = false, harmless = false } = options
  const own = target.config === undefined ? [] : ['--config', target.config]
  const all = [...args, ...own]
  const mask = (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
  tell(mask(['wrangler', ...all, ...(command === undefined ? [] : ['--command', command])].map(quoted).join(' ')))
  if (target.dryRun && !harmless) return undefined
  // Wrangler's own door would start a second process with the same arguments; this is what stands behind it.
  const node = ['--no-warnings', '--import', inRoot('scripts/lib/preload-command.mjs'), bins.wranglerItself]
  const given = command === undefined ? all : [...all, '--command', '-']
  const result = await runNode([...node, ...given], { quiet: !shown, input: input ?? command ?? '' })
  if (result.code !== 0 && !fails?.(result.output)) {
    const why = shown ? ' The lines above say why.' : `\n${mask(readable(result.output))}`
    throw new PlainError(`wrangler ${args[0]} failed.${why}`)
  }
  return result
}

/** What is about to be done, beside what a command answers with: that one may be piped on. */
export const tell = (line) => console.error(`$ ${line}`)

/** As a shell would want it. */
function quoted(word) {
  const short = word.startsWith(`${root}/`) ? relative(root, word) : word
  return /^[\w@%+=:,./-]+$/.test(short) ? short : `'${short.replaceAll("'", `'\\''`)}'`
}

/** Wrangler's answer without its frame. */
function readable(output) {
  try {
    return JSON.parse(output).error.text
  } catch {
    const frame = /⛅|^─+$|Logs were written to|^\s*$/
    return output
      .split('\n')
      .filter((line) => !frame.test(line))
      .join('\n')
  }
}

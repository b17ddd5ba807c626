import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'

/** Where the local server's secrets are: `PARLEY_VARS`, else where wrangler looks by itself. */
export const givenVars = () => process.env.PARLEY_VARS
const fileOf = () => givenVars() ?? inRoot('.dev.vars')

/** What every installation has, and how it is made: where all keys come from, and what seals secrets at rest. */
const made = {
  PARLEY_SECRET: () => randomBytes(32).toString('base64url'),
  PARLEY_VAULT_1: () => randomBytes(32).toString('base64url'),
}

/** Puts a secret into the local server's file, in place of the one before; undefined takes it out. */
export function writeSecret(name, value) {
  const lines = textOfFile().split('\n')
  const others = lines.filter((line) => line !== '' && !line.startsWith(`${name}=`))
  const all = value === undefined ? others : [...others, `${name}="${value}"`]
  writeFileSync(fileOf(), all.map((line) => `${line}\n`).join(''), { mode: 0o600 })
}

/** The secrets of the local server, as far as it has them. */
export const readSecrets = () => secretsIn(textOfFile())

const textOfFile = () => (existsSync(fileOf()) ? readFileSync(fileOf(), 'utf8') : '')
const secretsIn = (text) =>
  Object.fromEntries(
    [...text.matchAll(/^([A-Z_0-9]+)\s*=\s*"?([^"\n]*)"?\s*$/gm)].map(([, name, value]) => [name, value]),
  )

/** The secrets of the local server, made once and kept: a new one would make strangers of all visitors. */
export function ensureSecrets() {
  const text = textOfFile()
  const values = secretsIn(text)
  const isSealed = Object.keys(values).some((name) => name.startsWith('PARLEY_VAULT_'))
  const missing = Object.keys(made).filter((name) => !values[name] && !(isSealed && name === 'PARLEY_VAULT_1'))
  if (missing.length > 0) {
    for (const name of missing) values[name] = made[name]()
    const lines = missing.map((name) => `${name}="${values[name]}"\n`).join('')
    writeFileSync(fileOf(), `${text && !text.endsWith('\n') ? `${text}\n` : text}${lines}`, { mode: 0o600 })
  }
  return values
}

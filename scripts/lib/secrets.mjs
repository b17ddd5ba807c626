import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'

const file = inRoot('.dev.vars')

/** What every installation has, and how it is made: where all keys come from, and what seals secrets at rest. */
const made = {
  PARLEY_SECRET: () => randomBytes(32).toString('base64url'),
  PARLEY_VAULT_1: () => randomBytes(32).toString('base64url'),
}

/** The secrets of the local server, made once and kept: a new one would make strangers of all visitors. */
export function ensureSecrets() {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const values = Object.fromEntries(
    [...text.matchAll(/^([A-Z_0-9]+)\s*=\s*"?([^"\n]*)"?\s*$/gm)].map(([, name, value]) => [name, value]),
  )
  const missing = Object.keys(made).filter((name) => !values[name])
  if (missing.length > 0) {
    for (const name of missing) values[name] = made[name]()
    const lines = missing.map((name) => `${name}="${values[name]}"\n`).join('')
    writeFileSync(file, `${text && !text.endsWith('\n') ? `${text}\n` : text}${lines}`, { mode: 0o600 })
  }
  return values
}

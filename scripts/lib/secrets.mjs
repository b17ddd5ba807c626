import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'

const file = inRoot('.dev.vars')

/** The secrets of the local server, made once and kept: a new one would end every session and every visitor's token. */
export function ensureSecrets() {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const values = Object.fromEntries(
    [...text.matchAll(/^([A-Z_]+)\s*=\s*"?([^"\n]*)"?\s*$/gm)].map(([, name, value]) => [name, value]),
  )
  if (!values.PARLEY_SECRET) {
    values.PARLEY_SECRET = randomBytes(32).toString('base64url')
    writeFileSync(
      file,
      `${text && !text.endsWith('\n') ? `${text}\n` : text}PARLEY_SECRET="${values.PARLEY_SECRET}"\n`,
      { mode: 0o600 },
    )
  }
  return values
}

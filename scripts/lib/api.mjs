// The API of a running server, as an administrator's command asks it: signed in for the time of the command.
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { PlainError } from './args.mjs'
import { readSecret } from './prompt.mjs'
import { ownerOf } from './server.mjs'
import { targetOf, targetOptions, tell } from './wrangler.mjs'

/** The flags of every command that asks a server. */
export const apiOptions = {
  url: { type: 'string' },
  email: { type: 'string' },
  state: targetOptions.state,
  remote: targetOptions.remote,
  'dry-run': targetOptions['dry-run'],
}

const home = ['localhost', '127.0.0.1', '[::1]']

/** Where the server is: `--url`, or the one that runs on the local state. */
export function originOf(values) {
  const { remote, stateDir } = targetOf(values)
  if (values.url === undefined) {
    if (remote) throw new PlainError('With --remote say where it is: --url https://parley.example.workers.dev')
    return `http://localhost:${ownerOf(stateDir)?.port ?? 8787}`
  }
  const url = URL.canParse(values.url) ? new URL(values.url) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new PlainError(`--url "${values.url}" is no address.`)
  if (url.protocol === 'http:' && !home.includes(url.hostname))
    throw new PlainError(`--url must be https: a password goes to ${url.hostname}.`)
  return url.origin
}

/**
 * How to ask. `may` are statuses that are answered with null in place of an error; `to` is a file that the answer is written
 * to, `from` what is sent as it is.
 * @typedef {{ body?: unknown, key?: string, may?: readonly number[], to?: string, from?: Blob }} Asking
 */
/**
 * Asks the API. The answer is whatever its JSON holds: who asks reads it by the schema of the route. Undefined in a dry run.
 * @typedef {(method: string, path: string, options?: Asking) => Promise<unknown>} Ask
 */

/**
 * Signs in, lends the API, signs out. In a dry run all requests are told, none is made, and each answer is undefined.
 * @template T
 * @param {(ask: Ask) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function signedIn(values, use) {
  const origin = originOf(values)
  const dry = values['dry-run'] === true
  if (values.email === undefined) throw new PlainError('Say who signs in: --email you@company.example')
  const ask = asker(origin, dry)
  const password = dry ? '' : (process.env.PARLEY_PASSWORD ?? (await readSecret(`Password of ${values.email}: `)))
  await ask('POST', '/api/v1/session', { body: { email: values.email, password } })
  try {
    return await use(ask)
  } finally {
    await ask('DELETE', '/api/v1/session')
  }
}

function asker(origin, dry) {
  let cookie
  return async (method, path, { body, key, may = [], to, from } = {}) => {
    tell(`${method} ${origin}${path}`)
    if (dry) return undefined
    const headers = {
      origin,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(cookie !== undefined && { cookie }),
      ...(key !== undefined && { 'idempotency-key': key }),
    }
    const content = from ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await reach(
      `${origin}${path}`,
      { method, headers, body: content },
      to === undefined ? 30_000 : 3_600_000,
    )
    const [set] = response.headers.getSetCookie()
    if (set !== undefined) cookie = set.split(';')[0]
    if (may.includes(response.status)) return null
    if (response.ok && to !== undefined) return pipeline(response.body, createWriteStream(to, { mode: 0o600 }))
    const text = await response.text()
    if (!response.ok) throw new PlainError(`${method} ${path} was refused: ${reason(response.status, text)}`)
    return text === '' ? undefined : jsonOf(origin, text)
  }
}

/** `within` ms, the whole answer too. */
async function reach(address, request, within) {
  try {
    return await fetch(address, { ...request, redirect: 'error', signal: AbortSignal.timeout(within) })
  } catch (error) {
    const why = error.cause?.code ?? error.cause?.message ?? error.message
    throw new PlainError(`Nothing answers at ${new URL(address).origin} (${why}).`)
  }
}

/** A problem document in one line. */
function reason(status, text) {
  try {
    const { detail, title, errors = [] } = JSON.parse(text)
    const fields = errors.map(({ field, message }) => `${field}: ${message}`)
    return `${status}, ${[detail ?? title, ...fields].filter(Boolean).join('; ')}`
  } catch {
    return String(status)
  }
}

function jsonOf(origin, text) {
  try {
    return JSON.parse(text)
  } catch {
    throw new PlainError(`${origin} answers, but not as Parley does.`)
  }
}

/**
 * Secrets at rest: sealed with AES-256-GCM under a key of the installation, `PARLEY_VAULT_<n>`. The newest seals, each opens
 * what it sealed; a duty seals anew what an older one did, so that a key can be retired. What is sealed for one place opens
 * at no other.
 */
import type { Env } from '../env.ts'
import { base64url, fromBase64url } from './keys.ts'

/** Where a secret stands: bound into its seal. */
export interface Place {
  readonly org: string
  readonly name: string
}

type VaultEnv = Pick<Env, `PARLEY_VAULT_${number}`>

const encoder = new TextEncoder()
const form = /^(\d+)\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]+)$/
const keyName = /^PARLEY_VAULT_(\d+)$/

/** The number of the key that seals; throws when the installation has none. */
export function currentKey(env: VaultEnv): number {
  const numbers = Object.keys(env).flatMap((name) => keyName.exec(name)?.[1] ?? [])
  if (numbers.length === 0) throw new Error('PARLEY_VAULT_1 is not set: npm run admin -- secrets init')
  return Math.max(...numbers.map(Number))
}

/** `<key id>.<nonce>.<ciphertext and tag>`. */
export async function seal(env: VaultEnv, place: Place, secret: string): Promise<string> {
  const id = currentKey(env)
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const algorithm = { name: 'AES-GCM', iv, additionalData: bound(place) }
  const sealed = await crypto.subtle.encrypt(algorithm, await keyOf(env, id), encoder.encode(secret))
  return `${id}.${base64url(iv)}.${base64url(new Uint8Array(sealed))}`
}

/** What was sealed for this place. Throws for what was sealed elsewhere, was changed, or has lost its key. */
export async function unseal(env: VaultEnv, place: Place, sealed: string): Promise<string> {
  const [, id, iv, text] = form.exec(sealed) ?? []
  if (id === undefined || iv === undefined || text === undefined) throw new Error('this was not sealed here')
  const algorithm = { name: 'AES-GCM', iv: fromBase64url(iv), additionalData: bound(place) }
  const opened = await crypto.subtle.decrypt(algorithm, await keyOf(env, Number(id)), fromBase64url(text))
  return new TextDecoder().decode(opened)
}

const bound = ({ org, name }: Place) => encoder.encode(JSON.stringify(['parley/1', org, name]))

async function keyOf(env: VaultEnv, id: number): Promise<CryptoKey> {
  const text = env[`PARLEY_VAULT_${id}`]
  if (text === undefined) throw new Error(`PARLEY_VAULT_${id} is not set`)
  const bytes = fromBase64url(text)
  if (bytes.length !== 32) throw new Error(`PARLEY_VAULT_${id} must be 32 bytes in base64url`)
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/// <reference path="../../types/node-crypto.d.ts" />
/** Passwords of staff as scrypt hashes. */
import { scrypt, timingSafeEqual } from 'node:crypto'
import { base64url, fromBase64url } from './keys.ts'

const cost = { N: 16_384, r: 8, p: 5 }
/** The platform stops above 2^20. */
const mostWork = 2 ** 20
const length = 32

/** What an unknown e-mail's password is compared with, so that the answer takes as long as for a known one. */
const nobody = `scrypt$${cost.N}$${cost.r}$${cost.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** A hundred bits, without the letters that look like others. */
export function newPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  const made = Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => letters.charAt(byte % letters.length))
  return (
    made
      .join('')
      .match(/.{1,5}/g)
      ?.join('-') ?? ''
  )
}

/** `scrypt$N$r$p$salt$hash`, salt and hash in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const hash = await stretch(password, salt, length, cost)
  return ['scrypt', cost.N, cost.r, cost.p, base64url(salt), base64url(hash)].join('$')
}

/** Whether the password fits the stored hash. Give `undefined` for an unknown member: never true, and as slow. */
export async function checkPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [kind, N, r, p, salt, hash] = (stored ?? nobody).split('$')
  const options = { N: Number(N), r: Number(r), p: Number(p) }
  if (kind !== 'scrypt' || salt === undefined || hash === undefined) return false
  if (!(options.N * options.r * options.p <= mostWork)) return false
  const wanted = fromBase64url(hash)
  if (wanted.length !== length) return false
  const found = await stretch(password, fromBase64url(salt), wanted.length, options)
  return timingSafeEqual(found, wanted) && stored !== undefined
}

function stretch(password: string, salt: Uint8Array, bytes: number, options: typeof cost): Promise<Uint8Array> {
  return new Promise((done, fail) => {
    // One form of each character: keyboards differ in how they write an accent.
    scrypt(password.normalize('NFKC'), salt, bytes, options, (error, key) => (error ? fail(error) : done(key)))
  })
}

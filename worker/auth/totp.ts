/** Codes from an authenticator app: RFC 6238 with SHA-1, six digits and thirty seconds, which is what all of them know. */
import { timingSafeEqual } from 'node:crypto'

const stepSeconds = 30
const digits = 6
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new secret: 160 bits in base32, as apps take it. */
export function newTotpSecret(): string {
  return base32(crypto.getRandomValues(new Uint8Array(20)))
}

/** The address that an app reads from a QR code. */
export function totpAddress(secret: string, organisation: string, email: string): string {
  const label = `${encodeURIComponent(organisation)}:${encodeURIComponent(email)}`
  const query = new URLSearchParams({
    secret,
    issuer: organisation,
    digits: String(digits),
    period: String(stepSeconds),
  })
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`
}

/** The code of a step: RFC 4226, section 5.3. `wide` digits, for the vectors of the standard. */
export async function totpAt(secret: Uint8Array<ArrayBuffer>, step: number, wide = digits): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(step))
  const algorithm = { name: 'HMAC', hash: 'SHA-1' }
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign'])
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer))
  const offset = mac.getUint8(19) & 0xf
  const number = (mac.getUint32(offset) & 0x7fff_ffff) % 10 ** wide
  return String(number).padStart(wide, '0')
}

/**
 * The step whose code this is, the present one or a neighbour (clocks differ); undefined for a wrong code, and for one of a
 * step that was used: no code counts twice. `now` in ms.
 */
export async function checkTotp(secret: string, code: string, now: number, usedStep: number) {
  const present = Math.floor(now / 1000 / stepSeconds)
  const key = fromBase32(secret)
  for (const step of [present, present - 1, present + 1]) {
    if (step > usedStep && isSame(await totpAt(key, step), code)) return step
  }
  return undefined
}

const encoder = new TextEncoder()
const isSame = (a: string, b: string) => a.length === b.length && timingSafeEqual(encoder.encode(a), encoder.encode(b))

/** RFC 4648, without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

export function fromBase32(text: string): Uint8Array<ArrayBuffer> {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

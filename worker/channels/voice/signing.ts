/** What the carriers' signatures are made of. Comparisons are the platform's own, which take the same time for every wrong one. */

type Bytes = Uint8Array<ArrayBuffer>

/** What is signed: texts and bodies, one after the other. */
export function bytesOf(...parts: readonly (string | Bytes)[]): Bytes {
  const pieces = parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : part))
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** Whether one of the keys made this HMAC. */
export async function isHmac(
  hash: 'SHA-1' | 'SHA-256',
  keys: readonly string[],
  signature: Bytes | undefined,
  signed: Bytes,
): Promise<boolean> {
  if (signature === undefined) return false
  for (const key of keys) {
    if (key === '') continue
    const algorithm = { name: 'HMAC', hash }
    const imported = await crypto.subtle.importKey('raw', bytesOf(key), algorithm, false, ['verify'])
    if (await crypto.subtle.verify('HMAC', imported, signature, signed)) return true
  }
  return false
}

/** Whether one of the public keys (32 bytes, base64) belongs to who signed this. */
export async function isEd25519(
  keys: readonly string[],
  signature: Bytes | undefined,
  signed: Bytes,
): Promise<boolean> {
  if (signature?.length !== 64) return false
  for (const key of keys) {
    const raw = fromBase64(key)
    if (raw?.length !== 32) continue
    const imported = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify'])
    if (await crypto.subtle.verify('Ed25519', imported, signature, signed)) return true
  }
  return false
}

/** Whether a time in seconds, as text, is within five minutes of now (ms). */
export function isRecent(seconds: string, now: number): boolean {
  return /^\d{1,12}$/.test(seconds) && Math.abs(now - Number(seconds) * 1_000) <= 300_000
}

/** The bytes; undefined for what is no base64, or not the one way of writing these bytes. */
export function fromBase64(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined
  const binary = atob(text)
  return btoa(binary) === text ? Uint8Array.from(binary, (char) => char.charCodeAt(0)) : undefined
}

/** The bytes; undefined for what is no lower-case hex. */
export function fromHex(text: string): Bytes | undefined {
  if (!/^([0-9a-f]{2})+$/.test(text)) return undefined
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

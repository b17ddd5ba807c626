/** Every key of the edge comes from one secret, by purpose, so that no other secret is stored anywhere. */

const encoder = new TextEncoder()

export const purposes = ['ticket', 'visitor', 'device', 'limits', 'oidc', 'invitation', 'file-link', 'offline'] as const
export type Purpose = (typeof purposes)[number] | `widget:${string}`

/** The key for one purpose: HMAC-SHA-256 of the purpose's name under `PARLEY_SECRET`. Knowing one tells no other. */
export async function deriveKey(secret: string, purpose: Purpose): Promise<Uint8Array<ArrayBuffer>> {
  if (secret.length < 32) throw new Error('PARLEY_SECRET must be set, and have at least 32 characters')
  return hmac(new Uint8Array(encoder.encode(secret)), `parley/1/${purpose}`)
}

/** The text with which an organisation's shop signs its users' tokens; it is the HS256 key as it stands, in UTF-8. */
export async function widgetSecret(secret: string, organisation: string): Promise<string> {
  return base64url(await deriveKey(secret, `widget:${organisation}`))
}

/** HMAC-SHA-256 of a text. */
export async function hmac(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(text)))
}

/** SHA-256 of a text, in lower-case hex. */
export async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** 256 random bits as text, for tokens and ids that nobody may guess. */
export const randomToken = () => base64url(crypto.getRandomValues(new Uint8Array(32)))

/** Bytes as base64url without padding. */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** The bytes of a base64url text; throws on anything else. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
}

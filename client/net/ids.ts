/** Makes identifiers for commands and tabs: 26 characters, time first, like a ULID. */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export function newId(now: number = Date.now()): string {
  let time = ''
  for (let rest = now, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = alphabet.charAt(rest % 32) + time
  const chance = crypto.getRandomValues(new Uint8Array(16))
  return time + Array.from(chance, (byte) => alphabet.charAt(byte & 31)).join('')
}

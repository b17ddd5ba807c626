/** ULIDs: 48 bits of time and 80 of chance, sortable, in Crockford's base 32 (github.com/ulid/spec). */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `at` in ms since 1970; `chance`: ten random bytes. */
export function ulid(at: number, chance: Uint8Array): string {
  let bits = 0
  let value = 0
  let tail = ''
  for (const byte of chance.subarray(0, 10)) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      tail += alphabet.charAt((value >> bits) & 31)
    }
    value &= (1 << bits) - 1
  }
  return ulidTime(at) + tail
}

/** When this ULID was made, in ms since 1970. */
export function ulidMs(id: string): number {
  let at = 0
  for (const digit of id.slice(0, 10)) at = at * 32 + alphabet.indexOf(digit)
  return at
}

/** With what the ULIDs of this ms begin; those of any later one are greater. */
export function ulidTime(at: number): string {
  let time = ''
  for (let rest = at, i = 0; i < 10; i += 1, rest = Math.floor(rest / 32)) time = alphabet.charAt(rest % 32) + time
  return time
}

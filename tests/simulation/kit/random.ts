/** Seeded chance: the same seed gives the same numbers, and each concern draws from its own stream. */

export class Random {
  readonly #seed: string
  #a: number
  #b: number
  #c: number
  #d = 1

  constructor(seed: string) {
    this.#seed = seed
    const [a, b, c] = hash(seed)
    this.#a = a
    this.#b = b
    this.#c = c
    for (let i = 0; i < 12; i++) this.next()
  }

  /** A stream of its own: drawing from it does not move this one. */
  fork(label: string): Random {
    return new Random(`${this.#seed}/${label}`)
  }

  /** In [0, 1). The generator is sfc32. */
  next(): number {
    const t = (this.#a + this.#b + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t
    return (t >>> 0) / 2 ** 32
  }

  chance(p: number): boolean {
    return p > 0 && this.next() < p
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  pick<T>(list: readonly T[]): T {
    for (const item of list.slice(Math.floor(this.next() * list.length))) return item
    throw new RangeError('nothing to pick from')
  }

  /** Some of the list, at least `least`, in random order. */
  some<T>(list: readonly T[], least: number): T[] {
    return this.shuffled(list).slice(0, this.int(Math.min(least, list.length), list.length))
  }

  shuffled<T>(list: readonly T[]): T[] {
    const keyed = list.map((item) => ({ item, key: this.next() }))
    return keyed.sort((x, y) => x.key - y.key).map(({ item }) => item)
  }

  /** `length` characters of Crockford's alphabet, the one of ULIDs. */
  text(length: number): string {
    let out = ''
    for (let i = 0; i < length; i++) out += ALPHABET.charAt(this.int(0, 31))
    return out
  }
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID of this time and this chance. */
export function ulid(now: number, random: Random): string {
  let time = ''
  for (let rest = now, i = 0; i < 10; i++) {
    time = ALPHABET.charAt(rest % 32) + time
    rest = Math.floor(rest / 32)
  }
  return time + random.text(16)
}

function hash(text: string): [number, number, number] {
  let a = 1779033703
  let b = 3144134277
  let c = 1013904242
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i)
    a = b ^ Math.imul(a ^ k, 597399067)
    b = c ^ Math.imul(b ^ k, 2869860233)
    c = a ^ Math.imul(c ^ k, 951274213)
  }
  return [a, b, c]
}

/** Chance that can be repeated: the generator sfc32 (C. Doty-Humphrey, PractRand), and exponential times from it. */

export class Chance {
  #a: number
  #b = 0x9e3779b9
  #c = 0x243f6a88
  #counter = 1

  constructor(seed: number) {
    this.#a = seed | 0
    for (let i = 0; i < 16; i += 1) this.share()
  }

  /** From 0 to 1, never 1. */
  share(): number {
    const next = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + next) | 0
    return (next >>> 0) / 2 ** 32
  }

  /** A time until the next of events that come at random, `mean` apart. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.share())
  }

  /** One of these, each as likely as its weight says. */
  weighted(weights: readonly number[], total: number): number {
    let left = this.share() * total
    for (const [i, weight] of weights.entries()) {
      left -= weight
      if (left < 0) return i
    }
    return weights.length - 1
  }
}

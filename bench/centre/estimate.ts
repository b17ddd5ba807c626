/** Means with confidence intervals from a run whose neighbouring contacts resemble each other: by batch means. */

const BATCHES = 32
/** Student's t for 31 degrees of freedom, 95 % on both sides. */
const T = 2.0395

export interface Estimate {
  readonly mean: number
  /** Half the width of the 95 % confidence interval. */
  readonly half: number
}

/** Takes the values of `expected` contacts, one by one. */
export class Batches {
  readonly #size: number
  readonly #sums = new Float64Array(BATCHES)
  readonly #counts = new Float64Array(BATCHES)
  #taken = 0

  constructor(expected: number) {
    this.#size = Math.ceil(expected / BATCHES)
  }

  take(value: number): void {
    const batch = Math.min(BATCHES - 1, Math.floor(this.#taken / this.#size))
    this.#taken += 1
    this.#sums[batch] = (this.#sums[batch] ?? 0) + value
    this.#counts[batch] = (this.#counts[batch] ?? 0) + 1
  }

  estimate(): Estimate {
    const means = [...this.#sums].flatMap((sum, i) => {
      const count = this.#counts[i] ?? 0
      return count === 0 ? [] : [sum / count]
    })
    const mean = means.reduce((sum, each) => sum + each, 0) / means.length
    const variance = means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (means.length - 1)
    return { mean, half: T * Math.sqrt(variance / means.length) }
  }
}

/** The mean of several independent runs of the same length. */
export function together(runs: readonly Estimate[]): Estimate {
  const mean = runs.reduce((sum, run) => sum + run.mean, 0) / runs.length
  return { mean, half: Math.sqrt(runs.reduce((sum, run) => sum + run.half ** 2, 0)) / runs.length }
}

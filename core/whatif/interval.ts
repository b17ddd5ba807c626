/** A mean of several independent runs, and how sure it is. */
import { incompleteBeta } from '../theory/beta.ts'

export interface Estimate {
  readonly mean: number
  /** Half the width of the 95 % confidence interval of the mean; null: from one run nobody can tell. */
  readonly half: number | null
  /** Of one more run, half the width of the interval in which it would lie 95 times of 100. */
  readonly spread: number | null
}

/** Null where there is no value at all. */
export function estimateOf(values: readonly number[]): Estimate | null {
  const n = values.length
  if (n === 0) return null
  const mean = values.reduce((sum, each) => sum + each, 0) / n
  if (n === 1) return { mean, half: null, spread: null }
  const deviation = Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (n - 1))
  const t = quantile(n - 1)
  return { mean, half: (t * deviation) / Math.sqrt(n), spread: t * deviation * Math.sqrt(1 + 1 / n) }
}

/** Student's t, 95 % on both sides, by bisection of P(|T| > t) = I(ν/(ν+t²); ν/2, 1/2) (Abramowitz and Stegun 26.7.1). */
export function quantile(freedom: number): number {
  let low = 0
  let high = 13
  for (let i = 0; i < 60; i += 1) {
    const t = (low + high) / 2
    if (incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) > 0.05) low = t
    else high = t
  }
  return (low + high) / 2
}

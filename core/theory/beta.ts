/** The regularised incomplete beta function (NIST DLMF 8.17), which the waits in a queue that people leave come down to. */

const MOST_STEPS = 10_000
const TINY = 1e-300

/** I_x(a, b) for 0 ≤ x ≤ 1 and a, b > 0. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges quickly on one side only; the function is symmetric.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b))
  return (front / a) * fraction(x, a, b)
}

/** The continued fraction DLMF 8.17.22, by Lentz' method. */
function fraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= MOST_STEPS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let factor = 1
    for (const step of [even, odd]) {
      d = 1 / guarded(1 + step * d)
      c = guarded(1 + step / c)
      factor = c * d
      value *= factor
    }
    if (Math.abs(factor - 1) < 1e-15) break
  }
  return value
}

const guarded = (value: number) => (Math.abs(value) < TINY ? TINY : value)

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]

/** ln Γ(x) for x > 0, by Lanczos' series (g = 7, nine terms). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  let sum = 0.9999999999998099
  for (const [i, coefficient] of lanczos.entries()) sum += coefficient / (x + i)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

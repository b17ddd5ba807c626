/**
 * How long customers wait before they leave, from who left and who was answered before that. Whoever was answered would have
 * waited longer, nobody knows how much longer: E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete
 * observations", JASA 53 (1958). Beyond the longest observed wait the curve goes on exponentially: B. W. Brown, M. Hollander
 * and R. M. Korwar, "Nonparametric tests of independence for censored data" (1974).
 */

/** A wait, in ms, and whether it ended by the customer's leaving. */
export interface Wait {
  readonly waited: number
  readonly left: boolean
}

/** From this instant of a wait on, so large a share is still there. */
interface Step {
  readonly at: number
  readonly share: number
}

export class Patience {
  /** How many left: what the curve rests on. */
  readonly left: number
  readonly #steps: readonly Step[]
  readonly #longest: number

  constructor(waits: readonly Wait[]) {
    const sorted = waits.toSorted((a, b) => a.waited - b.waited)
    const steps: Step[] = []
    let share = 1
    let present = sorted.length
    for (let i = 0; i < sorted.length; ) {
      const at = sorted[i]?.waited ?? 0
      let gone = 0
      let left = 0
      for (; sorted[i]?.waited === at; i += 1) {
        gone += 1
        if (sorted[i]?.left === true) left += 1
      }
      if (left > 0) {
        share *= 1 - left / present
        steps.push({ at, share })
      }
      present -= gone
    }
    this.left = waits.filter(({ left }) => left).length
    this.#steps = steps
    this.#longest = sorted.at(-1)?.waited ?? 0
  }

  /** Which share waits longer than this, in ms. */
  longerThan(waited: number): number {
    if (waited > this.#longest) return this.#end ** (waited / this.#longest)
    return this.#steps.findLast(({ at }) => at <= waited)?.share ?? 1
  }

  /** The patience of whom so large a share outlasts, 0 to 1; infinite when nobody ever left. */
  at(share: number): number {
    const step = this.#steps.find((each) => each.share <= share)
    if (step !== undefined) return step.at
    if (this.#end === 1) return Number.POSITIVE_INFINITY
    return (this.#longest * Math.log(share)) / Math.log(this.#end)
  }

  get #end(): number {
    return this.#steps.at(-1)?.share ?? 1
  }
}

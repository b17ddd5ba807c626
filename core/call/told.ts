/**
 * What a leg was told, so that a webhook that is repeated gets the same answer and has its effect once. Instructions go
 * out with a number of their own (`next`), under which the leg comes back; so does every address to which a live leg is moved.
 */
import type { Instructions } from './instructions.ts'

export interface Told {
  /** The newest last. */
  readonly answers: readonly Answer[]
  /** The number that goes out next. */
  readonly next: number
}

/** The leg came back under `step`, was told this, and comes back under `next`. */
export interface Answer {
  readonly step: number
  readonly instructions: Instructions
  readonly next: number
}

/**
 * A question of a leg. `new`: it waits for a decision. `repeated`: it was asked before, and this is the answer. `late`: the
 * leg has gone on since; this is what it was told last, and nothing follows from the question.
 */
export type Question =
  | { readonly is: 'new' }
  | { readonly is: 'repeated'; readonly answer: Answer }
  | { readonly is: 'late'; readonly answer: Answer }

/** How many answers are kept: carriers repeat a webhook within seconds, and a leg asks once for each instruction. */
const KEPT = 4

export const nothingTold: Told = { answers: [], next: 1 }

/** What a leg's coming back under this number means. */
export function questionOf(told: Told, step: number): Question {
  const known = told.answers.find((answer) => answer.step === step)
  if (known !== undefined) return { is: 'repeated', answer: known }
  const last = told.answers.at(-1)
  return last === undefined || step > last.step ? { is: 'new' } : { is: 'late', answer: last }
}

/** Answers a question that is new. */
export function tell(
  told: Told,
  step: number,
  instructions: Instructions,
): { readonly told: Told; readonly answer: Answer } {
  const answer = { step, instructions, next: told.next }
  return { told: { answers: [...told.answers, answer].slice(-KEPT), next: told.next + 1 }, answer }
}

/** A number for moving a live leg: what it comes back with is newer than whatever it was told before. */
export const move = (told: Told): { readonly told: Told; readonly step: number } => ({
  told: { ...told, next: told.next + 1 },
  step: told.next,
})

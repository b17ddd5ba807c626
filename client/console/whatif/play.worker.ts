/** Plays days in a worker of its own, so that the page stays quick; tells the answer after each seed. */

import { Chances } from '../../../core/whatif/chances.ts'
import { type Answer, answer, type Pair, playPair, type Question } from '../../../core/whatif/compare.ts'

export interface Job {
  readonly question: Question
  readonly seeds: number
}
export interface Told {
  /** Seeds that are played. */
  readonly done: number
  readonly answer: Answer
}

addEventListener('message', ({ data: { question, seeds } }: MessageEvent<Job>) => {
  const chances = new Chances(question.traffic)
  const pairs: Pair[] = []
  while (pairs.length < seeds) {
    pairs.push(playPair(question, chances, pairs.length + 1))
    const told: Told = { done: pairs.length, answer: answer(question, pairs) }
    postMessage(told)
  }
})

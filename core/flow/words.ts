/** What somebody has said or written, compared with what a flow knows: case, marks and punctuation make no difference. */
import { runsOf } from '../text/tokens.ts'

/** Longer texts are no answer by themselves; in them a wish for a person is not looked for. */
const SHORT = 60

/** By which somebody asks for a person, in the languages that the product speaks. */
const usual = [
  ...['agent', 'human', 'operator', 'representative', 'real person'],
  ...['人工', '真人', '客服', '坐席', '专人', '專人'],
]

/** The words of a text, a space around each; characters of scripts without spaces are words of their own. */
export function wordsOf(text: string): string {
  const pieces = runsOf(text).flatMap((run) => run.pieces.map((piece) => piece.text))
  return pieces.length === 0 ? '' : ` ${pieces.join(' ')} `
}

export const sameWords = (one: string, other: string): boolean => wordsOf(one) !== '' && wordsOf(one) === wordsOf(other)

/** Whether a text has these words somewhere, as whole words and next to each other. */
export function hasWords(text: string, words: string): boolean {
  const wanted = wordsOf(words)
  return wanted !== '' && wordsOf(text).includes(wanted)
}

/** “Agent, please”, whatever was asked. */
export const asksForPerson = (text: string, more: readonly string[]): boolean =>
  text.length <= SHORT && [...usual, ...more].some((words) => hasWords(text, words))

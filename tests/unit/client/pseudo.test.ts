/** The pseudo-locale disguises every text of a catalogue, and nothing else of it. */
import { expect, it } from 'vitest'
import { disguised } from '../../../client/i18n/pseudo.ts'

const catalogue = {
  save: 'Save',
  pages: { queues: 'Opening hours' },
  many: (n: number) => `${n} things`,
  days: ['Monday', 'Tuesday'],
  none: undefined,
}
const isTurned = (text: string | undefined) => /^(\u200f\u202e\S+\u202c\u200f ?)+$/.test(text ?? '')

it('SS4: each text of a catalogue runs from right to left and is longer', () => {
  const words = disguised(catalogue)
  for (const text of [words.save, words.pages.queues, words.many(3), ...words.days]) expect(isTurned(text)).toBe(true)
  expect(words.pages.queues.replaceAll(/[\u200f\u202e\u202c]/g, '')).toBe('OOpeeniing hoouurs')
  expect(words.many(3)).toContain('3')
  expect(words.none).toBeUndefined()
  expect(catalogue.save).toBe('Save')
})

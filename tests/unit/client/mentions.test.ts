import fc from 'fast-check'
import { expect, it } from 'vitest'
import { namedIn, namingAt, peopleFor } from '../../../client/console/replies/mentions.ts'

const people = [
  { id: 'ben', name: 'Ben' },
  { id: 'ben2', name: 'Ben Ali' },
  { id: 'mei', name: '李梅' },
  { id: 'twin', name: 'Ben' },
]

it('CG3: an @ at the beginning of a word calls for names, an address does not', () => {
  expect(namingAt('ask @be', 7)).toEqual({ from: 4, to: 7, query: 'be' })
  expect(namingAt('问@李', 3)).toBeNull()
  expect(namingAt('mia@example', 11)).toBeNull()
  expect(namingAt('@ben later', 2)).toBeNull()
  expect(peopleFor(people, 'al').map(({ id }) => id)).toEqual(['ben2'])
  expect(peopleFor(people, 'be').map(({ id }) => id)).toEqual(['ben', 'twin', 'ben2'])
})

it('CG3: a note names whom it says, the longest name that fits, and all of one name', () => {
  expect(namedIn('@Ben Ali, is that right?', people)).toEqual(['ben2'])
  expect(namedIn('@Ben is that right, @李梅?', people)).toEqual(['ben', 'twin', 'mei'])
  expect(namedIn('@Benjamin, mail ben@Ben', people)).toEqual([])
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => namedIn(text.replaceAll('@', ''), people).length === 0),
  )
})

import { expect, it } from 'vitest'
import { News, type Piece } from '../../../client/console/news.ts'

const piece = (kind: Piece['kind'], conversation: string, mark: number): Piece => ({
  kind,
  conversation,
  mark,
  name: 'Mia',
})

it('NW1: what was there when the page was opened is no news, but what rings is', () => {
  const news = new News()
  const rings = piece('offer', 'c1', 1)
  expect(news.since([rings, piece('words', 'c2', 3), piece('mention', 'c2', 9)])).toEqual([rings])
})

it('NW1: each offer, each new word and each new note is news once; what was read and comes again is news again', () => {
  const news = new News()
  news.since([])
  const told = (...pieces: Piece[]) => news.since(pieces).map(({ kind, mark }) => `${kind} ${mark}`)
  expect(told(piece('offer', 'c1', 1))).toEqual(['offer 1'])
  expect(told(piece('offer', 'c1', 1), piece('words', 'c2', 1))).toEqual(['words 1'])
  expect(told(piece('offer', 'c1', 2), piece('words', 'c2', 2))).toEqual(['offer 2', 'words 2'])
  expect(told(piece('words', 'c2', 0))).toEqual([])
  expect(told(piece('words', 'c2', 1), piece('mention', 'c2', 4))).toEqual(['words 1', 'mention 4'])
  expect(told(piece('mention', 'c2', 4))).toEqual([])
})

/** Which canned replies are called for, and which of them are offered: CR1 and CR2. */
import { describe, expect, it } from 'vitest'
import { callAt, type Reply, repliesFor } from '../../../client/console/replies/matching.ts'

describe('a call for a canned reply', () => {
  it.each([
    ['/', 1, { from: 0, to: 1, query: '' }],
    ['/gre', 4, { from: 0, to: 4, query: 'gre' }],
    ['Well, ::gre', 11, { from: 6, to: 11, query: 'gre' }],
    ['one\n#退款', 7, { from: 4, to: 7, query: '退款' }],
    ['/gre now', 4, { from: 0, to: 4, query: 'gre' }],
  ])('CR1: stands at the beginning of a word: %j', (text, caret, call) => {
    expect(callAt(text, caret)).toEqual(call)
  })

  it.each([
    ['and/or', 6],
    ['https://a', 9],
    ['a::b', 4],
    ['C#', 2],
    ['/ ', 2],
    ['/gre now', 8],
    ['/gre', 2],
    ['/a/b', 4],
    [`/${'x'.repeat(41)}`, 42],
  ])('CR1: is none in %j', (text, caret) => {
    expect(callAt(text, caret)).toBeNull()
  })
})

const reply = (shortcut: string, text = 'A text', more: Partial<Reply> = {}): Reply => ({
  id: `${shortcut}-${more.language ?? ''}`,
  shortcut,
  text,
  ...more,
})
const named = (found: readonly Reply[]) => found.map(({ id }) => id)
const here = { queue: null, language: 'en' }

describe('canned replies', () => {
  it('CR2: are found by shortcut before text, whatever case and marks are typed', () => {
    const all = [reply('bye', 'Have a good day'), reply('good-day'), reply('day'), reply('müller')]
    expect(named(repliesFor(all, { ...here, query: 'DAY' }))).toEqual(['day-', 'good-day-', 'bye-'])
    expect(named(repliesFor(all, { ...here, query: 'mull' }))).toEqual(['müller-'])
    expect(named(repliesFor(all, { ...here, query: '' }))).toHaveLength(4)
    expect(repliesFor(all, { ...here, query: 'nothing' })).toEqual([])
  })

  it('CR2: a number is looked for in shortcuts only', () => {
    const all = [reply('hours', 'Open from 9 to 17'), reply('17')]
    expect(named(repliesFor(all, { ...here, query: '17' }))).toEqual(['17-'])
  })

  it('CR2: of several languages the writer\u2019s comes first, and none is left out', () => {
    const all = ['de', 'zh-CN', undefined].map((language) =>
      reply('hi', '?', language === undefined ? {} : { language }),
    )
    expect(named(repliesFor(all, { query: 'hi', queue: null, language: 'zh' }))).toEqual(['hi-zh-CN', 'hi-', 'hi-de'])
  })

  it('CR2: those of queues are offered in their conversations only', () => {
    const all = [reply('all'), reply('desk', 'x', { queues: ['desk'] })]
    expect(named(repliesFor(all, { ...here, query: '' }))).toEqual(['all-'])
    expect(named(repliesFor(all, { ...here, query: '', queue: 'desk' }))).toEqual(['all-', 'desk-'])
  })
})

/** FT: light Markdown is a small tree of known pieces, of whatever is written, in time that grows as the text does. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Block, type Inline, parseMarkdown } from '../../core/text/markdown.ts'
import { corpus } from '../browser/kit/corpus.ts'

const text = (words: string): Inline => ({ type: 'text', text: words })
const said = (...content: Inline[]): Block => ({ type: 'text', content })
const bold = (...content: Inline[]): Inline => ({ type: 'bold', content })
const italic = (...content: Inline[]): Inline => ({ type: 'italic', content })
const link = (to: string, words = to): Inline => ({ type: 'link', text: words, to })

/** Pieces of markup and what stands around them; a text is any of them in a row. */
const pieces =
  '* ** *** **** _ __ ` `` ``` [ ] ( ) ](https:// https:// http:// https://a.example @ . , 1. 2. - • \\ \n \r\n \u0020 a é 退 款 < > " & javascript: \u202e'.split(
    / /,
  )
const marked = fc
  .array(fc.oneof(fc.constantFrom(...pieces, ' '), fc.string({ maxLength: 3 })))
  .map((all) => all.join(''))

const inlines = (block: Block) =>
  block.type === 'text' ? block.content : block.type === 'list' ? block.items.flat() : []

/** Every word that is shown, and how deep the tree is. */
function seen(content: readonly Inline[]): { words: string; depth: number } {
  const parts = content.map((piece) => {
    if (!('content' in piece)) return { words: piece.text, depth: 0 }
    const inner = seen(piece.content)
    return { words: inner.words, depth: inner.depth + 1 }
  })
  return { words: parts.map(({ words }) => words).join(''), depth: Math.max(0, ...parts.map(({ depth }) => depth)) }
}

/** Only what the two types name, and addresses that a page may lead to. */
function expectKnown(content: readonly Inline[]): void {
  for (const piece of content) {
    switch (piece.type) {
      case 'text':
      case 'code':
        expect(Object.keys(piece)).toEqual(['type', 'text'])
        expect(piece.text).not.toBe('')
        break
      case 'bold':
      case 'italic':
        expect(Object.keys(piece)).toEqual(['type', 'content'])
        expect(piece.content).not.toEqual([])
        expectKnown(piece.content)
        break
      case 'link': {
        expect(Object.keys(piece)).toEqual(['type', 'text', 'to'])
        const { protocol, username, password } = new URL(piece.to)
        expect([protocol, username, password]).toEqual([expect.stringMatching(/^https?:$/), '', ''])
        expect(piece.to).toMatch(/^[!-~]+$/)
        break
      }
      default:
        expect(piece).toBe('known')
    }
  }
}

const isWithin = (part: string, whole: string) => {
  let at = 0
  for (const letter of whole) if (letter === part.charAt(at)) at += 1
  return at === part.length
}

describe('light Markdown', () => {
  it.each<[string, Block[]]>([
    ['', []],
    ['hello', [said(text('hello'))]],
    ['\n one\n\ntwo \n', [said(text(' one\n\ntwo '))]],
    [
      '**bold**, *italic* and _italic_',
      [said(bold(text('bold')), text(', '), italic(text('italic')), text(' and '), italic(text('italic')))],
    ],
    ['***both***', [said(bold(italic(text('both'))))]],
    ['*a **b***', [said(italic(text('a '), bold(text('b'))))]],
    ['请**注意**这个*词*吧', [said(text('请'), bold(text('注意')), text('这个'), italic(text('词')), text('吧'))]],
    [
      'say `*so*` and ``a`b``',
      [said(text('say '), { type: 'code', text: '*so*' }, text(' and '), { type: 'code', text: 'a`b' })],
    ],
    [
      'see https://a.example/x_y_(z). Or (http://b.example)!',
      [said(text('see '), link('https://a.example/x_y_(z)'), text('. Or ('), link('http://b.example'), text(')!'))],
    ],
    ['看https://a.example/退款，谢谢', [said(text('看'), link('https://a.example/'), text('退款，谢谢'))]],
    ['[the *form*](https://a.example/form)', [said(link('https://a.example/form', 'the *form*'))]],
    ['**https://a.example**', [said(bold(link('https://a.example')))]],
    [
      'Do:\n- one\n- **two**\n\nDone',
      [
        said(text('Do:')),
        { type: 'list', first: null, items: [[text('one')], [bold(text('two'))]] },
        said(text('Done')),
      ],
    ],
    ['1. one\n2. two', [{ type: 'list', first: 1, items: [[text('one')], [text('two')]] }]],
    [
      '10. May\n12. June',
      [
        { type: 'list', first: 10, items: [[text('May')]] },
        { type: 'list', first: 12, items: [[text('June')]] },
      ],
    ],
    [
      'so:\n```js\nlet a = 1\n  **b**\n```\nend',
      [said(text('so:')), { type: 'code', text: 'let a = 1\n  **b**' }, said(text('end'))],
    ],
    ['```\nnever ended', [{ type: 'code', text: 'never ended' }]],
  ])('FT1: reads %j', (source, blocks) => {
    expect(parseMarkdown(source)).toEqual(blocks)
  })

  it.each([
    '2 * 3 * 4 and 5*6*7',
    'some_file_name and MAX_VALUE',
    '¯\\_(ツ)_/¯',
    '**** and ***',
    '*a',
    'a** b',
    'a `b',
    '```',
    '01. May',
    '-5',
    '1.5 or 1)',
    '<b>&amp;</b>',
    '[click](javascript:alert(1))',
    '[click](http:evil.example)',
    'https://bank.example@evil.example',
    'https://localhost',
    'xhttps://a.example',
    'https://a.exampleü',
    'http://',
  ])('FT1: leaves %j as it is', (source) => {
    expect(parseMarkdown(source)).toEqual([said(text(source))])
  })

  it.each(['https://bank.example', 'bank.example', 'go to bank.example now', 'www.bank.example'])(
    'FT2: a link leads nowhere else than it says: %s',
    (label) => {
      const found = parseMarkdown(`[${label}](https://evil.example)`).flatMap(inlines)
      expect(found.flatMap((piece) => (piece.type === 'link' && piece.text !== piece.to ? [piece] : []))).toEqual([])
    },
  )

  it('FT2: has nothing but known pieces, three deep, and no word that was not written', () => {
    const check = (source: string) => {
      for (const block of parseMarkdown(source)) {
        expectKnown(inlines(block))
        const { words, depth } = block.type === 'code' ? { words: block.text, depth: 0 } : seen(inlines(block))
        expect(depth).toBeLessThanOrEqual(3)
        expect(isWithin(words, source)).toBe(true)
      }
    }
    for (const source of corpus) check(source)
    fc.assert(fc.property(marked, check), { numRuns: 2000 })
  })

  it('FT1: without a mark is one text, as it was written', () => {
    const plain = fc.array(fc.constantFrom(...'ab ,.!?<>&"\'/\\()退é'.split(''))).map((all) => `x${all.join('')}`)
    const check = (source: string) => {
      expect(parseMarkdown(source)).toEqual([said(text(source))])
    }
    fc.assert(fc.property(plain, check))
  })

  // With steps that grew as the square of the length, one of these would take a minute.
  it('FT3: takes steps as the text has letters, however it repeats itself', () => {
    const few = fc.array(fc.constantFrom(...pieces, ' ', 'a'), { minLength: 1, maxLength: 4 })
    const check = (first: readonly string[], unit: readonly string[]) => {
      const whole = unit.join('') || ' '
      const length = 60_000
      parseMarkdown(first.join('') + whole.repeat(length / whole.length))
    }
    fc.assert(fc.property(few, few, check), { numRuns: 30 })
  })
})

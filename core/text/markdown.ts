/**
 * Light Markdown, read into a small tree: bold, italic, code, links and lists. It knows no HTML, so nothing that is written can
 * become markup; what has no counterpart stays the text that it was, and no number is changed.
 *
 * A page draws it by `Formatted` (client/ui/formatted.tsx): `<div class="bub said"><Formatted text={body.text} /></div>`.
 */

type Emphasis = '*' | '**' | '_'

/** A piece of a line. `to` is an address of http or https, in ASCII and without a user's name before its host. */
export type Inline =
  | { readonly type: 'text' | 'code'; readonly text: string }
  | { readonly type: 'bold' | 'italic'; readonly content: readonly Inline[] }
  | { readonly type: 'link'; readonly text: string; readonly to: string }

/** Within `text` a line ends by its character. `first` is the number a list begins with, null of one without numbers. */
export type Block =
  | { readonly type: 'text'; readonly content: readonly Inline[] }
  | { readonly type: 'list'; readonly first: number | null; readonly items: readonly (readonly Inline[])[] }
  | { readonly type: 'code'; readonly text: string }

const FENCE = /^\s*```[\w+#-]*\s*$/
const ITEM = /^\s*(?:[-*•]|(?<number>0|[1-9]\d{0,8})\.)\s/
/** Where something may begin or end within a line. */
const MARK = /`+|\*+|_+|\[|https?:\/\//gi
/** As much of an address as can be one; what follows in another script does not belong to it. */
const ADDRESS = /https?:\/\/[\w!#$%&'()*+,./:;=?@~-]+/iy
/** A bracket ends both parts, so that no character is looked at from more than one beginning. */
const LABELLED = /\[(?<label>[^[\]]+)\]\((?<to>https?:\/\/[\w!#$%&'*+,./:;=?@~-]+)\)/iy
/** With a host of several names, and nobody's name before it: https://bank.example@evil.example leads elsewhere. */
const HOST = /^https?:\/\/(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*(?::\d{1,5})?(?:[/?#]|$)/i
/** Words that name an address themselves: what a link says may not be another than where it leads. */
const NAMES_ADDRESS = /:\/\/|\S[.．。]\p{L}\p{L}/u
/** Letters of words that stand between spaces (not those of Thai, Lao, Chinese, Japanese, Korean), and the arm of ¯\_(ツ)_/¯. */
const WORD = /[^\P{L}\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7a3]|\p{N}|\\/u

/** The blocks of a message in their order, in time that grows as the text does. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.split(/\r?\n/)
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; ) {
    const { block, end } = readCode(lines, at) ?? readList(lines, at) ?? readText(lines, at)
    if (block !== null) blocks.push(block)
    at = end
  }
  return blocks
}

/** What was read, and the line after it. */
interface Read {
  readonly block: Block | null
  readonly end: number
}

/** Between two fences, or from one to the end. */
function readCode(lines: readonly string[], at: number): Read | null {
  if (!FENCE.test(lines[at] ?? '')) return null
  let end = at + 1
  while (end < lines.length && !FENCE.test(lines[end] ?? '')) end += 1
  if (end === at + 1 && end === lines.length) return null
  return { block: { type: 'code', text: lines.slice(at + 1, end).join('\n') }, end: end + 1 }
}

/** Numbered items are one list as long as each number is the next, so that each is shown as it was written. */
function readList(lines: readonly string[], at: number): Read | null {
  const first = numberOf(lines[at])
  if (first === undefined) return null
  const items: Inline[][] = []
  while (numberOf(lines[at + items.length]) === (first === null ? null : first + items.length)) {
    const line = lines[at + items.length] ?? ''
    items.push(new Line(line.replace(ITEM, '').trim()).read())
  }
  return { block: { type: 'list', first, items }, end: at + items.length }
}

/** Null of an item without one, undefined of what is no item. */
function numberOf(line = ''): number | null | undefined {
  const item = ITEM.exec(line)
  if (item === null || line.slice(item[0].length).trim() === '') return undefined
  const number = item.groups?.['number']
  return number === undefined ? null : Number(number)
}

/** All lines until something else begins. The first is taken in any case; empty ones at either end are not shown. */
function readText(lines: readonly string[], at: number): Read {
  let end = at + 1
  while (end < lines.length && !FENCE.test(lines[end] ?? '') && numberOf(lines[end]) === undefined) end += 1
  const isEmpty = (line: string | undefined) => line?.trim() === ''
  let [from, to] = [at, end]
  while (from < to && isEmpty(lines[from])) from += 1
  while (to > from && isEmpty(lines[to - 1])) to -= 1
  const content: Inline[] = []
  for (const [n, line] of lines.slice(from, to).entries()) {
    if (n > 0) append(content, { type: 'text', text: '\n' })
    for (const piece of new Line(line).read()) append(content, piece)
  }
  return { block: content.length === 0 ? null : { type: 'text', content }, end }
}

/** Neighbouring texts become one. */
function append(content: Inline[], piece: Inline): void {
  const last = content.at(-1)
  if (piece.type !== 'text' || last?.type !== 'text') content.push(piece)
  else content[content.length - 1] = { type: 'text', text: last.text + piece.text }
}

/** What has begun and may still end. */
interface Open {
  readonly mark: Emphasis
  readonly content: Inline[]
}

/** Reads one line. Of each kind one is open at most, so that nothing is deeper than three. */
class Line {
  readonly #line: string
  readonly #root: Inline[] = []
  readonly #open: Open[] = []
  /** Runs of backticks without a counterpart in the rest of the line. */
  readonly #single = new Set<string>()

  constructor(line: string) {
    this.#line = line
  }

  read(): Inline[] {
    let at = 0
    for (let mark = this.#next(at); mark !== null; mark = this.#next(at)) {
      this.#addText(this.#line.slice(at, mark.index))
      at = mark.index + this.#take(mark[0], mark.index)
    }
    this.#addText(this.#line.slice(at))
    while (this.#open.length > 0) this.#dissolve(this.#open.length - 1)
    return this.#root
  }

  #next(at: number): RegExpExecArray | null {
    MARK.lastIndex = at
    return MARK.exec(this.#line)
  }

  /** What begins with this mark: how many characters of it were taken. */
  #take(mark: string, at: number): number {
    if (mark.startsWith('`')) return this.#code(mark, at)
    if (mark === '[') return this.#labelled(at)
    if (mark.startsWith('h') || mark.startsWith('H')) return this.#address(at)
    return this.#emphasis(mark, at)
  }

  #code(mark: string, at: number): number {
    const from = at + mark.length
    const end = mark.length > 2 || this.#single.has(mark) ? -1 : this.#line.indexOf(mark, from)
    if (end < 0) {
      this.#single.add(mark)
      return this.#asItIs(mark)
    }
    append(this.#content(), { type: 'code', text: this.#line.slice(from, end) })
    return end + mark.length - at
  }

  #labelled(at: number): number {
    LABELLED.lastIndex = at
    const found = LABELLED.exec(this.#line)
    const { label = '', to = '' } = found?.groups ?? {}
    if (found === null || label.trim() === '' || NAMES_ADDRESS.test(label) || !HOST.test(to)) return this.#asItIs('[')
    append(this.#content(), { type: 'link', text: label, to })
    return found[0].length
  }

  #address(at: number): number {
    ADDRESS.lastIndex = at
    const found = ADDRESS.exec(this.#line)?.[0] ?? this.#line.charAt(at)
    const to = withoutStop(found)
    const isPart = this.#isWord(at - 1) || this.#isWord(at + found.length)
    if (isPart || !HOST.test(to)) this.#addText(to)
    else append(this.#content(), { type: 'link', text: to, to })
    return to.length
  }

  /** Three stars are one and two: what was begun last ends first. Of other runs nothing is made. */
  #emphasis(run: string, at: number): number {
    const ends = this.#isInk(at - 1)
    const begins = this.#isInk(at + run.length)
    const isInWord = { before: this.#isWord(at - 1), after: this.#isWord(at + run.length) }
    const marks = marksOf(run, this.#open.at(-1)?.mark)
    if (marks.length === 0) this.#addText(run)
    for (const mark of marks) {
      const isBold = mark === '**'
      const open = this.#open.findIndex((one) => one.mark === mark)
      if (open >= 0 && ends && (isBold || !isInWord.after)) this.#close(open)
      else if (begins && (isBold || !isInWord.before)) this.#begin(mark, open)
      else this.#addText(mark)
    }
    return run.length
  }

  #begin(mark: Emphasis, before: number): void {
    if (before >= 0) this.#dissolve(before)
    this.#open.push({ mark, content: [] })
  }

  #close(at: number): void {
    while (this.#open.length > at + 1) this.#dissolve(this.#open.length - 1)
    const closed = this.#open.pop()
    if (closed === undefined) return
    append(this.#content(), { type: closed.mark === '**' ? 'bold' : 'italic', content: closed.content })
  }

  /** It never ended: its mark is a text, and what came after it belongs to what was open before. */
  #dissolve(at: number): void {
    const [gone] = this.#open.splice(at, 1)
    if (gone === undefined) return
    const into = this.#open[at - 1]?.content ?? this.#root
    append(into, { type: 'text', text: gone.mark })
    for (const piece of gone.content) append(into, piece)
  }

  #content(): Inline[] {
    return this.#open.at(-1)?.content ?? this.#root
  }

  #addText(text: string): void {
    if (text !== '') append(this.#content(), { type: 'text', text })
  }

  #asItIs(mark: string): number {
    this.#addText(mark)
    return mark.length
  }

  #isInk(at: number): boolean {
    return this.#line.charAt(at).trim() !== ''
  }

  #isWord(at: number): boolean {
    return WORD.test(this.#line.charAt(at))
  }
}

function marksOf(run: string, last: Emphasis | undefined): readonly Emphasis[] {
  switch (run) {
    case '*':
    case '**':
    case '_':
      return [run]
    case '***':
      return last === '*' ? ['*', '**'] : ['**', '*']
    default:
      return []
  }
}

/** An address without what ends the sentence around it: a bracket too, unless it was opened within. */
function withoutStop(address: string): string {
  let open = address.split('(').length - address.split(')').length
  let end = address.length
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1)
    if (last === ')' && open < 0) open += 1
    else if (!"!'*,.:;?_~".includes(last)) break
  }
  return address.slice(0, end)
}

/** Turns text into search tokens: the one function for what is indexed and for what is asked. */
import { fold, UNIT } from './fold.ts'

/** Of longer texts the beginning counts, in characters. */
export const MOST_TEXT = 20_000
/** Of longer words the beginning counts, in characters. */
const MOST_WORD = 64

/** Scripts whose words are not told apart by spaces, or (Hangul) grow endings: each two neighbours are a token. */
const DENSE =
  /^[[\p{L}\p{N}]&&[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]]/v
/** A stretch of plain letters and digits is taken at once, but the last one with its marks; all else unit by unit. */
const STEP = new RegExp(`(?<plain>[A-Za-z0-9]+)(?<marks>[\\p{M}\\uff9e\\uff9f\\p{EMod}]*)|${UNIT.source}`, 'gv')
const WORD = /^[\p{L}\p{N}\p{M}]/v
const SIGN = /^[\p{Extended_Pictographic}\p{RI}]/v
/** What may stand within one thing: AB-12, mia@shop.example. Everything else that is no letter divides. */
const JOINT = /^[-._@/:+#&'’]/

/** A piece of text in its folded form. `from` and `to` are where it stood, in UTF-16 units as everywhere. */
export interface Piece {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** Neighbours of one kind: a word or sign in one piece, or characters of a dense script, a piece each. */
export interface Run {
  readonly dense: boolean
  readonly pieces: readonly [Piece, ...Piece[]]
  /** Nothing but joints lies between this run and the one before. */
  readonly joined: boolean
}

/** What the index holds. `head` is where the token's first character ends. */
export interface Token extends Piece {
  readonly head: number
}

/** All tokens of a text, in order, of its first {@link MOST_TEXT} characters. */
export function tokensOf(text: string): Token[] {
  return runsOf(text).flatMap(runTokens)
}

/**
 * A word is one token. A dense run is its bigrams and its last character alone: 退款单 is 退款, 款单, 单. So each of its
 * characters begins some token and is found by prefix, and neighbours that are no word of the text are not found.
 */
export function runTokens({ dense, pieces }: Run): Token[] {
  if (!dense) return pieces.map((piece) => ({ ...piece, head: piece.to }))
  return pieces.map(({ text, from, to }, n) => {
    const next = pieces[n + 1]
    return { text: text + (next?.text ?? ''), from, to: next?.to ?? to, head: to }
  })
}

/** The text taken apart, before bigrams are made. */
export function runsOf(text: string): Run[] {
  const builder = new RunBuilder()
  const read = text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) : text
  for (const match of read.matchAll(STEP)) {
    const { plain = '', marks = '' } = match.groups ?? {}
    const to = match.index + match[0].length
    const length = marks === '' ? plain.length : plain.length - 1
    const from = match.index + length
    if (length > 0) builder.addPlain({ text: plain.slice(0, length).toLowerCase(), from: match.index, to: from })
    if (from === to) continue
    const folded = fold(match[0].slice(length))
    // Most units fold to one; a ligature or a squared word may be several.
    for (const part of folded.match(UNIT) ?? []) builder.add({ text: part, from, to })
  }
  return builder.end()
}

class RunBuilder {
  readonly #runs: Run[] = []
  #word: Piece | undefined
  #dense: Piece[] = []
  /** Whether the next run would be joined to the last one. */
  #joined = false

  add(piece: Piece): void {
    if (DENSE.test(piece.text)) {
      this.#endWord()
      this.#dense.push(piece)
    } else if (WORD.test(piece.text)) {
      this.#lengthen(piece, piece.text.length <= this.#room ? piece.text : '')
    } else {
      this.#endWord()
      this.#endDense()
      if (SIGN.test(piece.text)) this.#push(false, [piece])
      else if (!JOINT.test(piece.text)) this.#joined = false
    }
  }

  /** Characters that each could stand alone: of what is too long the beginning counts. */
  addPlain(piece: Piece): void {
    this.#lengthen(piece, piece.text.slice(0, this.#room))
  }

  end(): Run[] {
    this.#endWord()
    this.#endDense()
    return this.#runs
  }

  get #room(): number {
    return MOST_WORD - (this.#word?.text.length ?? 0)
  }

  #lengthen({ from, to }: Piece, more: string): void {
    this.#endDense()
    this.#word = { text: (this.#word?.text ?? '') + more, from: this.#word?.from ?? from, to }
  }

  #endWord(): void {
    const word = this.#word
    this.#word = undefined
    if (word !== undefined && word.text !== '') this.#push(false, [word])
  }

  #endDense(): void {
    const [first, ...more] = this.#dense
    this.#dense = []
    if (first !== undefined) this.#push(true, [first, ...more])
  }

  #push(dense: boolean, pieces: Run['pieces']): void {
    this.#runs.push({ dense, pieces, joined: this.#joined })
    this.#joined = true
  }
}

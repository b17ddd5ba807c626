/** The part of a text that is shown for a match: plain text and where the match stands in it. */
import { type Span, spansOf, type Term } from './query.ts'

/** How much of the text is shown, and how much of it before the match, in UTF-16 units. */
const LENGTH = 200
const BEFORE = 40

export interface Snippet {
  /** Plain text on one line; … stands where it was cut. */
  readonly text: string
  /** Where the matches are in `text`, in UTF-16 units. */
  readonly matches: readonly Span[]
}

/** The text around its first match, or its beginning. */
export function snippetOf(text: string, terms: readonly Term[]): Snippet {
  const spans = spansOf(text, terms)
  const start = startOf(text, spans[0]?.from ?? 0)
  const end = backToUnit(text, Math.min(text.length, start + LENGTH))
  const lead = start > 0 ? '…' : ''
  const shift = lead.length - start
  return {
    text: lead + text.slice(start, end).replace(/\s/g, ' ') + (end < text.length ? '…' : ''),
    matches: spans
      .filter(({ from }) => from < end)
      .map(({ from, to }) => ({ from: from + shift, to: Math.min(to, end) + shift })),
  }
}

/** Somewhat before the match, after a space if there is one. */
function startOf(text: string, match: number): number {
  const start = backToUnit(text, Math.max(0, match - BEFORE))
  if (start === 0) return 0
  const space = text.slice(start, match).search(/\s/)
  return space < 0 ? start : start + space + 1
}

/** The nearest place at or before this one that cuts no pair of surrogates and takes no mark from its letter. */
function backToUnit(text: string, at: number): number {
  let place = at
  while (
    place > 0 &&
    place < text.length &&
    /^(?:\p{M}|\p{EMod}|[\udc00-\udfff\u200d])/u.test(text.slice(place, place + 2))
  ) {
    place -= 1
  }
  return place
}

/** Long texts in pieces that a carrier speaks one after the other. */

/** What a piece may have when it is written into an address, in characters: https://www.twilio.com/docs/api/errors/13521. */
const MOST = 4_500

/** Pieces of whole sentences where they fit, else of whole characters. Nothing is left out. The text has no half characters. */
export function pieces(text: string): string[] {
  if (sizeOf(text) <= MOST) return [text]
  const sentences = split(text, 'sentence').flatMap((one) => (sizeOf(one) <= MOST ? [one] : split(one, 'grapheme')))
  const all: string[] = []
  let piece = ''
  for (const part of sentences) {
    if (sizeOf(piece + part) > MOST) {
      all.push(piece)
      piece = ''
    }
    piece += part
  }
  return [...all, piece]
}

const sizeOf = (text: string) => encodeURIComponent(text).length

const split = (text: string, granularity: 'sentence' | 'grapheme') =>
  [...new Intl.Segmenter('en', { granularity }).segment(text)].map(({ segment }) => segment)

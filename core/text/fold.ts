/** What counts as the same when somebody searches: case, diacritics, width and invisible characters make no difference. */

/**
 * A character with what belongs to it: a Hangul syllable of single letters, a flag, or a character and its marks. Folding
 * each by itself is folding the whole, so that every token knows where it stood in the text.
 */
export const UNIT =
  /(?:[\u1100-\u115f\ua960-\ua97c][\u1160-\u11a7\ud7b0-\ud7c6]+[\u11a8-\u11ff\ud7cb-\ud7fb]*|[\uac00-\ud7a3][\u11a8-\u11ff]+|\p{RI}\p{RI}|[^\p{M}])[\p{M}\uff9e\uff9f\p{EMod}]*|\p{M}+/gv

/**
 * What is not looked at. Marks that are letters in their own right stay: が is not か, and vowels of Indic scripts are
 * marks too.
 */
const IGNORED =
  /[[[\p{M}&&[\p{sc=Inherited}\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Cyrillic}]]--[\u3099\u309a]][\p{Cf}--\u200b]\u0640\p{EMod}]/gv

/** Letters with a stroke that Unicode does not take apart, and the second form of sigma. */
const STROKES = new Map(
  Object.entries({ ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', ħ: 'h', ŧ: 't', æ: 'ae', œ: 'oe', þ: 'th', ς: 'σ' }),
)

/** One unit of text in the form in which it is compared; may be empty, or several units long (㍿ is 株式会社). */
export function fold(unit: string): string {
  const first = unit.charCodeAt(0)
  if (unit.length === 1 && first < 0x80) return unit.toLowerCase()
  // Upper case first: ß has a capital form SS, and so both meet ss.
  const cased = bare(bare(unit).toUpperCase().toLowerCase())
  return cased.replace(/[ßøłđðħŧæœþς]/gu, (letter) => STROKES.get(letter) ?? letter).normalize('NFKC')
}

const bare = (text: string) => text.normalize('NFKD').replace(IGNORED, '')
